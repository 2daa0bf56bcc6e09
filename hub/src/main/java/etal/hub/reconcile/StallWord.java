package etal.hub.reconcile;

import etal.protocol.card.CardRecord;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Abandoned;
import etal.protocol.ledger.Body.InDoubt;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.LedgerId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.TreeMap;

/** What the stalls' own entries say of sales in doubt: without it, or a person's, no record without a sale moves on. */
final class StallWord {
    private final TreeMap<LedgerId, Said> ledgers = new TreeMap<>();

    /** Of one ledger, in its order. */
    private static final class Said {
        private final List<Entry> doubts = new ArrayList<>();
        private final List<Entry> abandoned = new ArrayList<>();
        private final List<Long> closings = new ArrayList<>();
    }

    /** Hears the entries of each ledger in their order. */
    void hear(Entry entry) {
        switch (entry.body()) {
            case InDoubt doubt -> of(entry.ledger()).doubts.add(entry);
            case Abandoned abandoned when abandoned.cancelling() -> {
                // The sale stands: of its payment that says nothing.
            }
            case Abandoned abandoned -> of(entry.ledger()).abandoned.add(entry);
            case Body.Closing closing -> of(entry.ledger()).closings.add(entry.number());
            default -> {}
        }
    }

    /** Whether the stall asked about this record and then gave the sale up, the goods returned. */
    boolean returned(String card, CardRecord record) {
        Said said = of(new LedgerId(record.terminal(), record.epoch()));
        return said.doubts.stream()
                .filter(doubt -> isOf(doubt, card, record))
                .anyMatch(doubt -> said.abandoned.stream()
                        .anyMatch(entry -> entry.number() > doubt.number()
                                && entry.body() instanceof Abandoned body
                                && body.sale() == record.sale()
                                && body.reason() == Abandoned.GIVEN_UP_UNDONE));
    }

    /** Whether the stall asked about this record. */
    boolean asked(String card, CardRecord record) {
        return of(new LedgerId(record.terminal(), record.epoch())).doubts.stream()
                .anyMatch(doubt -> isOf(doubt, card, record));
    }

    /** Whether the stall asked about this record and closed a day without having given the sale up before. */
    boolean kept(String card, CardRecord record) {
        Said said = of(new LedgerId(record.terminal(), record.epoch()));
        return said.doubts.stream()
                .filter(doubt -> isOf(doubt, card, record))
                .anyMatch(doubt -> said.closings.stream()
                        .anyMatch(closing -> closing > doubt.number() && !givenUp(said, record, doubt, closing)));
    }

    private static boolean givenUp(Said said, CardRecord record, Entry doubt, long closing) {
        return said.abandoned.stream()
                .anyMatch(entry -> entry.number() > doubt.number()
                        && entry.number() < closing
                        && entry.body() instanceof Abandoned body
                        && body.sale() == record.sale());
    }

    private static boolean isOf(Entry entry, String card, CardRecord record) {
        return entry.body() instanceof InDoubt doubt
                && doubt.sale() == record.sale()
                && doubt.cancelling() == (record.tag() == CardRecord.Tag.CANCEL)
                && doubt.counterSeen() + 1 == record.counter()
                && Hash.hex(doubt.cardId()).equals(card)
                && doubt.deltas().equals(record.deltas())
                && Arrays.equals(doubt.intentHash(), record.intentHash());
    }

    private Said of(LedgerId ledger) {
        return ledgers.computeIfAbsent(ledger, id -> new Said());
    }
}
