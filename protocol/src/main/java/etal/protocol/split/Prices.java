package etal.protocol.split;

import etal.protocol.ledger.PriceChosen;
import etal.protocol.money.Apportion;
import etal.protocol.money.Rounding;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Tariffs;
import etal.protocol.scheme.Tariffs.Difference;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * What a buyer is asked for a basket: the first two steps of the split, which need no card. A pure function of basket,
 * scheme, wish, discount and envelope. Stateless and exact.
 *
 * <p>A choice asks its percentage of each line, rounded half to even line by line, or the fixed price of the product a
 * unit. A free price is shared over the lines by what they cost, largest remainders first. Where the pooled fund bears
 * a reduction that is more than the stall's envelope has left, the reduction of the whole basket is cut to what is left:
 * what is cut goes back onto the reduced lines by the size of their reductions, largest remainders first. So nobody is
 * asked more than the fair price for want of an envelope. A surplus is never cut.
 *
 * <p>The seller's discount is then shared over all lines, whether the fund pays for them or not, by what of them is the
 * seller's (a surplus for the fund is not), largest remainders first.
 */
public final class Prices {
    private Prices() {}

    /**
     * Prices a basket.
     *
     * @param basket its lines count at their fair price, whatever was asked for them before
     * @param discountCents what the seller takes off the whole basket, 0 for nothing
     * @param envelope what the pooled fund has left for this stall and day; unused where it bears nothing
     */
    public static Asked ask(Basket basket, Scheme scheme, Wish wish, long discountCents, Envelope envelope) {
        List<BasketLine> lines = basket.lines();
        return switch (wish) {
            case Wish.Fair fair -> asked(lines, fair(lines), discountCents, Optional.empty());
            case Wish.Choice wanted -> {
                Optional<Tariffs.Choice> choice = scheme.tariffs().flatMap(tariffs -> tariffs.choice(wanted.id()));
                if (choice.isEmpty()) {
                    yield new Asked.NoSuchChoice(wanted.id());
                }
                Tariffs tariffs = scheme.tariffs().orElseThrow();
                yield chosen(
                        lines, byChoice(lines, tariffs, choice.get()), wanted.id(), tariffs, discountCents, envelope);
            }
            case Wish.Free free -> {
                Optional<Tariffs> tariffs = scheme.tariffs().filter(Tariffs::freePrice);
                yield tariffs.isEmpty()
                        ? new Asked.NoFreePrice()
                        : free(lines, free.amountCents(), tariffs.get(), discountCents, envelope);
            }
        };
    }

    private static List<Long> fair(List<BasketLine> lines) {
        return lines.stream().map(BasketLine::fairCents).toList();
    }

    private static List<Long> byChoice(List<BasketLine> lines, Tariffs tariffs, Tariffs.Choice choice) {
        return lines.stream().map(line -> byChoice(line, tariffs, choice)).toList();
    }

    private static long byChoice(BasketLine line, Tariffs tariffs, Tariffs.Choice choice) {
        return tariffs.fixedPrices().stream()
                .filter(price ->
                        price.choice().equals(choice.id()) && price.product().equals(line.productId()))
                .findFirst()
                .map(price -> line.weighed()
                        ? BasketLine.weighedCents(price.unitPriceCents(), line.quantity())
                        : price.unitPriceCents() * line.quantity())
                .orElseGet(() -> Rounding.percentHalfEven(line.fairCents(), choice.percent()));
    }

    private static Asked free(
            List<BasketLine> lines, long amountCents, Tariffs tariffs, long discountCents, Envelope envelope) {
        List<Long> fair = fair(lines);
        long leastCents = ceiling(sum(fair), tariffs.leastPercent());
        long mostCents = floor(sum(fair), tariffs.mostPercent());
        if (amountCents < leastCents || amountCents > mostCents) {
            return new Asked.OutsideFreePrice(leastCents, mostCents);
        }
        List<Long> asked = shared(lines, amountCents, fair);
        return chosen(lines, asked, PriceChosen.FREE, tariffs, discountCents, envelope);
    }

    /** The lowest free price, rounded up: a cent less would be below the percentage. */
    private static long ceiling(long cents, int percent) {
        return (cents * percent + 99) / 100;
    }

    /** The highest free price, rounded down: a cent more would be above the percentage. */
    private static long floor(long cents, int percent) {
        return cents * percent / 100;
    }

    private static Asked chosen(
            List<BasketLine> lines,
            List<Long> wished,
            String choice,
            Tariffs tariffs,
            long discountCents,
            Envelope envelope) {
        boolean byFund = tariffs.difference() == Difference.FUND;
        List<Long> asked = byFund ? withinEnvelope(lines, wished, envelope) : wished;
        long fairCents = sum(fair(lines));
        long paidCents = sum(asked);
        TariffSide side = new TariffSide(choice, fairCents, paidCents, byFund ? fairCents - paidCents : 0);
        return asked(lines, asked, discountCents, Optional.of(side));
    }

    private static List<Long> withinEnvelope(List<BasketLine> lines, List<Long> wished, Envelope envelope) {
        long reductionCents = sum(fair(lines)) - sum(wished);
        long leftCents = Math.max(0, envelope.leftCents());
        if (reductionCents <= leftCents) {
            return wished;
        }
        List<Long> reductions = IntStream.range(0, lines.size())
                .mapToObj(at -> Math.max(0, lines.get(at).fairCents() - wished.get(at)))
                .toList();
        List<Long> back = shared(lines, reductionCents - leftCents, reductions);
        return IntStream.range(0, lines.size())
                .mapToObj(at -> wished.get(at) + back.get(at))
                .toList();
    }

    private static Asked asked(
            List<BasketLine> lines, List<Long> asked, long discountCents, Optional<TariffSide> tariff) {
        if (sum(asked) > Split.LINE_MAX_CENTS || sum(fair(lines)) > Split.LINE_MAX_CENTS) {
            return new Asked.TooDear(Split.LINE_MAX_CENTS);
        }
        boolean byFund = tariff.map(TariffSide::fundCents).orElse(0L) != 0;
        List<Long> sellers = IntStream.range(0, lines.size())
                .mapToObj(at -> byFund ? Math.min(lines.get(at).fairCents(), asked.get(at)) : asked.get(at))
                .toList();
        if (discountCents < 0 || discountCents > sum(sellers)) {
            return new Asked.DiscountTooHigh(sum(sellers));
        }
        List<Long> less = shared(lines, discountCents, sellers);
        List<BasketLine> priced = IntStream.range(0, lines.size())
                .mapToObj(at -> lines.get(at).asked(asked.get(at), less.get(at)))
                .toList();
        return new Asked.At(new Basket(priced, tariff));
    }

    /** Shares an amount over lines by weights, in the canonical order of the lines; the parts in theirs. */
    private static List<Long> shared(List<BasketLine> lines, long cents, List<Long> weights) {
        List<Integer> order = IntStream.range(0, lines.size())
                .boxed()
                .sorted((one, other) -> BasketLine.CANONICAL.compare(lines.get(one), lines.get(other)))
                .toList();
        List<Long> parts = Apportion.byLargestRemainder(
                cents, order.stream().map(weights::get).toList());
        List<Long> shared = new ArrayList<>(Collections.nCopies(lines.size(), 0L));
        for (int at = 0; at < order.size(); at++) {
            shared.set(order.get(at), parts.get(at));
        }
        return shared;
    }

    private static long sum(List<Long> cents) {
        return cents.stream().mapToLong(Long::longValue).sum();
    }
}
