package etal.hub.books;

import etal.protocol.grant.Called;
import etal.protocol.grant.MonthOpening;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/** The bookings of a month's opening and of who pays for it (rows 1, 2, 6b and 14, and fees for sitting). Pure. */
public final class FundBookings {
    private FundBookings() {}

    /** A household is asked for its month: own part and surplus (row 1a). */
    public static Booking contributionCalled(String household, YearMonth month, Called called, String day) {
        return new Booking(
                "contribution-called",
                "contribution-called/" + household + "/" + month,
                day,
                Map.of("allocation", called.ownCents(), "surplus", called.surplusCents()),
                Map.of("household", household),
                null);
    }

    /** It has paid (row 1b). @param bankLine the statement's line, unique for ever */
    public static Booking contributionPaid(String household, long paidCents, String bankLine, String day) {
        return new Booking(
                "contribution-paid",
                "contribution-paid/" + bankLine,
                day,
                Map.of("paid", paidCents),
                Map.of("household", household),
                null);
    }

    /** A card's part of a month is granted; it stays a right until the card loads it (row 2). */
    public static Booking monthOpened(String card, YearMonth month, int entitlementVersion, long cents, String day) {
        return new Booking(
                "month-opened",
                "month-opened/" + card + "/" + month + "/" + entitlementVersion,
                day,
                Map.of("entitlement", cents),
                Map.of("card", card),
                null);
    }

    /** A funder owes its share of a month's allocations or bonuses (row 6b). */
    public static Booking claimMade(String funder, YearMonth month, long owedCents, String day) {
        return new Booking(
                "claim-made", "claim-made/" + funder + "/" + month, day, Map.of("owed", owedCents), Map.of(), null);
    }

    /** The funder has paid (row 6b). @param bankLine the statement's line, unique for ever */
    public static Booking claimPaid(String bankLine, long paidCents, String day) {
        return new Booking("claim-paid", "claim-paid/" + bankLine, day, Map.of("paid", paidCents), Map.of(), null);
    }

    /** Hours given to the fund, off balance (row 14). @param sheet the hours sheet, unique for ever */
    public static Booking hoursGiven(String sheet, long valueCents, String day) {
        return new Booking("hours-given", "hours-given/" + sheet, day, Map.of("value", valueCents), Map.of(), null);
    }

    /**
     * Fees for sitting, where they were voted onto the card: a right like an allocation, but on an account of its own,
     * because it may count as wages.
     *
     * @param minutesOfMeeting the signed minutes, unique for ever
     */
    public static Booking attendanceCredited(String card, String minutesOfMeeting, long feesCents, String day) {
        return new Booking(
                "attendance-credited",
                "attendance-credited/" + minutesOfMeeting + "/" + card,
                day,
                Map.of("fees", feesCents),
                Map.of("card", card),
                null);
    }

    /** All that a household's opening leads to: what it is asked to pay, and what each of its cards is granted. */
    public static List<Booking> opening(MonthOpening.OfHousehold opened, YearMonth month, String day) {
        List<Booking> bookings = new ArrayList<>();
        bookings.add(contributionCalled(opened.household(), month, opened.called(), day));
        opened.cards()
                .forEach(card -> bookings.add(monthOpened(
                        card.card(),
                        month,
                        card.entitlement().version(),
                        card.entitlement().amountCents(),
                        day)));
        return bookings;
    }
}
