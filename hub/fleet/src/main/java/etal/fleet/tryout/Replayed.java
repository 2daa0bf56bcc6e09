package etal.fleet.tryout;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.FundedLine;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Who would have paid what under other rules: a month's sales as they were, and once more. Immutable.
 *
 * @param month of the sales
 * @param households in the order of their numbers
 * @param sales how many
 * @param allocationBeforeCents given in the month
 * @param allocationAfterCents what would have been given
 */
public record Replayed(
        YearMonth month,
        List<OfHousehold> households,
        long sales,
        long allocationBeforeCents,
        long allocationAfterCents) {
    /** Takes its own copy of the list. */
    public Replayed {
        households = List.copyOf(households);
    }

    /**
     * What a household paid, and would have paid.
     *
     * @param number as the hub or the file has it
     * @param before as it was
     * @param after under the new rules
     */
    public record OfHousehold(String number, Paid before, Paid after) {
        /** What it would have paid of its own beyond what it did; below zero if less. */
        public long differenceCents() {
            return after.ownCents() - before.ownCents();
        }
    }

    /** Paid by the card, paid otherwise, and what producers got of it. */
    public record Paid(long cardCents, long ownCents, long producerCents) {
        static final Paid NOTHING = new Paid(0, 0, 0);

        Paid plus(Paid other) {
            return new Paid(
                    cardCents + other.cardCents, ownCents + other.ownCents, producerCents + other.producerCents);
        }
    }

    /**
     * One card in the books of a hub.
     *
     * @param household whose
     * @param persons of the household
     * @param chosenPointOfSale 0 for none
     * @param records what it signed in the month, by its counter; with each payment the lines it paid for, where they are known
     */
    public record CardMonth(String household, int persons, long chosenPointOfSale, List<Signed> records) {}

    /** A record and, of a payment, what was bought and where. */
    public record Signed(CardRecord record, Optional<Bought> bought) {}

    /** The lines that the fund may pay for, and the point of sale. */
    public record Bought(List<FundedLine> lines, PointOfSale pointOfSale) {}

    /** Two trials of the same receipts. */
    public static Replayed ofTrials(YearMonth month, Trial before, Trial after) {
        Map<String, Paid> old = paid(before);
        Map<String, Paid> next = paid(after);
        List<OfHousehold> households = new ArrayList<>();
        old.forEach((number, paid) ->
                households.add(new OfHousehold(number, paid, next.getOrDefault(number, Paid.NOTHING))));
        return new Replayed(month, households, before.sales().size(), granted(before), granted(after));
    }

    private static long granted(Trial trial) {
        return trial.households().stream()
                .mapToLong(Trial.OfHousehold::grantedCents)
                .sum();
    }

    private static Map<String, Paid> paid(Trial trial) {
        Map<String, Paid> paid = new LinkedHashMap<>();
        trial.households().forEach(one -> paid.put(one.buyer().number(), Paid.NOTHING));
        for (Trial.Sale sale : trial.sales()) {
            Paid one = new Paid(sale.plan().cardCents(), sale.plan().cashCents(), sale.producerCents());
            paid.merge(sale.purchase().household(), one, Paid::plus);
        }
        return paid;
    }

    /**
     * A month of a hub. Real records tell what was; the same lines are split once more by the new rules, over the
     * balances that the new rules would have left. A load brings as much more or less as the allocations differ; of a
     * household the hub knows the number of persons, so all count as grown up.
     */
    public static Replayed ofCards(Scheme before, Scheme after, YearMonth month, List<CardMonth> cards) {
        Map<String, OfHousehold> households = new LinkedHashMap<>();
        long sales = 0;
        long oldCents = 0;
        long nextCents = 0;
        for (CardMonth card : cards) {
            Household household = Household.ofAdults(card.persons());
            long oldAllocationCents = before.allocation().amountCents(household, month);
            long nextAllocationCents = after.allocation().amountCents(household, month);
            oldCents += oldAllocationCents;
            nextCents += nextAllocationCents;
            Replay replay = new Replay(after, card, nextAllocationCents - oldAllocationCents);
            card.records().forEach(replay::take);
            sales += replay.sales;
            OfHousehold one = new OfHousehold(card.household(), replay.before, replay.after);
            households.merge(
                    card.household(),
                    one,
                    (some, more) -> new OfHousehold(
                            some.number(),
                            some.before().plus(more.before()),
                            some.after().plus(more.after())));
        }
        return new Replayed(month, List.copyOf(households.values()), sales, oldCents, nextCents);
    }

    /** One card's month. Not thread-safe; one per card. */
    private static final class Replay {
        private final Scheme rules;
        private final CardMonth card;
        private final long moreAtLoadCents;
        private Optional<Balances> held = Optional.empty();
        private Paid before = Paid.NOTHING;
        private Paid after = Paid.NOTHING;
        private long sales;

        private Replay(Scheme rules, CardMonth card, long moreAtLoadCents) {
            this.rules = rules;
            this.card = card;
            this.moreAtLoadCents = moreAtLoadCents;
        }

        private void take(Signed signed) {
            CardRecord record = signed.record();
            Balances holding = held.orElse(record.before());
            if (record.tag() == CardRecord.Tag.DEBIT && signed.bought().isPresent()) {
                holding = pay(record, signed.bought().get(), holding);
            } else if (record.tag() == CardRecord.Tag.LOAD) {
                long allocationCents = holding.allocation() + record.deltas().allocation() + moreAtLoadCents;
                long earnableCents = rules.bonus()
                        .map(bonus -> bonus.earnableCents(card.persons()))
                        .orElse(0L);
                holding = new Balances(Math.max(0, allocationCents), holding.bonus(), earnableCents);
            }
            held = Optional.of(holding);
        }

        private Balances pay(CardRecord record, Bought bought, Balances holding) {
            long linesCents =
                    bought.lines().stream().mapToLong(FundedLine::priceCents).sum();
            Deltas paid = record.deltas();
            // A bonus that was earned at once hides in the purse's delta; what was earned left the earnable.
            long cardCents = -paid.allocation() - paid.bonus() - paid.earnable();
            Plan plan = Split.split(
                    bought.lines(), rules, bought.pointOfSale(), new CardState(holding, card.chosenPointOfSale()));
            before = before.plus(new Paid(cardCents, linesCents - cardCents, linesCents));
            after = after.plus(new Paid(plan.cardCents(), linesCents - plan.cardCents(), linesCents));
            sales++;
            return holding.plus(plan.deltas());
        }
    }
}
