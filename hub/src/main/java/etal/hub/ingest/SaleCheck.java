package etal.hub.ingest;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body.Cancellation;
import etal.protocol.ledger.Body.Sale;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.Intent;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/** Whether what a card has signed is what a sale says, and what the rules of that sale give. Pure. */
public final class SaleCheck {
    private SaleCheck() {}

    /** A sale that is not payable, and why. */
    public record Refusal(Reason reason, String detail) {}

    /** Whether the record is of this sale, and the card has signed exactly these lines, seller, rules and amounts. */
    public static Optional<Refusal> signedByCard(Entry entry, Sale sale, CardRecord record) {
        if (record.tag() != CardRecord.Tag.DEBIT
                || record.terminal() != entry.terminal()
                || record.epoch() != entry.epoch()
                || record.sale() != sale.sale()) {
            return refusal(
                    Reason.OTHER_SALE,
                    "the card paid sale " + record.sale() + " at t" + record.terminal() + "-e" + record.epoch());
        }
        byte[] intent = Intent.hash(
                entry.terminal(),
                entry.epoch(),
                sale.sale(),
                sale.seller(),
                sale.scheme(),
                sale.lines(),
                sale.detailsHash(),
                record.deltas());
        return Arrays.equals(intent, record.intentHash())
                ? Optional.empty()
                : refusal(Reason.OTHER_INTENT, "the card signed another intention");
    }

    /** Whether the record is of this cancellation, and the card has taken back what it paid, for this reason and no other. */
    public static Optional<Refusal> takenBack(
            Entry entry, Cancellation cancellation, CardRecord record, CardRecord paid) {
        if (record.tag() != CardRecord.Tag.CANCEL
                || record.terminal() != entry.terminal()
                || record.epoch() != entry.epoch()
                || record.sale() != cancellation.sale()) {
            return refusal(
                    Reason.OTHER_SALE,
                    "the card took back sale " + record.sale() + " at t" + record.terminal() + "-e" + record.epoch());
        }
        if (!record.deltas().equals(paid.deltas().negated())) {
            return refusal(Reason.OTHER_AMOUNT, "the card paid " + paid.deltas() + " and took back " + record.deltas());
        }
        byte[] intent = Intent.cancelling(
                entry.terminal(),
                entry.epoch(),
                cancellation.sale(),
                cancellation.saleHash(),
                cancellation.reason(),
                cancellation.detailsHash(),
                record.deltas());
        return Arrays.equals(intent, record.intentHash())
                ? Optional.empty()
                : refusal(Reason.OTHER_INTENT, "the card signed another cancellation");
    }

    /**
     * Whether the rules, replayed over the balances before, give what the card has paid.
     *
     * @param chosen the points of sale that the card's household may have chosen by then, 0 for none: one of them fits
     */
    public static Optional<Refusal> asTheRulesSay(
            Sale sale, CardRecord record, Scheme scheme, PointOfSale pointOfSale, List<Long> chosen) {
        Deltas paid = record.deltas();
        Optional<Refusal> refused = refusal(Reason.OTHER_SPLIT, "the card is entitled to nothing");
        for (long place : chosen) {
            CardState card = new CardState(record.before(), place);
            Plan plan = Split.split(sale.lines(), scheme, pointOfSale, card, sale.mostCents());
            if (plan.deltas().equals(paid)) {
                return Optional.empty();
            }
            refused = refusal(Reason.OTHER_SPLIT, "the rules give " + plan.deltas() + ", the card paid " + paid);
        }
        return refused;
    }

    /**
     * When a card was asked to pay, milliseconds since 1970: the sale's own time. Its entry may be of later, when the answer
     * was lost; the card has signed the time of the question.
     */
    public static long askedMillis(Entry entry, CardRecord record) {
        return Math.min(entry.timeMillis(), record.timeSeconds() * 1_000);
    }

    static Optional<Refusal> refusal(Reason reason, String detail) {
        return Optional.of(new Refusal(reason, detail));
    }
}
