package etal.hub.reconcile;

import etal.hub.books.Booking;
import etal.hub.books.Chart;
import etal.hub.books.Chart.Account;
import etal.hub.books.Chart.Leg;
import etal.hub.books.Sql;
import etal.hub.members.Decision;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.hub.prices.PooledPrices;
import etal.hub.reconcile.Sources.Key;
import etal.hub.reconcile.Sources.PriceSeen;
import etal.hub.reconcile.Sources.SaleSeen;
import etal.hub.reconcile.cards.Brought;
import etal.hub.reconcile.cards.ExpectedOrders;
import etal.hub.reconcile.cards.Purses;
import etal.hub.reconcile.cards.Terms;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.LongUnaryOperator;

/** The postings that should stand in the books, computed from the stored bytes and the members alone. */
final class Expected {
    /** One posting. */
    record Line(String account, String third, long debitCents, long creditCents) implements Comparable<Line> {
        private static final Comparator<Line> ORDER = Comparator.comparing(Line::account)
                .thenComparing(Line::third)
                .thenComparingLong(Line::debitCents)
                .thenComparingLong(Line::creditCents);

        @Override
        public int compareTo(Line other) {
            return ORDER.compare(this, other);
        }
    }

    private final Fund fund;
    private final Chart chart;
    private final Sources sources;
    private final TreeMap<String, Member> members;
    private final TreeSet<String> present;
    private final TreeMap<String, Decision> decisions;
    private final TreeMap<String, List<Line>> events = new TreeMap<>();

    private Expected(
            Fund fund, Chart chart, Sources sources, TreeSet<String> present, TreeMap<String, Decision> decisions) {
        this.fund = fund;
        this.chart = chart;
        this.sources = sources;
        members = sources.byCard();
        this.present = present;
        this.decisions = decisions;
    }

    /** The lines of each event by its reference; what is twice where once is allowed is added to {@code faults}. */
    static TreeMap<String, List<Line>> of(
            Connection connection,
            Fund fund,
            HubKeys keys,
            Chart chart,
            Sources sources,
            LongUnaryOperator bankCents,
            List<String> faults)
            throws SQLException {
        TreeSet<String> present = new TreeSet<>(
                Sql.list(connection, "SELECT reference FROM event ORDER BY reference", row -> row.getString(1)));
        Expected expected = new Expected(fund, chart, sources, present, Decision.all(connection, keys, faults));
        expected.opening();
        expected.records(expected.backed(faults));
        expected.orders(faults);
        expected.prices();
        expected.payouts(connection, bankCents);
        return expected.events;
    }

    private void opening() {
        put("funders-paid", "opening", Map.of("paid", fund.fundersCents()), Map.of());
        TreeSet<String> loaded = loadedMonths();
        for (Member member : sources.members()) {
            String card = Hash.hex(member.card());
            Terms terms = sources.cards().terms(member);
            boolean blocked = sources.cards().last(card).isPresent();
            for (int period = 0; period <= fund.period(); period++) {
                // Earlier months count for those who were members then: their events or their cards say so.
                String key = card + "/" + period;
                // A month that brings nothing leaves no event of its own, and the contribution of it stands all the
                // same.
                boolean opened = present.contains("month-opened/" + key)
                        || present.contains("contribution-paid/" + key)
                        || loaded.contains(key);
                if (opened || !blocked && opens(member, terms, period)) {
                    month(member, terms, card, period);
                }
            }
        }
    }

    /** Whether the hub opens that month when it starts: its own, unless another card stands for it yet, and what can be caught up. */
    private boolean opens(Member member, Terms terms, int period) {
        Entitlement entitlement = terms.opening(period);
        boolean holds = period >= entitlement.firstPeriod() && period <= entitlement.lastPeriod();
        boolean loadable =
                holds && fund.period() - period <= terms.opening(fund.period()).catchUpMonths();
        boolean waits = member.replaces().isPresent() && period < terms.firstPeriod();
        return loadable || period == fund.period() && !waits;
    }

    private TreeSet<String> loadedMonths() {
        TreeSet<String> loaded = new TreeSet<>();
        sources.records().forEach((key, record) -> {
            Member member = members.get(key.card());
            if (record.tag() == CardRecord.Tag.LOAD && member != null) {
                Optional<Entitlement> by = sources.cards().terms(member).by(record);
                long months = by.isEmpty() ? 0 : Brought.of(by.get(), record).months();
                for (long back = 0; back < months && back <= Entitlement.CATCH_UP_MAX; back++) {
                    loaded.add(key.card() + "/" + (record.period() - back));
                }
            }
        });
        return loaded;
    }

    private void month(Member member, Terms terms, String card, int period) {
        long due = terms.rightsCents(period);
        long surplus = Math.max(0, member.contributionCents() - due);
        Map<String, String> thirds = Map.of("card", card, "household", member.household());
        String key = card + "/" + period;
        put(
                "contribution-called",
                key,
                Map.of("allocation", member.contributionCents() - surplus, "surplus", surplus),
                thirds);
        put("contribution-paid", key, Map.of("paid", member.contributionCents()), thirds);
        put("month-opened", key, Map.of("entitlement", due), thirds);
    }

    private TreeMap<Key, PointOfSale> backed(List<String> faults) {
        TreeMap<Key, PointOfSale> backed = new TreeMap<>();
        for (SaleSeen sale : sources.sales()) {
            if (sale.withheld() || sale.key().isEmpty() || sale.point().isEmpty()) {
                continue;
            }
            PointOfSale other = backed.put(sale.key().get(), sale.point().get());
            if (other != null) {
                faults.add(sale.key().get() + " backs two sales");
            }
        }
        return backed;
    }

    private void records(TreeMap<Key, PointOfSale> backed) {
        sources.records().forEach((key, record) -> {
            switch (record.tag()) {
                case FIRST, ADDED, SET -> {}
                case CANCEL -> cancelled(key, record);
                case LOAD ->
                    Optional.ofNullable(members.get(key.card())).ifPresent(member -> load(key, record, member));
                case BLOCKED ->
                    Optional.ofNullable(members.get(key.card()))
                            .ifPresent(member -> lapsed(key, member, record.period() + 1, fund.period() + 1));
                case DEBIT -> debit(key, record, Optional.ofNullable(backed.get(key)));
            }
        });
    }

    /** What a load brought and took, and the months that the card has left behind for good. */
    private void load(Key key, CardRecord record, Member member) {
        Terms terms = sources.cards().terms(member);
        Optional<Entitlement> by = terms.by(record);
        if (by.isEmpty()) {
            // More than one entitlement may have given it: the record that tells has not come, and is named for that.
            return;
        }
        Brought brought = Brought.of(by.get(), record);
        put(
                "card-loaded",
                reference(key),
                Map.of("allocation", brought.loadedCents(), "expired", brought.expiredCents()),
                Map.of("card", key.card()));
        int oldestLoaded = record.period() - (int) brought.months() + 1;
        for (int period = oldestLoaded; period <= record.period(); period++) {
            long lessCents = terms.rightsCents(period) - by.get().amountCents();
            Map<String, Long> amounts = Map.of("less", Math.max(0, lessCents), "more", Math.max(0, -lessCents));
            put("month-adjusted", key.card() + "/" + period, amounts, Map.of("card", key.card()));
        }
        sources.before(key).ifPresent(before -> lapsed(key, member, before.period() + 1, oldestLoaded));
    }

    private void lapsed(Key key, Member member, int first, int before) {
        Terms terms = sources.cards().terms(member);
        for (int period = first; period < before; period++) {
            String month = key.card() + "/" + period;
            if (events.containsKey("month-opened/" + month)) {
                Map<String, Long> amounts = Map.of("entitlement", terms.rightsCents(period));
                put("month-lapsed", month, amounts, Map.of("card", key.card()));
            }
        }
    }

    private void debit(Key key, CardRecord record, Optional<PointOfSale> backed) {
        boolean refunded = sources.refunds().contains(key);
        boolean decided = decisions.containsKey(reference(key));
        if (!refunded && !decided && !present.contains("orphan/" + reference(key))) {
            backed.ifPresent(point -> put("sale", reference(key), amounts(record), thirds(key, point)));
            return;
        }
        put("orphan", reference(key), amounts(record), Map.of("card", key.card()));
        Map<String, Long> paid = Map.of("paid", Purses.paidCents(record));
        if (refunded || returned(key, record)) {
            put("orphan-returned", reference(key), paid, Map.of("card", key.card()));
            if (present.contains("orphan-withdrawn/" + reference(key))) {
                payable(key, record).ifPresent(point -> {
                    put("orphan-payable", reference(key), paid, thirds(key, point));
                    put("orphan-withdrawn", reference(key), paid, thirds(key, point));
                });
            }
            return;
        }
        backed.or(() -> payable(key, record))
                .ifPresent(point -> put("orphan-payable", reference(key), paid, thirds(key, point)));
    }

    private void cancelled(Key key, CardRecord record) {
        Map<String, Long> amounts = Map.of(
                "allocation", record.after().allocation() - record.before().allocation(),
                "earned", -Purses.earnedCents(record),
                "bonus",
                        -Purses.paidCents(record)
                                - (record.after().allocation() - record.before().allocation()));
        Optional<PointOfSale> backed = sources.cancelled()
                .of(key.card(), key.counter())
                .flatMap(seen -> sources.sold(seen.saleHash()))
                .flatMap(sold -> point(sold.pointOfSale()));
        Decision decision = decisions.get(reference(key));
        if (decision == null && !present.contains("orphan-cancelled/" + reference(key))) {
            backed.ifPresent(point -> put("cancelled", reference(key), amounts, thirds(key, point)));
            return;
        }
        put("orphan-cancelled", reference(key), amounts, Map.of("card", key.card()));
        Map<String, Long> back = Map.of("back", -Purses.paidCents(record));
        if (decision != null && decision.payable()) {
            put("orphan-cancel-borne", reference(key), back, Map.of("card", key.card()));
            return;
        }
        boolean charged = decision != null
                || present.contains("orphan-cancel-charged/" + reference(key))
                        && sources.stallWord().asked(key.card(), record);
        backed.or(() -> charged ? seller(key, record) : Optional.empty())
                .ifPresent(point -> put("orphan-cancel-charged", reference(key), back, thirds(key, point)));
    }

    /** Who made the sale that a card took back, as the sale says, or else as the terminal does. */
    private Optional<PointOfSale> seller(Key key, CardRecord record) {
        return sources.sales().stream()
                .filter(sale -> !sale.withheld()
                        && sale.ledger().equals(new LedgerId(record.terminal(), record.epoch()))
                        && sale.sale() == record.sale()
                        && sale.key().map(Key::card).equals(Optional.of(key.card())))
                .flatMap(sale -> sale.point().stream())
                .findFirst()
                .or(() -> fund.pointsOfSale().stream()
                        .filter(point -> point.terminal() == record.terminal())
                        .findFirst());
    }

    private Optional<PointOfSale> point(long id) {
        return fund.pointsOfSale().stream().filter(point -> point.id() == id).findFirst();
    }

    /** What moves a record without a sale is a person's signed word, or the stall's own, never a posting alone. */
    private boolean returned(Key key, CardRecord record) {
        Decision decision = decisions.get(reference(key));
        return decision != null && !decision.payable()
                || present.contains("orphan-returned/" + reference(key))
                        && sources.stallWord().returned(key.card(), record);
    }

    private Optional<PointOfSale> payable(Key key, CardRecord record) {
        boolean payable = decisions.containsKey(reference(key))
                || present.contains("orphan-payable/" + reference(key))
                        && sources.stallWord().kept(key.card(), record);
        return fund.pointsOfSale().stream()
                .filter(point -> payable && point.terminal() == record.terminal())
                .findFirst();
    }

    private void orders(List<String> faults) {
        TreeMap<String, String> replacements = new TreeMap<>();
        for (Member member : sources.members()) {
            member.replaces().ifPresent(old -> replacements.put(Hash.hex(old), Hash.hex(member.card())));
        }
        String returned = "orphan-returned/";
        TreeSet<String> records = new TreeSet<>();
        events.keySet().stream()
                .filter(reference -> reference.startsWith(returned))
                .forEach(reference -> records.add(reference.substring(returned.length())));
        ExpectedOrders.of(sources.cards(), replacements, records, this::put, faults);
    }

    private static Map<String, Long> amounts(CardRecord record) {
        long earned = Purses.earnedCents(record);
        long allocation = record.before().allocation() - record.after().allocation();
        return Map.of("allocation", allocation, "earned", earned, "bonus", Purses.paidCents(record) - allocation);
    }

    /** A price that the hub has not taken is named as an event that is not posted. */
    private void prices() {
        for (PriceSeen seen : sources.prices()) {
            SaleSeen sale = seen.sale();
            put(
                    PooledPrices.event(seen.claim()),
                    sale.ledger() + "/" + sale.number(),
                    PooledPrices.amounts(seen.claim()),
                    Map.of("point-of-sale", sale.point().map(PointOfSale::third).orElse("?")));
            if (sources.cancelled().undone(sale.hash())) {
                put(
                        PooledPrices.event(seen.claim()) + PooledPrices.UNDONE,
                        sale.ledger() + "/" + sale.number(),
                        PooledPrices.amounts(seen.claim()),
                        Map.of(
                                "point-of-sale",
                                sale.point().map(PointOfSale::third).orElse("?")));
            }
        }
    }

    private void payouts(Connection connection, LongUnaryOperator bankCents) throws SQLException {
        Set<String> said = new LinkedHashSet<>(Sql.list(
                connection,
                "SELECT end_to_end_id, amount_cents, rejected FROM bank_line ORDER BY end_to_end_id, amount_cents, rejected",
                row -> bankLine(row.getString(1), row.getLong(2), row.getInt(3) != 0)));
        Sql.list(
                connection,
                "SELECT run, point_of_sale, amount_cents, end_to_end_id FROM payout ORDER BY run, point_of_sale",
                row -> {
                    Map<String, Long> paid = Map.of("paid", row.getLong(3));
                    Map<String, String> point = Map.of("point-of-sale", row.getString(2));
                    put("payout-ordered", row.getString(1) + "/" + row.getString(2), paid, point);
                    long cents = bankCents.applyAsLong(row.getLong(3));
                    boolean rejected = said.contains(bankLine(row.getString(4), cents, true));
                    // A rejected payout was debited before it came back.
                    if (rejected || said.contains(bankLine(row.getString(4), cents, false))) {
                        put("payout-debited", row.getString(4), paid, point);
                    }
                    if (rejected) {
                        put("payout-rejected", row.getString(4), paid, point);
                    }
                    return rejected;
                });
    }

    private static String bankLine(String endToEndId, long cents, boolean rejected) {
        return endToEndId + " " + cents + " " + rejected;
    }

    private void put(String event, String key, Map<String, Long> amounts, Map<String, String> thirds) {
        Booking booking = new Booking(event, event + "/" + key, "", amounts, thirds, null);
        List<Line> lines = new ArrayList<>();
        for (Leg leg : chart.legs(event)) {
            long cents = booking.amountCents(leg.amount());
            if (cents != 0) {
                lines.add(line(chart.account(leg.debit()), booking, cents, 0));
                lines.add(line(chart.account(leg.credit()), booking, 0, cents));
            }
        }
        if (!lines.isEmpty()) {
            events.put(booking.reference(), lines.stream().sorted().toList());
        }
    }

    private static Line line(Account account, Booking booking, long debitCents, long creditCents) {
        String third = account.third().isEmpty() ? "" : booking.thirds().getOrDefault(account.third(), "?");
        return new Line(account.number(), third, debitCents, creditCents);
    }

    private static Map<String, String> thirds(Key key, PointOfSale point) {
        return Map.of("card", key.card(), "point-of-sale", point.third());
    }

    private static String reference(Key key) {
        return key.card() + "/" + key.counter();
    }
}
