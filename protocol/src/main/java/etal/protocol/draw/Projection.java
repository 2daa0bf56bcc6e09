package etal.protocol.draw;

import etal.protocol.money.Rounding;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Allocation;
import etal.protocol.scheme.Bonus;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * The reserve, months ahead: what a month leaves is what the one before left, plus the contributions and the other
 * income, less what is really spent of the allocations and the other costs. Everybody is taken to stay as they are, of
 * the same age. Exact in cents; of each month's sum one rounding, half even. Immutable.
 */
public final class Projection {
    private final Scheme scheme;
    private final Admission.Reserve reserve;
    private final YearMonth first;
    private final List<Sums> sums;

    private Projection(Scheme scheme, Admission.Reserve reserve, YearMonth first, List<Sums> sums) {
        this.scheme = scheme;
        this.reserve = reserve;
        this.first = first;
        this.sums = List.copyOf(sums);
    }

    /** A household that pays and is given something each month. */
    public record Payer(Household household, long contributionCents) {}

    /**
     * One month.
     *
     * @param month which
     * @param contributionsCents what the households pay
     * @param otherIncomeCents what else comes in: the reserve's monthly income, and the funders' share of what is spent
     * @param grantedCents the allocations
     * @param spentCents what of them is really spent
     * @param otherCostsCents what else goes out: the reserve's monthly cost, and the bonuses that the fund bears itself
     * @param reserveCents what is left at the month's end
     */
    public record Month(
            YearMonth month,
            long contributionsCents,
            long otherIncomeCents,
            long grantedCents,
            long spentCents,
            long otherCostsCents,
            long reserveCents) {}

    /** What all households together pay, are granted, and can earn in a month. */
    private record Sums(long contributionsCents, long grantedCents, long earnableCents) {
        static final Sums NONE = new Sums(0, 0, 0);

        Sums plus(Sums other) {
            return new Sums(
                    contributionsCents + other.contributionsCents,
                    grantedCents + other.grantedCents,
                    earnableCents + other.earnableCents);
        }
    }

    /**
     * The reserve without any of the households that come later.
     *
     * @param reserve from what it starts and how far it looks
     * @param first the first month
     */
    public static Projection of(Scheme scheme, Admission.Reserve reserve, YearMonth first) {
        List<Sums> sums = new ArrayList<>();
        for (int at = 0; at < reserve.monthsAhead(); at++) {
            sums.add(Sums.NONE);
        }
        return new Projection(scheme, reserve, first, sums);
    }

    /** The same with one household more, from the first month on. */
    public Projection with(Payer payer) {
        return with(payer, 1);
    }

    /** The same with so many households more that are alike. */
    public Projection with(Payer payer, int count) {
        List<Sums> more = new ArrayList<>();
        for (int at = 0; at < sums.size(); at++) {
            Sums of = of(payer, first.plusMonths(at));
            more.add(sums.get(at)
                    .plus(new Sums(
                            of.contributionsCents() * count, of.grantedCents() * count, of.earnableCents() * count)));
        }
        return new Projection(scheme, reserve, first, more);
    }

    private Sums of(Payer payer, YearMonth month) {
        if (scheme.admission().term().isPresent()
                && !scheme.admission().term().get().holds(month)) {
            return Sums.NONE;
        }
        boolean pooled = scheme.allocation().basis() instanceof Allocation.Basis.PooledMean
                && scheme.allocation().isGivenIn(month);
        return new Sums(
                payer.contributionCents(),
                // What is pooled is given back whole: each member's share is the mean of what all have paid.
                pooled ? payer.contributionCents() : scheme.allocation().amountCents(payer.household(), month),
                scheme.bonus()
                        .map(bonus -> bonus.earnableCents(payer.household().persons()))
                        .orElse(0L));
    }

    /** What it starts from. */
    public Admission.Reserve reserve() {
        return reserve;
    }

    /** Month by month. */
    public List<Month> months() {
        List<Month> months = new ArrayList<>();
        long leftCents = reserve.availableCents();
        for (int at = 0; at < sums.size(); at++) {
            Month month = month(first.plusMonths(at), sums.get(at), leftCents);
            leftCents = month.reserveCents();
            months.add(month);
        }
        return months;
    }

    /** The first month at whose end less is left than the floor. */
    public Optional<Month> belowFloor() {
        return months().stream()
                .filter(month -> month.reserveCents() < reserve.floorCents())
                .findFirst();
    }

    private Month month(YearMonth month, Sums of, long beforeCents) {
        long spentCents = Rounding.percentHalfEven(of.grantedCents(), reserve.spentPercent());
        long incomeCents = reserve.monthlyIncomeCents()
                + Rounding.percentHalfEven(spentCents, sharePercent(Funding.Pays.ALLOCATION));
        long costsCents = reserve.monthlyCostCents() + bonusCents(spentCents, of.earnableCents());
        return new Month(
                month,
                of.contributionsCents(),
                incomeCents,
                of.grantedCents(),
                spentCents,
                costsCents,
                beforeCents + of.contributionsCents() + incomeCents - spentCents - costsCents);
    }

    /** The most that what is spent can earn, less what a funder takes over: a fund must be able to keep its word. */
    private long bonusCents(long spentCents, long earnableCents) {
        if (scheme.bonus().isEmpty()) {
            return 0;
        }
        Bonus bonus = scheme.bonus().get();
        long earnedCents = Math.min(earnableCents, Rounding.percentHalfEven(spentCents, bonus.percent()));
        return earnedCents - Rounding.percentHalfEven(earnedCents, sharePercent(Funding.Pays.BONUS));
    }

    private int sharePercent(Funding.Pays pays) {
        return scheme.funding().funders().stream()
                .filter(funder -> funder.pays() == pays)
                .mapToInt(Funding.Funder::percent)
                .sum();
    }
}
