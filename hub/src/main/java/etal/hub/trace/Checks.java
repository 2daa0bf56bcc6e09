package etal.hub.trace;

import etal.hub.books.CardBookings;
import etal.hub.books.Sql;
import etal.hub.ingest.SaleCheck;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.PointOfSale;
import etal.hub.members.Rulebook;
import etal.hub.trace.Check.What;
import etal.hub.trace.Ways.CardPart;
import etal.hub.trace.Ways.Stored;
import etal.protocol.card.PeriodToken;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.scheme.Scheme;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedCheckpoint;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Verifies one sale anew, from the stored bytes and public keys: nothing that was found when it came is believed. Within a
 * transaction.
 */
final class Checks {
    private static final int KEY_DIGITS = 16;

    private final Connection connection;
    private final Fund fund;
    private final HubKeys keys;
    private final Rulebook rulebook;
    private final List<Check> checks = new ArrayList<>();

    Checks(Connection connection, Fund fund, HubKeys keys, Rulebook rulebook) {
        this.connection = connection;
        this.fund = fund;
        this.keys = keys;
        this.rulebook = rulebook;
    }

    List<Check> all(
            Stored stored,
            SignedEntry signed,
            Body.Sale sale,
            Optional<Scheme> scheme,
            @Nullable CardPart card,
            Bookings bookings)
            throws SQLException {
        if (card != null) {
            load(card);
            card(card);
            sale(signed.entry(), sale, scheme, card);
        }
        entry(stored, signed);
        acknowledged(stored);
        if (card != null) {
            takenBack(card, signed.hash());
            posted(card, bookings);
        }
        return List.copyOf(checks);
    }

    /** Nothing is claimed of a sale that stands. */
    private void takenBack(CardPart card, byte[] saleHash) throws SQLException {
        byte[] key = card.certificate().publicKey33();
        try {
            TakenBack.find(connection, card.certificate().cardId(), saleHash)
                    .ifPresent(
                            back -> checks.add(new Check(What.TAKEN_BACK, back.holds(key, card.record()), mark(key))));
        } catch (Malformed e) {
            checks.add(new Check(What.TAKEN_BACK, false, mark(key)));
        }
    }

    private void load(CardPart card) throws SQLException {
        if (card.load().isEmpty()) {
            return;
        }
        CardPart.Loaded load = card.load().get();
        byte[] issuing = keys.documents().publicKey();
        boolean issued = rulebook.all(connection).stream()
                .map(SignedDocument::document)
                .filter(document -> document.kind().equals(Document.PERIOD)
                        && document.version() == load.record().period())
                .anyMatch(document -> keys.isOwn(key -> isToken(document.content(), load, key)));
        checks.add(new Check(What.TOKEN, issued, mark(issuing)));
        byte[] cardKey = card.certificate().publicKey33();
        checks.add(new Check(What.LOAD_RECORD, load.record().verify(cardKey, load.signature()), mark(cardKey)));
        checks.add(Check.of(What.LOAD_DUE, !load.giving().isEmpty()));
    }

    private static boolean isToken(byte[] content, CardPart.Loaded load, byte[] issuing) {
        try {
            PeriodToken token = PeriodToken.decode(content);
            return token.verify(issuing)
                    && Arrays.equals(token.hash(), load.record().intentHash());
        } catch (Malformed e) {
            return false;
        }
    }

    private void card(CardPart card) {
        byte[] ca = keys.cardCaKeys().get(card.certificate().caKey());
        boolean certified = ca != null && card.certificate().verify(ca);
        checks.add(new Check(What.CARD_CERTIFICATE, certified, ca == null ? "" : mark(ca)));
        boolean entered = card.member().isPresent()
                && Arrays.equals(card.member().get().certificate(), card.proof().certificate());
        checks.add(Check.of(What.CARD_ENTERED, entered));
        byte[] key = card.certificate().publicKey33();
        boolean signed = card.record().verify(key, card.proof().signature());
        checks.add(new Check(What.CARD_RECORD, signed, mark(key)));
    }

    private void sale(Entry entry, Body.Sale sale, Optional<Scheme> scheme, CardPart card) throws SQLException {
        checks.add(Check.of(
                What.INTENT, SaleCheck.signedByCard(entry, sale, card.record()).isEmpty()));
        Optional<PointOfSale> point = fund.pointOfSale(entry.terminal(), sale.seller());
        List<Long> chosen = card.member().isPresent()
                ? CardEntitlements.of(connection, card.member().get())
                        .places(card.record().counter())
                : List.of(0L);
        boolean asVoted = scheme.isPresent()
                && point.isPresent()
                && SaleCheck.asTheRulesSay(
                                sale, card.record(), scheme.get(), point.get().underRules(), chosen)
                        .isEmpty();
        checks.add(Check.of(What.RULES, asVoted));
    }

    private void entry(Stored stored, SignedEntry signed) throws SQLException {
        Optional<Verified> leaf = leaf(stored);
        boolean ofThisLedger = signed.entry().ledger().equals(stored.ledger())
                && signed.entry().number() == stored.number();
        String key = leaf.map(verified -> mark(verified.leafPublicKey65())).orElse("");
        checks.add(new Check(What.TERMINAL_CHAIN, leaf.isPresent() && ofThisLedger, mark(keys.rootDer())));
        boolean vouched = leaf.isPresent()
                && Arrays.equals(signed.kid(), leaf.get().leafHash())
                && signed.verify(leaf.get().leafPublicKey65());
        checks.add(new Check(What.ENTRY_SIGNATURE, vouched, key));
        checks.add(Check.of(What.ENTRY_HASH, Arrays.equals(signed.hash(), stored.hash())));
        byte[] before = stored.number() == 1
                ? new byte[Hash.LENGTH]
                : Stored.entry(connection, stored.ledger(), stored.number() - 1)
                        .map(earlier -> Hash.sha256(earlier.bytes()))
                        .orElse(new byte[0]);
        checks.add(Check.of(What.ENTRY_FOLLOWS, Arrays.equals(signed.entry().previous(), before)));
    }

    /** Certificates expire, and what was signed before stays signed: they are judged at the moment they were taken. */
    private Optional<Verified> leaf(Stored stored) throws SQLException {
        List<byte[]> chain = Sql.list(
                connection,
                "SELECT der FROM certificate WHERE terminal = ? AND epoch = ? ORDER BY position",
                row -> row.getBytes(1),
                stored.ledger().terminal(),
                stored.ledger().epoch());
        long takenMillis = Stored.entry(connection, stored.ledger(), 1)
                .map(Stored::receivedMillis)
                .orElse(stored.receivedMillis());
        try {
            Verified leaf = X509Chain.verify(chain, keys.rootDer(), takenMillis);
            boolean ours = leaf.role() == Role.TERMINAL
                    && leaf.commonName().equals(stored.ledger().toString())
                    && leaf.fund() == fund.id();
            return ours ? Optional.of(leaf) : Optional.empty();
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    /** An acknowledgement speaks of one entry, and by the chain of hashes of all before it. */
    private void acknowledged(Stored stored) throws SQLException {
        byte[] key = keys.acknowledging().publicKey();
        Optional<byte[]> bytes = Sql.first(
                connection,
                "SELECT bytes FROM checkpoint WHERE terminal = ? AND epoch = ? AND number >= ? ORDER BY number LIMIT 1",
                row -> row.getBytes(1),
                stored.ledger().terminal(),
                stored.ledger().epoch(),
                stored.number());
        boolean holds = false;
        try {
            if (bytes.isPresent()) {
                SignedCheckpoint signed = SignedCheckpoint.decode(bytes.get());
                holds = signed.verify(key)
                        && signed.checkpoint().ledger().equals(stored.ledger())
                        && leadsTo(
                                stored,
                                signed.checkpoint().number(),
                                signed.checkpoint().head());
            }
        } catch (Malformed e) {
            holds = false;
        }
        checks.add(new Check(What.ACKNOWLEDGED, holds, mark(key)));
    }

    /** Whether the hashes of the stored bytes lead from this entry to that head. */
    private boolean leadsTo(Stored stored, long number, byte[] head) throws SQLException, Malformed {
        byte[] hash = Hash.sha256(stored.bytes());
        for (long next = stored.number() + 1; next <= number; next++) {
            Optional<Stored> later = Stored.entry(connection, stored.ledger(), next);
            if (later.isEmpty()
                    || !Arrays.equals(
                            SignedEntry.decode(later.get().bytes()).entry().previous(), hash)) {
                return false;
            }
            hash = Hash.sha256(later.get().bytes());
        }
        return Arrays.equals(hash, head);
    }

    /** The producer's claim is what the card paid, posted once. */
    private void posted(CardPart card, Bookings bookings) throws SQLException {
        List<Way.Event> events =
                bookings.ofRecord(card.certificate().cardId(), card.record().counter());
        List<Way.Event> claims = events.stream()
                .filter(event -> event.name().equals("sale") || event.name().equals("orphan-payable"))
                .toList();
        boolean balanced = events.stream().allMatch(event -> sum(event, true) == sum(event, false));
        long claimed = claims.stream()
                .flatMap(event -> event.postings().stream())
                .filter(posting -> posting.account().equals(bookings.pointsOfSale()))
                .mapToLong(posting -> posting.creditCents() - posting.debitCents())
                .sum();
        boolean right = claims.size() == 1
                && claimed == CardBookings.paidCents(card.record().deltas());
        checks.add(Check.of(What.POSTED, balanced && right));
    }

    private static long sum(Way.Event event, boolean debit) {
        return event.postings().stream()
                .mapToLong(posting -> debit ? posting.debitCents() : posting.creditCents())
                .sum();
    }

    private static String mark(byte[] key) {
        return Hash.hex(Hash.sha256(key)).substring(0, KEY_DIGITS);
    }
}
