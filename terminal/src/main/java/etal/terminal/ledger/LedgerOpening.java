package etal.terminal.ledger;

import etal.port.Clock;
import etal.port.Medium;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.SignedCheckpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Opens the ledger: checks the chain, compares it with the second medium, takes over what only the medium still holds. A
 * ledger that is not its own past is not sold on: a second branch could never be healed.
 */
public final class LedgerOpening {
    private static final int PAGE = 500;
    /** Far more than the intentions that can have been durable and sent without any entry about them. */
    private static final long SALES_SKIPPED = 1_000;

    private final TerminalStore store;
    private final Identity identity;
    private final SecondMedium medium;
    private final TimeOfEntries time;
    private final LedgerMark mark;

    private LedgerOpening(TerminalStore store, Identity identity, Clock clock, Medium medium, LedgerMark mark) {
        this.store = store;
        this.identity = identity;
        this.medium = new SecondMedium(medium, store);
        this.time = new TimeOfEntries(clock, begins(identity));
        this.mark = mark;
    }

    /** It cannot be before the terminal's own certificate; one that does not read says nothing. */
    private static long begins(Identity identity) {
        try {
            return CertificateDates.of(identity.chain().getFirst()).fromMillis();
        } catch (Malformed unreadable) {
            return 0;
        }
    }

    /**
     * Opens it.
     *
     * @param mark what is remembered beside the keys; it is not set here
     * @throws StorageFailed when the database cannot be read or written; a second medium that cannot is no hindrance
     */
    public static Opened open(TerminalStore store, Identity identity, Clock clock, Medium medium, LedgerMark mark)
            throws StorageFailed {
        return new LedgerOpening(store, identity, clock, medium, mark).open();
    }

    private Opened open() throws StorageFailed {
        List<String> flipped = Twins.damaged(store);
        if (!flipped.isEmpty()) {
            return new Opened.Refused(flipped(flipped.getFirst()));
        }
        keepCertificates();
        OwnChain chain = new OwnChain(identity);
        long number = 1;
        List<byte[]> page = store.entries(number, PAGE);
        while (!page.isEmpty()) {
            for (byte[] entry : page) {
                if (!chain.accept(entry)) {
                    return new Opened.Refused(damaged(number));
                }
                number++;
            }
            page = store.entries(number, PAGE);
        }
        return compareWithMedium(chain);
    }

    /** What is beside the ledger in store is nowhere else; the ledger itself may be whole on the second medium. */
    private Said flipped(String table) throws StorageFailed {
        long last = store.lastNumber();
        return medium.whole(new OwnChain(identity)) >= last
                ? Said.of("store-damaged-medium-whole", name(), table, last)
                : Said.of("store-damaged", name(), table);
    }

    /** Where the second medium holds all of it, that is how to go on. */
    private Said damaged(long number) throws StorageFailed {
        long last = store.lastNumber();
        return medium.whole(new OwnChain(identity)) >= last
                ? Said.of("ledger-damaged-medium-whole", name(), number, last)
                : Said.of("ledger-damaged", name(), number);
    }

    /** A bit flipped on the medium, and not another branch: that one would be signed. */
    private boolean broken(byte[] held) {
        try {
            SignedEntry signed = SignedEntry.decode(held);
            return signed.entry().ledger().equals(identity.id())
                    && !signed.verify(identity.signer().publicKey());
        } catch (Malformed noEntry) {
            return true;
        }
    }

    private Opened compareWithMedium(OwnChain chain) throws StorageFailed {
        SecondMedium.Comparison comparison;
        try {
            comparison = medium.compare();
        } catch (StorageFailed unreadable) {
            medium.lost();
            return alone(chain);
        }
        return switch (comparison) {
            case SecondMedium.Comparison.Differs differs ->
                new Opened.Refused(Said.of(
                        broken(differs.held()) ? "medium-damaged" : "medium-differs", name(), differs.number()));
            case SecondMedium.Comparison.MediumGoesOn more -> takeOver(chain, more.beyond());
            case SecondMedium.Comparison.LedgerGoesOn more -> {
                extendMedium();
                // Of a medium that holds nothing nobody can tell whether the database is as new as it was.
                yield more.held() == 0 ? alone(chain) : opened(chain, 0, true);
            }
        };
    }

    /** There is no other copy to compare with: sold on, unless nothing is left of a ledger that was begun. */
    private Opened alone(OwnChain chain) throws StorageFailed {
        boolean empty = chain.head().number() == 0;
        return empty && mark.begun() ? new Opened.Refused(Said.of("ledger-gone", name())) : opened(chain, 0, empty);
    }

    private void extendMedium() {
        try {
            if (!medium.align()) {
                medium.lost();
            }
        } catch (StorageFailed unwritable) {
            medium.lost();
        }
    }

    private Opened takeOver(OwnChain chain, List<byte[]> beyond) throws StorageFailed {
        long first = chain.head().number() + 1;
        List<SignedEntry> taken = new ArrayList<>();
        for (byte[] bytes : beyond) {
            if (!chain.accept(bytes)) {
                return new Opened.Refused(Said.of("medium-tail-foreign", name(), first + taken.size()));
            }
            taken.add(decodeAccepted(bytes));
        }
        store.inTransaction(connection -> restore(connection, taken));
        return opened(chain, taken.size(), true);
    }

    private static SignedEntry decodeAccepted(byte[] bytes) {
        try {
            return SignedEntry.decode(bytes);
        } catch (Malformed malformed) {
            throw new IllegalStateException("an accepted entry does not decode", malformed);
        }
    }

    private static int restore(Connection connection, List<SignedEntry> taken) throws SQLException {
        for (SignedEntry signed : taken) {
            Sql.update(
                    connection,
                    "INSERT INTO entry(number, bytes) VALUES(?, ?)",
                    signed.entry().number(),
                    signed.bytes());
            Derived.note(connection, signed.entry());
        }
        // The medium holds entries only: a sale number may have gone to a card in an intention that was lost.
        long last = TerminalStore.counter(connection, TerminalStore.SALE);
        TerminalStore.setCounter(connection, TerminalStore.SALE, last + SALES_SKIPPED);
        return taken.size();
    }

    private Opened opened(OwnChain chain, int restored, boolean compared) throws StorageFailed {
        long disowned = store.inTransaction(connection -> TerminalStore.counter(connection, TerminalStore.DISOWNED));
        Ledger ledger = new Ledger(store, identity, time, medium, chain.checked(newestCheckpoint()), disowned);
        ledger.compareAgain();
        return new Opened.Ready(ledger, restored, compared);
    }

    private @Nullable SignedCheckpoint newestCheckpoint() throws StorageFailed {
        Optional<byte[]> newest = store.inTransaction(connection -> Sql.first(
                connection,
                "SELECT bytes FROM checkpoint ORDER BY generation DESC, number DESC LIMIT 1",
                row -> row.getBytes(1)));
        try {
            return newest.isPresent() ? SignedCheckpoint.decode(newest.get()) : null;
        } catch (Malformed malformed) {
            throw new StorageFailed("a stored checkpoint is damaged", malformed);
        }
    }

    private void keepCertificates() throws StorageFailed {
        store.inTransaction(connection -> {
            TerminalStore.keepCertificates(connection, identity.chain());
            return identity;
        });
    }

    private String name() {
        return identity.id().toString();
    }

    /** What came of it. */
    public sealed interface Opened {
        /**
         * The ledger stands.
         *
         * @param restored entries that came back from the second medium
         * @param compared whether the second medium could say anything about it; if not, an older database would not show
         */
        record Ready(Ledger ledger, int restored, boolean compared) implements Opened {}

        /** It must not be written to; why. */
        record Refused(Said why) implements Opened {}
    }
}
