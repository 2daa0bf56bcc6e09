package etal.hub.schemes;

import etal.hub.books.Booking;
import etal.hub.books.CardBookings;
import etal.hub.books.Chart;
import etal.hub.books.FundBookings;
import etal.hub.books.Journal;
import etal.hub.books.Schema;
import etal.hub.world.TestStore;
import etal.port.Database;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.MonthLoad;
import etal.protocol.card.Period;
import etal.protocol.grant.HoldingSchemes;
import etal.protocol.grant.MonthOpening;
import etal.protocol.money.Rounding;
import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.roster.Person;
import etal.protocol.roster.Promise;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.CardState;
import etal.protocol.split.Plan;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import java.math.BigDecimal;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/** A fund in use, by its shipped rules: months open, a card loads and pays, and the books follow. One card, one journal. */
final class FundInUse {
    private static final byte[] CARD = {1, 2, 3, 4, 5, 6, 7, 8};
    private static final String DAY = "2025-04-02";

    private final Scheme scheme;
    private final Database database = TestStore.fresh();
    private final Journal journal = new Journal(Chart.shipped());
    private Balances purses = Balances.NONE;
    private long chosen;
    private int cardPeriod;
    private long counter;

    FundInUse(String id) throws Exception {
        scheme = ShippedSchemes.scheme(id);
        Schema.migrate(database);
    }

    Scheme scheme() {
        return scheme;
    }

    /** What the card holds. */
    Balances purses() {
        return purses;
    }

    /** A household of grown-ups and of children of those ages, since that month, with one card. */
    static Enrolled household(String id, YearMonth since, long promiseCents, int adults, int... childrenYears) {
        List<Person> persons = new ArrayList<>();
        for (int adult = 0; adult < adults; adult++) {
            persons.add(Person.bornIn(YearMonth.of(1985, 6)));
        }
        for (int years : childrenYears) {
            persons.add(Person.bornIn(since.minusMonths(12L * years + 6)));
        }
        return new Enrolled(
                id,
                persons,
                List.of(),
                false,
                Promise.amount(promiseCents, since),
                since,
                Optional.empty(),
                Optional.empty(),
                List.of(MemberCard.of("card of " + id, since)));
    }

    /** The month opens for one household, which pays what it is asked; its card loads. */
    MonthOpening.OfHousehold opens(YearMonth month, Enrolled household) throws Exception {
        MonthOpening.OfHousehold opened = opens(month, List.of(household), MonthOpening.Given.NOTHING)
                .households()
                .getFirst();
        load(month, opened);
        return opened;
    }

    /** The month opens for a roster, which pays what it is asked; no card loads. */
    MonthOpening opens(YearMonth month, List<Enrolled> roster, MonthOpening.Given given) throws Exception {
        MonthOpening opening = MonthOpening.of(HoldingSchemes.of(scheme), roster, month, given);
        for (MonthOpening.OfHousehold opened : opening.households()) {
            for (Booking booking : FundBookings.opening(opened, month, DAY)) {
                post(booking);
            }
            String line = opened.household() + "-" + month;
            post(FundBookings.contributionPaid(
                    opened.household(), opened.called().moneyCents(), line, DAY));
        }
        return opening;
    }

    /** The first tap of a month. */
    void load(YearMonth month, MonthOpening.OfHousehold opened) throws Exception {
        int period = Period.of(month.atDay(1));
        for (MonthOpening.OfCard card : opened.cards()) {
            MonthLoad load =
                    MonthLoad.of(card.entitlement(), purses, cardPeriod, period).orElseThrow();
            purses = purses.plus(load.deltas());
            cardPeriod = period;
            chosen = card.entitlement().pointOfSale();
            post(new Booking(
                    "card-loaded",
                    "card-loaded/" + card.card() + "/" + ++counter,
                    DAY,
                    Map.of("allocation", load.loadedCents(), "expired", load.expiredCents()),
                    Map.of("card", card.card()),
                    null));
        }
    }

    /** The card pays at a stall: who pays what, and the producer's claim in the books. */
    Plan buys(long pointOfSale, BasketLine... lines) throws Exception {
        Plan plan = Split.split(
                new Basket(List.of(lines)),
                scheme,
                new PointOfSale(pointOfSale, "123456782"),
                new CardState(purses, chosen));
        Deltas deltas = plan.deltas();
        purses = purses.plus(deltas);
        if (plan.cardCents() > 0) {
            CardRecord record = new CardRecord(
                    CardRecord.Tag.DEBIT,
                    ++counter,
                    3,
                    1,
                    counter,
                    deltas,
                    purses,
                    cardPeriod,
                    1_743_602_400L,
                    new byte[32]);
            post(CardBookings.sale(CARD, record, "stall " + pointOfSale, DAY, new Booking.Source(3, 1, counter)));
        }
        return plan;
    }

    /** What each funder of that kind owes for so much, and its claim in the books. */
    List<Long> claims(YearMonth month, Funding.Pays pays, long cents) throws Exception {
        List<Long> claims = new ArrayList<>();
        for (Funding.Funder funder : scheme.funding().funders()) {
            if (funder.pays() == pays) {
                long owedCents = Rounding.percentHalfEven(cents, funder.percent());
                claims.add(owedCents);
                post(FundBookings.claimMade(funder.id(), month, owedCents, DAY));
            }
        }
        return claims;
    }

    void post(Booking booking) throws Exception {
        database.inTransaction(connection -> journal.post(connection, booking, 1));
    }

    /** Each account that is not at zero, as {@code 4673 C24.00}; over all third parties, by account. */
    String books() throws Exception {
        Map<String, Long> accounts = new TreeMap<>();
        database.inTransaction(connection -> journal.balances(connection))
                .forEach(balance -> accounts.merge(balance.account(), balance.creditCents(), Long::sum));
        long sum = accounts.values().stream().mapToLong(Long::longValue).sum();
        if (sum != 0) {
            throw new AssertionError("the books do not balance: " + accounts);
        }
        return accounts.entrySet().stream()
                .filter(account -> account.getValue() != 0)
                .map(account -> account.getKey()
                        + (account.getValue() > 0 ? " C" : " D")
                        + BigDecimal.valueOf(Math.abs(account.getValue()), 2).toPlainString())
                .collect(Collectors.joining(", "));
    }

    /** A line that the product list covers wholly. */
    static BasketLine covered(String family, long cents, String... labels) {
        return new BasketLine("p-" + family, family, family, 1, cents, 55, 100, List.of(labels));
    }

    /** A line that the product list does not cover. */
    static BasketLine uncovered(String family, long cents) {
        return new BasketLine("p-" + family, family, family, 1, cents, 200, 0, List.of());
    }
}
