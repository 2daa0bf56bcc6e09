package etal.hub.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.books.Booking.Source;
import etal.hub.world.TestStore;
import etal.port.Database;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.grant.Called;
import java.time.YearMonth;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.Arguments;
import org.junit.jupiter.params.provider.MethodSource;

/** Each row of the table of postings with its example: debit, credit, amount and the reference it is posted under. */
class PostingTableTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);
    private static final String DAY = "2025-04-02";
    private static final Source ENTRY = new Source(3, 1, 17);

    private final Database database = TestStore.fresh();
    private final Journal journal = new Journal(Chart.shipped());

    PostingTableTest() throws Exception {
        Schema.migrate(database);
    }

    static Stream<Arguments> calls_and_months() {
        return Stream.of(
                // 1a: 150 called of a household whose own allocation is 100: 50 is surplus.
                row(
                        "1a",
                        "411 h7 D15000, 7541 C5000, 7562 C10000",
                        "contribution-called/h7/2025-04",
                        FundBookings.contributionCalled("h7", APRIL, new Called(15_000, 0, 10_000, 5_000), DAY)),
                row(
                        "1b",
                        "411 h7 C15000, 512 D15000",
                        "contribution-paid/camt-53-18",
                        FundBookings.contributionPaid("h7", 15_000, "camt-53-18", DAY)),
                // 2: a household of 3: 100 + 50 + 50.
                row(
                        "2",
                        "4671 c1 C20000, 6571 D20000",
                        "month-opened/c1/2025-04/2",
                        FundBookings.monthOpened("c1", APRIL, 2, 20_000, DAY)),
                // 6b: the funder owes the bonus of 10.
                row(
                        "6b",
                        "441 D1000, 74 C1000",
                        "claim-made/departement/2025-04",
                        FundBookings.claimMade("departement", APRIL, 1_000, DAY)),
                row(
                        "6b",
                        "441 C1000, 512 D1000",
                        "claim-paid/camt-53-19",
                        FundBookings.claimPaid("camt-53-19", 1_000, DAY)));
    }

    static Stream<Arguments> cancellations_and_refunds() {
        return Stream.of(
                row(
                        "8a",
                        "4672A 00000000000000c1 C450, 4673 p3 D450",
                        "cancelled/00000000000000c1/8",
                        cancelled(new Deltas(450, 0, 0))),
                row(
                        "8b",
                        "4671 c1 C450, 4673 p3 D450",
                        "refund-issued/v12",
                        RightsBookings.refundIssued("v12", "c1", "p3", 450, DAY)),
                row(
                        "8c",
                        "4671 c1 D450, 4672A c1 C450",
                        "refund-loaded/c1/9",
                        OrderBookings.taken("c1", 9, voucher(CardOrder.Reason.REFUND, 450, 0, 0), DAY, null)),
                // Paid 6 of the allocation and 2 of the bonus, earned 3 of it: 6 and nothing come back, 2 of 3 are
                // unearned.
                row(
                        "6a",
                        "4671 c1 D800, 4672A c1 C500, 6572B C300",
                        "refund-loaded/c1/9",
                        OrderBookings.taken("c1", 9, voucher(CardOrder.Reason.REFUND, 500, 0, 300), DAY, null)));
    }

    static Stream<Arguments> corrections_and_transfers() {
        return Stream.of(
                row(
                        "2",
                        "4671 c1 C700, 6571 D500, 6572B D200",
                        "correction-issued/c1/4",
                        OrderBookings.correctionIssued("c1", voucher(CardOrder.Reason.CORRECTION, 500, 200, 0), DAY)),
                row(
                        "8c",
                        "4671 c1 D700, 4672A c1 C500, 4672B c1 C200",
                        "correction-loaded/c1/9",
                        OrderBookings.taken("c1", 9, voucher(CardOrder.Reason.CORRECTION, 500, 200, 0), DAY, null)),
                row(
                        "2",
                        "4672A c1 D500, 4672B c1 D200, 6571 C500, 6572B C200",
                        "correction-loaded/c1/9",
                        OrderBookings.taken("c1", 9, voucher(CardOrder.Reason.CORRECTION, -500, -200, 0), DAY, null)),
                row(
                        "8b",
                        "4671 c2 C4300, 4672A c1 D4000, 4672B c1 D300",
                        "transfer-issued/c1",
                        OrderBookings.transferIssued("c1", "c2", new Balances(4_000, 300, 100), DAY)),
                row(
                        "8b",
                        "4671 c1 D450, 4671 c2 C450",
                        "rights-moved/c1/4",
                        OrderBookings.rightsMoved("c1", "c2", voucher(CardOrder.Reason.REFUND, 300, 50, 100), DAY)),
                row(
                        "8c",
                        "4671 c2 D4300, 4672A c2 C4000, 4672B c2 C300",
                        "transfer-loaded/c2/1",
                        OrderBookings.taken("c2", 1, voucher(CardOrder.Reason.TRANSFER, 4_000, 300, 100), DAY, null)));
    }

    private static CardOrder.Add voucher(CardOrder.Reason reason, long allocation, long bonus, long earnable) {
        CardOrder.Head head = new CardOrder.Head(1, new byte[8], 0, 0);
        Deltas deltas = new Deltas(allocation, bonus, earnable);
        return new CardOrder.Add(head, 4, 100, reason, deltas, new byte[CardOrder.SIGNATURE_LENGTH]);
    }

    private static Booking cancelled(Deltas back) {
        byte[] card = {0, 0, 0, 0, 0, 0, 0, (byte) 0xc1};
        CardRecord record =
                new CardRecord(CardRecord.Tag.CANCEL, 8, 3, 1, 2, back, Balances.NONE.plus(back), 63, 0, new byte[32]);
        return CardBookings.cancelled(card, record, "p3", DAY, ENTRY);
    }

    static Stream<Arguments> expiries() {
        return Stream.of(
                row(
                        "9a",
                        "4672A c1 D3500, 4676 c1 C3500",
                        "rights-expired/c1/2025-04",
                        RightsBookings.rightsExpired("c1", APRIL, 3_500, DAY)),
                row(
                        "9b",
                        "4672A c1 C1000, 4676 c1 D1000",
                        "late-sale/c1/7",
                        RightsBookings.lateSale("c1", 7, 1_000, DAY, ENTRY)),
                row(
                        "9c",
                        "4676 c1 D2500, 6571 C2500",
                        "expiry-final/c1/2025-04",
                        RightsBookings.expiryFinal("c1", APRIL, 2_500, false, DAY)),
                row(
                        "9c",
                        "4676 c1 D2500, 758 C2500",
                        "expiry-final/c1/2024-12",
                        RightsBookings.expiryFinal("c1", YearMonth.of(2024, 12), 2_500, true, DAY)));
    }

    static Stream<Arguments> partners() {
        return Stream.of(
                row(
                        "11",
                        "4673 p3 D12000, 758 C12000",
                        "margin-shared/s4",
                        PartnerBookings.marginShared("s4", "p3", 12_000, DAY)),
                row(
                        "12a",
                        "4673 p3 C1200, 4675 23 D1200",
                        "sister-card-paid/c9/5",
                        PartnerBookings.sisterCardPaid(23, "c9", 5, "p3", 1_200, DAY, ENTRY)),
                row(
                        "12b",
                        "4672A c1 D1200, 4675 21 C1200",
                        "own-card-abroad/c1/5",
                        PartnerBookings.ownCardAbroad(21, "c1", 5, new Deltas(-1_200, 0, 0), DAY, null)),
                row(
                        "12c",
                        "4675 23 C1200, 512 D1200",
                        "clearing-received/camt-54-2",
                        PartnerBookings.clearingReceived(23, "camt-54-2", 1_200, DAY)),
                row(
                        "12c",
                        "4675 21 D1200, 512 C1200",
                        "clearing-sent/camt-54-3",
                        PartnerBookings.clearingSent(21, "camt-54-3", 1_200, DAY)));
    }

    static Stream<Arguments> people_who_give_time() {
        return Stream.of(
                // 14: 3 hours x 12.
                row(
                        "14",
                        "864 D3600, 875 C3600",
                        "hours-given/sheet-8",
                        FundBookings.hoursGiven("sheet-8", 3_600, DAY)),
                // S17, where it was voted onto the card: a small and a large meeting.
                row(
                        "2",
                        "4671 c1 C10000, 6578 D10000",
                        "attendance-credited/cr-2025-03/c1",
                        FundBookings.attendanceCredited("c1", "cr-2025-03", 10_000, DAY)));
    }

    private static Arguments row(String row, String balances, String reference, Booking booking) {
        return Arguments.of(row, balances, reference, booking);
    }

    @ParameterizedTest(name = "row {0}: {1}")
    @MethodSource({
        "calls_and_months",
        "cancellations_and_refunds",
        "corrections_and_transfers",
        "expiries",
        "partners",
        "people_who_give_time"
    })
    void each_row_is_posted_as_its_example(String row, String balances, String reference, Booking booking)
            throws Exception {
        assertEquals(reference, booking.reference());
        assertTrue(post(booking));
        assertEquals(balances, balances(), row);
        assertTrue(
                journal.chart().legs(booking.event()).stream()
                        .anyMatch(leg -> leg.row().equals(row)),
                row);
        assertFalse(post(booking), "the same reference is posted once");
        assertEquals(balances, balances());
    }

    @Test
    void expiry_late_sale_and_the_closing_of_the_window_leave_what_was_not_spent() throws Exception {
        // 200 granted and loaded, 165 spent, 35 expire; a late sale of 10 takes 10 back; 25 were not granted in the
        // end.
        post(FundBookings.monthOpened("c1", APRIL, 1, 20_000, DAY));
        post(new Booking("card-loaded", "l", DAY, Map.of("allocation", 20_000L), Map.of("card", "c1"), null));
        post(sale("a", 16_500));
        post(RightsBookings.rightsExpired("c1", APRIL, 3_500, DAY));
        post(RightsBookings.lateSale("c1", 7, 1_000, DAY, ENTRY));
        post(sale("b", 1_000));
        post(RightsBookings.expiryFinal("c1", APRIL, 2_500, false, DAY));
        assertEquals("4671 c1 D0, 4672A c1 D0, 4673 p3 C17500, 4676 c1 D0, 6571 D17500", balances());
    }

    @Test
    void a_card_abroad_is_cleared_to_nothing_on_both_sides() throws Exception {
        post(PartnerBookings.sisterCardPaid(23, "c9", 5, "p3", 1_200, DAY, ENTRY));
        post(PartnerBookings.clearingReceived(23, "x", 1_200, DAY));
        assertEquals("4673 p3 C1200, 4675 23 D0, 512 D1200", balances());
    }

    @Test
    void a_bonus_earned_and_spent_abroad_moves_the_bonus_purse() throws Exception {
        // The card earned 3 at once and spent 5 of its bonus: bonus -2, earnable -3.
        post(PartnerBookings.ownCardAbroad(21, "c1", 5, new Deltas(-600, -200, -300), DAY, null));
        assertEquals("4672A c1 D600, 4672B c1 D200, 4675 21 C1100, 6572B D300", balances());
    }

    @Test
    void a_bonus_earned_and_spent_goes_back_both_ways_when_its_sale_is_cancelled() throws Exception {
        // It had earned 3 at once and spent 5 of its bonus.
        post(cancelled(new Deltas(600, 200, 300)));
        assertEquals("4672A 00000000000000c1 C600, 4672B 00000000000000c1 C200, 4673 p3 D1100, 6572B C300", balances());
    }

    @Test
    void a_share_below_nothing_is_a_bug() {
        assertThrows(IllegalStateException.class, () -> post(PartnerBookings.marginShared("s", "p3", -1, DAY)));
    }

    private static Booking sale(String reference, long cents) {
        return new Booking(
                "sale",
                "sale/" + reference,
                DAY,
                Map.of("allocation", cents),
                Map.of("card", "c1", "point-of-sale", "p3"),
                ENTRY);
    }

    private boolean post(Booking booking) throws Exception {
        return database.inTransaction(connection -> journal.post(connection, booking, 1));
    }

    private String balances() throws Exception {
        List<Journal.Balance> balances = database.inTransaction(connection -> journal.balances(connection));
        return balances.stream()
                .map(balance -> balance.account()
                        + (balance.third().isEmpty() ? " " : " " + balance.third() + " ")
                        + (balance.creditCents() > 0 ? "C" : "D")
                        + Math.abs(balance.creditCents()))
                .collect(Collectors.joining(", "));
    }
}
