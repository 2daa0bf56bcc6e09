package etal.fsck;

import etal.fsck.bytes.Digest;
import etal.fsck.check.CheckedLedger;
import etal.fsck.check.Fault;
import etal.fsck.place.PlacedLedger;
import etal.fsck.place.ReceiptCode;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * What is said of one ledger, from all places where it lies and all receipts that name it.
 *
 * @param lines the verdict in one line, further lines beginning with two spaces
 */
record Verdict(boolean ok, List<String> lines) {
    /** Judges one ledger. */
    static Verdict of(String id, List<PlacedLedger> places, List<ReceiptCode> receipts) {
        List<PlacedLedger> sound =
                places.stream().filter(place -> place.ledger().fault() == null).toList();
        Fault fault = places.stream()
                .map(place -> place.ledger().fault())
                .filter(each -> each != null)
                .findFirst()
                .orElse(null);
        if (places.isEmpty()) {
            ReceiptCode receipt = receipts.getFirst();
            fault = new Fault(
                    receipt.number(), "missing: " + receipt.source() + " names it, and no such ledger is here");
        }
        if (fault == null) {
            fault = fork(sound);
        }
        if (fault == null) {
            fault = contradiction(longest(sound), receipts);
        }
        return fault == null ? ok(id, sound, receipts) : damaged(id, fault, places);
    }

    private static Verdict ok(String id, List<PlacedLedger> places, List<ReceiptCode> receipts) {
        List<Digest> entries = longest(places);
        int head = entries.size();
        long checkpointed = places.stream()
                .mapToLong(place -> place.ledger().checkpointed())
                .max()
                .orElse(0);
        List<String> lines = new ArrayList<>();
        lines.add(id + " ok: " + head + " entries, head " + entries.getLast() + ", checked to checkpoint "
                + checkpointed);
        long practised = places.stream()
                .mapToLong(place -> place.ledger().practised())
                .max()
                .orElse(0);
        if (practised > 0) {
            lines.add("  " + practised + (practised == 1 ? " training sale" : " training sales") + ", in no total");
        }
        for (PlacedLedger place : places) {
            int end = place.ledger().entries().size();
            if (end < head) {
                lines.add("  " + place.place() + " ends at entry " + end);
            }
        }
        long newest = receipts.stream().mapToLong(ReceiptCode::number).max().orElse(0);
        if (!receipts.isEmpty()) {
            lines.add("  " + receipts.size() + (receipts.size() == 1 ? " receipt agrees" : " receipts agree")
                    + ", the newest names entry " + newest);
        }
        if (newest < head) {
            lines.add("  a tail cut after entry " + head + " could not be seen here: "
                    + (receipts.isEmpty() ? "no receipt given" : "no receipt names it or a later one"));
        }
        return new Verdict(true, lines);
    }

    private static Verdict damaged(String id, Fault fault, List<PlacedLedger> places) {
        List<String> lines = new ArrayList<>();
        lines.add(id + " damaged: " + fault);
        for (PlacedLedger place : places) {
            CheckedLedger ledger = place.ledger();
            lines.add("  " + place.place() + ": "
                    + (ledger.fault() == null
                            ? "ok to entry " + ledger.entries().size()
                            : ledger.fault()));
        }
        return new Verdict(false, lines);
    }

    /** Where two places differ: one must be the beginning of the other. */
    private static @Nullable Fault fork(List<PlacedLedger> places) {
        PlacedLedger first = places.stream()
                .max(Comparator.comparingInt(place -> place.ledger().entries().size()))
                .orElseThrow();
        List<Digest> all = first.ledger().entries();
        for (PlacedLedger other : places) {
            List<Digest> entries = other.ledger().entries();
            for (int i = 0; i < entries.size(); i++) {
                if (!entries.get(i).equals(all.get(i))) {
                    return new Fault(i + 1L, "fork: " + first.place() + " and " + other.place() + " differ from here");
                }
            }
        }
        return missing(places, all.size());
    }

    /** An acknowledgement in one place may name entries that no place has any more. */
    private static @Nullable Fault missing(List<PlacedLedger> places, int head) {
        for (PlacedLedger place : places) {
            if (place.ledger().checkpointed() > head) {
                return new Fault(
                        head + 1L,
                        "missing: a checkpoint in " + place.place() + " acknowledges entry "
                                + place.ledger().checkpointed());
            }
        }
        return null;
    }

    private static @Nullable Fault contradiction(List<Digest> entries, List<ReceiptCode> receipts) {
        List<ReceiptCode> inOrder = receipts.stream()
                .sorted(Comparator.comparingLong(ReceiptCode::number).thenComparing(ReceiptCode::source))
                .toList();
        for (ReceiptCode receipt : inOrder) {
            if (receipt.number() > entries.size()) {
                return new Fault(
                        receipt.number(),
                        "missing: " + receipt.source() + " names it, the ledger ends at entry " + entries.size());
            }
            if (!receipt.hash().equals(entries.get((int) receipt.number() - 1))) {
                return new Fault(receipt.number(), "another one than " + receipt.source() + " names");
            }
        }
        return null;
    }

    private static List<Digest> longest(List<PlacedLedger> places) {
        return places.stream()
                .map(place -> place.ledger().entries())
                .max(Comparator.comparingInt(List::size))
                .orElse(List.of());
    }
}
