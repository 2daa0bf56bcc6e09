package etal.terminal.succession;

import etal.port.Medium;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import etal.protocol.trust.X509Chain;
import etal.terminal.ledger.CertificateDates;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/**
 * The second medium of the epoch before, read as far as it can be believed: entry after entry as long as each is the next of
 * that ledger and signed by its key. Whatever bytes it holds, reading it is an answer and no failure. Stateless.
 */
final class OldStick {
    private OldStick() {}

    /**
     * What was read.
     *
     * @param entries whole, verified, from number 1 without a gap
     * @param fault why it goes no further than that, if it should
     */
    record Read(List<SignedEntry> entries, Optional<Said> fault) {}

    /**
     * Reads it.
     *
     * @param known entries of that ledger that were verified before; what is the same on the stick is not verified again
     * @param root the fund's root, DER
     */
    static Read read(Predecessor before, byte[] root, List<byte[]> known) {
        Medium stick = before.stick();
        if (stick == null) {
            return new Read(List.of(), Optional.empty());
        }
        String name = before.ledger().toString();
        try (Stream<byte[]> held = stick.read()) {
            byte[] key = key(before, root);
            return walk(before.ledger(), key, held.toList(), known);
        } catch (StorageFailed unreadable) {
            return new Read(
                    List.of(),
                    Optional.of(Said.of("before-unreadable", name, String.valueOf(unreadable.getMessage()))));
        } catch (Malformed untrusted) {
            return new Read(
                    List.of(), Optional.of(Said.of("before-untrusted", name, String.valueOf(untrusted.getMessage()))));
        }
    }

    /** As much of what was kept here as still hangs together: a copy that lost a bit is read from the medium again. */
    static List<byte[]> sound(Predecessor before, byte[] root, List<byte[]> kept) {
        if (kept.isEmpty()) {
            return kept;
        }
        try {
            // Each entry's hash stands in the next; only of the last one nothing but its signature says that it is
            // whole.
            List<SignedEntry> entries = walk(before.ledger(), null, kept, kept).entries();
            byte[] key = key(before, root);
            boolean lastWhole = !entries.isEmpty() && entries.getLast().verify(key);
            return kept.subList(0, lastWhole ? entries.size() : Math.max(0, entries.size() - 1));
        } catch (Malformed untrusted) {
            return kept;
        }
    }

    private static Read walk(LedgerId ledger, byte @Nullable [] key, List<byte[]> held, List<byte[]> known) {
        List<SignedEntry> entries = new ArrayList<>();
        byte[] head = new byte[32];
        for (byte[] bytes : held) {
            int place = entries.size();
            boolean verified = place < known.size() && Arrays.equals(known.get(place), bytes);
            Optional<SignedEntry> next = next(ledger, verified ? null : key, bytes, place + 1L, head);
            if (next.isEmpty()) {
                return new Read(entries, Optional.of(Said.of("before-damaged", ledger.toString(), place + 1L)));
            }
            entries.add(next.get());
            head = next.get().hash();
        }
        return new Read(entries, Optional.empty());
    }

    private static Optional<SignedEntry> next(
            LedgerId ledger, byte @Nullable [] key, byte[] bytes, long number, byte[] head) {
        try {
            SignedEntry signed = SignedEntry.decode(bytes);
            Entry entry = signed.entry();
            boolean fits = entry.ledger().equals(ledger)
                    && entry.number() == number
                    && Arrays.equals(entry.previous(), head)
                    && (key == null || signed.verify(key));
            return fits ? Optional.of(signed) : Optional.empty();
        } catch (Malformed noEntry) {
            return Optional.empty();
        }
    }

    /** Judged on its own first day: the new terminal's clock may not know the year, and an old signature stays one. */
    private static byte[] key(Predecessor before, byte[] root) throws Malformed {
        if (before.chain().isEmpty()) {
            throw new Malformed("its certificates are not at hand");
        }
        Verified leaf = X509Chain.verify(
                before.chain(),
                root,
                CertificateDates.of(before.chain().getFirst()).fromMillis());
        if (leaf.role() != Role.TERMINAL
                || !leaf.commonName().equals(before.ledger().toString())) {
            throw new Malformed("the certificates are those of " + leaf.commonName());
        }
        return leaf.leafPublicKey65();
    }
}
