package etal.fleet.tryout;

import etal.protocol.card.Balances;
import etal.protocol.grant.Pool;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Asked;
import etal.protocol.split.Basket;
import etal.protocol.split.CardState;
import etal.protocol.split.Envelope;
import etal.protocol.split.Plan;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Prices;
import etal.protocol.split.Split;
import etal.protocol.split.TariffSide;
import etal.protocol.split.Wish;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/**
 * A month under a scheme: each household loads its allocation onto an empty card, then the receipts follow in their order.
 * Everything is reckoned by the engine of terminal and hub; nothing here knows a rule. Immutable.
 *
 * @param scheme tried
 * @param month in which
 * @param households one each, in the order given
 * @param sales one a receipt, in the order given
 */
public record Trial(Scheme scheme, YearMonth month, List<OfHousehold> households, List<Sale> sales) {
    /** Takes its own copies of the lists. */
    public Trial {
        households = List.copyOf(households);
        sales = List.copyOf(sales);
    }

    /**
     * What a receipt came to.
     *
     * @param asked the basket at the prices asked
     * @param refusedWish whether the price wished for was not to be had, so that the fair price held
     */
    public record Sale(Purchase purchase, Basket asked, Plan plan, boolean refusedWish) {
        /** What the fund puts to the price, or gets of a surplus if below zero. */
        public long tariffCents() {
            return asked.tariff().map(TariffSide::fundCents).orElse(0L);
        }

        /** What the producer gets, whoever pays it. */
        public long producerCents() {
            return asked.totalCents() + tariffCents();
        }

        /** Paid with the allocation. */
        public long allocationCents() {
            return -plan.deltas().allocation();
        }

        /** Paid with the bonus. */
        public long bonusCents() {
            return plan.bonusEarnedCents() - plan.deltas().bonus();
        }
    }

    /**
     * What a month came to for a household.
     *
     * @param grantedCents its allocation
     * @param loaded whether the card may hold it; otherwise nothing was loaded
     * @param left what the card holds at the end
     * @param expiresCents what of that is lost when the next month, with the same allocation, is loaded
     */
    public record OfHousehold(Buyer buyer, long grantedCents, boolean loaded, Balances left, long expiresCents) {}

    /** Runs the month. Receipts of households that are not among the buyers are paid without a card. */
    public static Trial of(Scheme scheme, YearMonth month, List<Buyer> buyers, List<Purchase> purchases) {
        Map<String, Balances> cards = new LinkedHashMap<>();
        Map<String, Long> grants = new LinkedHashMap<>();
        Map<String, Long> chosen = new LinkedHashMap<>();
        long pooledCents = pooledCents(scheme, buyers);
        for (Buyer buyer : buyers) {
            long grantedCents =
                    pooledCents >= 0 ? pooledCents : scheme.allocation().amountCents(buyer.household(), month);
            grants.put(buyer.number(), grantedCents);
            chosen.put(buyer.number(), buyer.chosenPointOfSale());
            long earnableCents = scheme.bonus()
                    .map(bonus -> bonus.earnableCents(buyer.household().persons()))
                    .orElse(0L);
            boolean loaded = scheme.card().mayLoad(Balances.NONE, grantedCents);
            cards.put(buyer.number(), new Balances(loaded ? grantedCents : 0, 0, earnableCents));
        }
        List<Sale> sales = new ArrayList<>();
        Map<String, Long> usedOfEnvelope = new LinkedHashMap<>();
        for (Purchase purchase : purchases) {
            CardState card = new CardState(
                    cards.getOrDefault(purchase.household(), Balances.NONE),
                    chosen.getOrDefault(purchase.household(), 0L));
            Sale sale = sale(scheme, purchase, card, usedOfEnvelope);
            cards.computeIfPresent(
                    purchase.household(),
                    (number, held) -> held.plus(sale.plan().deltas()));
            sales.add(sale);
        }
        return new Trial(scheme, month, households(scheme, buyers, grants, cards), sales);
    }

    private static Sale sale(Scheme scheme, Purchase purchase, CardState card, Map<String, Long> usedOfEnvelope) {
        String stallAndDay = purchase.pointOfSale() + "/" + purchase.day();
        long usedCents = usedOfEnvelope.getOrDefault(stallAndDay, 0L);
        Envelope envelope =
                scheme.tariffs().map(tariffs -> Envelope.of(tariffs, usedCents)).orElse(new Envelope(0));
        Asked wished = Prices.ask(purchase.basket(), scheme, purchase.wish(), 0, envelope);
        boolean refused = !(wished instanceof Asked.At);
        Asked asked = refused ? Prices.ask(purchase.basket(), scheme, Wish.FAIR, 0, envelope) : wished;
        Basket basket = asked instanceof Asked.At(Basket at) ? at : purchase.basket();
        Plan plan = Split.split(basket, scheme, new PointOfSale(purchase.pointOfSale(), ""), card);
        Sale sale = new Sale(purchase, basket, plan, refused);
        usedOfEnvelope.put(stallAndDay, usedCents + Math.max(0, sale.tariffCents()));
        return sale;
    }

    /** The share of each member where the contributions are pooled, -1 elsewhere. */
    private static long pooledCents(Scheme scheme, List<Buyer> buyers) {
        if (!(scheme.allocation().basis() instanceof Allocation.Basis.PooledMean(Allocation.Remainder remainder))) {
            return -1;
        }
        long contributionsCents =
                buyers.stream().mapToLong(Buyer::contributionCents).sum();
        return Pool.share(
                        contributionsCents,
                        0,
                        buyers.size(),
                        scheme.allocation().mostCents(),
                        remainder)
                .shareCents();
    }

    private static List<OfHousehold> households(
            Scheme scheme, List<Buyer> buyers, Map<String, Long> grants, Map<String, Balances> cards) {
        List<OfHousehold> households = new ArrayList<>();
        for (Buyer buyer : buyers) {
            long grantedCents = grants.getOrDefault(buyer.number(), 0L);
            Balances left = cards.getOrDefault(buyer.number(), Balances.NONE);
            long keptCents = scheme.card().carryOver().keepCents(grantedCents);
            households.add(new OfHousehold(
                    buyer,
                    grantedCents,
                    scheme.card().mayLoad(Balances.NONE, grantedCents),
                    left,
                    Math.max(0, left.allocation() - keptCents)));
        }
        return households;
    }
}
