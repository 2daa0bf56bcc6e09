package etal.fleet.tryout;

import etal.protocol.ledger.FundedLine;
import etal.protocol.money.Apportion;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.ToLongFunction;

/**
 * A trial as comma-separated values: amounts with a point and the unit's decimals, no thousands separators, percentages
 * with one decimal. Immutable.
 */
public final class Figures {
    /** Header of {@link #month()}. */
    public static final String MONTH = "figure,value,unit";

    /** Header of {@link #receipts()}. */
    public static final String RECEIPTS = "receipt,day,household,point_of_sale,total,conventioned,covered,"
            + "paid_by_allocation,paid_by_bonus,bonus_earned,paid_otherwise,fund_to_price,producer";

    /** Header of {@link #households()}. */
    public static final String HOUSEHOLDS = "household,persons,contribution,allocation,receipts,total,covered,"
            + "paid_by_allocation,paid_by_bonus,bonus_earned,paid_otherwise,left_allocation,left_bonus,expires";

    private static final BigDecimal HUNDRED = BigDecimal.valueOf(100);

    private final Trial trial;
    private final Scheme scheme;

    /** Figures of that trial. */
    public Figures(Trial trial) {
        this.trial = trial;
        scheme = trial.scheme();
    }

    /** The month's figures, one a line. */
    public List<String> month() {
        List<String> lines = new ArrayList<>();
        lines.add("sales," + trial.sales().size() + ",count");
        lines.add("households," + trial.households().size() + ",count");
        lines.add(money("total", sum(sale -> sale.asked().totalCents())));
        lines.add(money("fair_price", sum(sale -> sale.asked().fairCents())));
        lines.add(money("conventioned", sum(sale -> sale.asked().conventionedCents())));
        lines.add(money("covered", sum(sale -> sale.plan().coveredCents())));
        lines.add(money("paid_by_card", sum(sale -> sale.plan().cardCents())));
        lines.add(money("paid_by_allocation", sum(Trial.Sale::allocationCents)));
        lines.add(money("paid_by_bonus", sum(Trial.Sale::bonusCents)));
        lines.add(money("bonus_earned", sum(sale -> sale.plan().bonusEarnedCents())));
        lines.add(money("paid_otherwise", sum(sale -> sale.plan().cashCents())));
        lines.add(money("fund_to_price", sum(Trial.Sale::tariffCents)));
        lines.add(money("fund_pays", sum(sale -> sale.plan().cardCents() + sale.tariffCents())));
        lines.add(money("producers_get", sum(Trial.Sale::producerCents)));
        ofHouseholds(lines);
        labelShares()
                .forEach((label, cents) -> lines.add(percent(
                        "share_of_label_" + label,
                        cents,
                        sum(sale -> sale.plan().cardCents()))));
        return lines;
    }

    private void ofHouseholds(List<String> lines) {
        List<Trial.OfHousehold> households = trial.households();
        long contributionsCents = households.stream()
                .mapToLong(one -> one.buyer().contributionCents())
                .sum();
        long paying = households.stream()
                .filter(one -> one.buyer().contributionCents() > one.grantedCents())
                .count();
        lines.add(money("contributions", contributionsCents));
        lines.add(money(
                "allocations_granted",
                households.stream().mapToLong(Trial.OfHousehold::grantedCents).sum()));
        lines.add(money(
                "expires",
                households.stream().mapToLong(Trial.OfHousehold::expiresCents).sum()));
        if (!households.isEmpty()) {
            BigDecimal mean = BigDecimal.valueOf(
                            contributionsCents, scheme.unit().decimals())
                    .divide(BigDecimal.valueOf(households.size()), scheme.unit().decimals(), RoundingMode.HALF_EVEN);
            lines.add("mean_contribution," + mean.toPlainString() + ","
                    + scheme.unit().code());
        }
        lines.add(percent("households_paying_more_than_they_receive", paying, households.size()));
    }

    /** One line a receipt. */
    public List<String> receipts() {
        return trial.sales().stream()
                .map(sale -> String.join(
                        ",",
                        String.valueOf(sale.purchase().line()),
                        String.valueOf(sale.purchase().day()),
                        sale.purchase().household(),
                        String.valueOf(sale.purchase().pointOfSale()),
                        amount(sale.asked().totalCents()),
                        amount(sale.asked().conventionedCents()),
                        amount(sale.plan().coveredCents()),
                        amount(sale.allocationCents()),
                        amount(sale.bonusCents()),
                        amount(sale.plan().bonusEarnedCents()),
                        amount(sale.plan().cashCents()),
                        amount(sale.tariffCents()),
                        amount(sale.producerCents())))
                .toList();
    }

    /** One line a household. */
    public List<String> households() {
        return trial.households().stream().map(this::household).toList();
    }

    private String household(Trial.OfHousehold one) {
        List<Trial.Sale> sales = trial.sales().stream()
                .filter(sale -> sale.purchase().household().equals(one.buyer().number()))
                .toList();
        return String.join(
                ",",
                one.buyer().number(),
                String.valueOf(one.buyer().household().persons()),
                amount(one.buyer().contributionCents()),
                amount(one.grantedCents()),
                String.valueOf(sales.size()),
                amount(sum(sales, sale -> sale.asked().totalCents())),
                amount(sum(sales, sale -> sale.plan().coveredCents())),
                amount(sum(sales, Trial.Sale::allocationCents)),
                amount(sum(sales, Trial.Sale::bonusCents)),
                amount(sum(sales, sale -> sale.plan().bonusEarnedCents())),
                amount(sum(sales, sale -> sale.plan().cashCents())),
                amount(one.left().allocation()),
                amount(one.left().bonus()),
                amount(one.expiresCents()));
    }

    /** What cards paid for goods that bear a label: a receipt's part is shared over its lines by what is covered of them. */
    private SortedMap<String, Long> labelShares() {
        SortedMap<String, Long> shares = new TreeMap<>();
        for (Trial.Sale sale : trial.sales()) {
            List<FundedLine> lines = sale.asked().fundedLines();
            PointOfSale place = new PointOfSale(sale.purchase().pointOfSale(), "");
            List<Long> covered = lines.stream()
                    .map(line -> Split.coveredCents(line, scheme, place))
                    .toList();
            List<Long> paid = sale.plan().cardCents() == 0
                    ? lines.stream().map(line -> 0L).toList()
                    : Apportion.byLargestRemainder(sale.plan().cardCents(), covered);
            for (int at = 0; at < lines.size(); at++) {
                long cents = paid.get(at);
                lines.get(at).labels().forEach(label -> shares.merge(label, cents, Long::sum));
            }
        }
        return shares;
    }

    private long sum(ToLongFunction<Trial.Sale> of) {
        return sum(trial.sales(), of);
    }

    private static long sum(List<Trial.Sale> sales, ToLongFunction<Trial.Sale> of) {
        return sales.stream().mapToLong(of).sum();
    }

    private String money(String figure, long cents) {
        return figure + "," + amount(cents) + "," + scheme.unit().code();
    }

    private String amount(long cents) {
        return BigDecimal.valueOf(cents, scheme.unit().decimals()).toPlainString();
    }

    private static String percent(String figure, long part, long whole) {
        BigDecimal share = whole == 0
                ? BigDecimal.ZERO.setScale(1)
                : BigDecimal.valueOf(part)
                        .multiply(HUNDRED)
                        .divide(BigDecimal.valueOf(whole), 1, RoundingMode.HALF_EVEN);
        return figure + "," + share.toPlainString() + ",percent";
    }
}
