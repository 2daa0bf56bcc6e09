package etal.hub.trace;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.trace.Check.What;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.split.Split;
import java.util.Arrays;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The way of every cent is verified anew at each look: what was true when it came and is no longer shows. */
class WayTest {
    private static final LedgerId THREE = new LedgerId(3, 1);

    private TestFund fund;
    private TestCard card;
    private long sale;

    @BeforeEach
    void a_sale_is_in_the_books() throws StorageFailed {
        fund = new TestFund();
        card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        sale = fund.three
                .sell(card, vegetables(1_250), new FundedLine("laitier", 2, 333, 55, 100))
                .entry()
                .number();
        fund.three.sellForCash();
        fund.deliver(fund.three.batch());
    }

    @Test
    void every_cent_is_followed_from_the_allocation_to_what_the_producer_is_owed() throws Exception {
        Way way = way(sale);
        assertTrue(way.holds(), way.checks()::toString);
        assertEquals(EnumSet.complementOf(EnumSet.of(What.TAKEN_BACK)), EnumSet.copyOf(whats(way)));
        Way.ByCard paid = way.card().orElseThrow();
        assertEquals(1_583, paid.paidCents());
        assertEquals(
                List.of("month-opened", "card-loaded"),
                paid.load().orElseThrow().events().stream().map(Way.Event::name).toList());
        assertEquals(15_000, paid.load().orElseThrow().record().deltas().allocation());
        assertEquals(1_583, way.lines().stream().mapToLong(Way.Line::cardCents).sum());
        Way.Posting claim = paid.events().getFirst().postings().getLast();
        assertEquals("4673", claim.account());
        assertEquals(1_583, claim.creditCents());
        assertEquals("Chèvrerie", claim.third());
        assertEquals(Optional.empty(), paid.payout());
    }

    @Test
    void of_a_sale_that_was_cancelled_the_way_back_is_shown_and_verified() throws Exception {
        fund.three.cancel(fund.three.entry(sale), card);
        fund.deliver(fund.three.batch());
        Way way = way(sale);
        assertTrue(way.holds(), way.checks()::toString);
        assertTrue(whats(way).contains(What.TAKEN_BACK));
        List<Way.Event> events = way.card().orElseThrow().events();
        assertEquals(
                List.of("sale", "cancelled"),
                events.stream().map(Way.Event::name).toList());
        fund.tamper("UPDATE card_record SET signature = zeroblob(64) WHERE tag = 'CANCEL'");
        assertFalse(way(sale).holds());
    }

    @Test
    void no_household_stands_on_the_way() throws Exception {
        String household = card.member().household();
        assertFalse(way(sale).toString().contains("third=" + household + ","));
    }

    @Test
    void a_payout_is_named_once_it_is_ordered_and_a_sale_after_it_is_still_owed() throws Exception {
        fund.hub.payOut(TestFund.DAY, "R1");
        long later = fund.three.sell(card, vegetables(200)).entry().number();
        fund.deliver(fund.three.batch());
        assertEquals("R1", way(sale).card().orElseThrow().payout().orElseThrow().run());
        assertEquals(Optional.empty(), way(later).card().orElseThrow().payout());
        fund.hub.payOut(TestFund.DAY, "R2");
        assertEquals("R1", way(sale).card().orElseThrow().payout().orElseThrow().run());
        assertEquals(
                "R2", way(later).card().orElseThrow().payout().orElseThrow().run());
    }

    @Test
    void a_card_that_holds_too_little_leaves_each_line_its_part() throws Exception {
        long last = fund.three
                .sell(card, vegetables(10_000), new FundedLine("laitier", 1, 10_000, 55, 100))
                .entry()
                .number();
        fund.deliver(fund.three.batch());
        Way way = way(last);
        assertTrue(way.holds(), way.checks()::toString);
        assertEquals(15_000 - 1_583, way.card().orElseThrow().paidCents());
        assertEquals(
                15_000 - 1_583,
                way.lines().stream().mapToLong(Way.Line::cardCents).sum());
        assertEquals(
                20_000 - 15_000 + 1_583,
                way.lines().stream().mapToLong(Way.Line::otherCents).sum());
    }

    @Test
    void a_sale_without_card_has_a_way_without_money() throws Exception {
        Way way = way(sale + 1);
        assertTrue(way.holds(), way.checks()::toString);
        assertEquals(Optional.empty(), way.card());
        assertEquals(List.of(), way.lines());
    }

    @Test
    void what_is_no_sale_has_no_way() throws Exception {
        for (long number : new long[] {0, 1, 2, 99, Long.MAX_VALUE}) {
            assertEquals(new Found.Nothing(), fund.hub.way(THREE, number), "entry " + number);
        }
        assertEquals(new Found.Nothing(), fund.hub.way(new LedgerId(4, 1), 1));
    }

    @Test
    void whichever_byte_of_the_entry_is_changed_shows() throws Exception {
        byte[] bytes = fund.three.entry(sale).bytes();
        for (int at = 0; at < bytes.length; at++) {
            byte[] changed = bytes.clone();
            changed[at] ^= 1;
            store(changed);
            switch (fund.hub.way(THREE, sale)) {
                case Found.Shown shown -> assertFalse(shown.way().holds(), "byte " + at);
                case Found.Damaged damaged -> assertEquals(sale, damaged.number());
                case Found.Nothing nothing -> assertTrue(true, "changed into what is no sale");
            }
        }
        store(bytes);
        assertTrue(way(sale).holds());
    }

    @Test
    void each_proof_fails_when_what_it_stands_on_is_changed() throws Exception {
        breaks(What.LOAD_RECORD, "UPDATE card_record SET signature = zeroblob(64) WHERE tag = 'LOAD'");
        breaks(
                What.TOKEN,
                "UPDATE document SET bytes = (SELECT bytes FROM document WHERE kind = 'scheme') WHERE"
                        + " kind = 'period'");
        breaks(What.LOAD_DUE, "UPDATE card SET entitlement_cents = entitlement_cents - 1");
        breaks(What.LOAD_DUE, "UPDATE card SET earnable_cents = 1");
        breaks(What.CARD_ENTERED, "UPDATE card SET certificate = zeroblob(114)");
        breaks(What.TERMINAL_CHAIN, "UPDATE certificate SET der = zeroblob(300) WHERE position = 0");
        breaks(What.ENTRY_HASH, "UPDATE entry SET hash = zeroblob(32) WHERE number = " + sale);
        breaks(What.ENTRY_FOLLOWS, "UPDATE entry SET bytes = zeroblob(10) WHERE number = " + (sale - 1));
        breaks(What.ACKNOWLEDGED, "DELETE FROM checkpoint");
        breaks(What.POSTED, "UPDATE posting SET credit_cents = credit_cents + 1 WHERE account = '4673'");
    }

    @Test
    void the_pieces_are_the_bytes_all_of_them_and_in_order() throws Exception {
        Way way = way(sale);
        joined(fund.three.entry(sale).bytes(), way.pieces());
        joined(card.proof(2).record(), way.card().orElseThrow().pieces());
        joined(
                card.proof(1).record(),
                way.card().orElseThrow().load().orElseThrow().pieces());
        assertEquals(
                List.of("laitier"),
                way.pieces().stream()
                        .filter(piece -> piece.name().equals("line.0"))
                        .map(Piece::says)
                        .skip(1)
                        .toList());
        assertEquals(
                List.of(-1_583L),
                way.pieces().stream()
                        .filter(piece -> piece.name().equals("record.delta.allocation"))
                        .map(Piece::says)
                        .toList());
    }

    @Test
    void the_largest_sale_there_can_be_is_explained_too() throws Exception {
        FundedLine[] lines = new FundedLine[Split.LINES_MAX];
        Arrays.fill(lines, new FundedLine("légumes d’été", 1, 1, 55, 100));
        SignedEntry large = fund.three.sell(card, lines);
        fund.deliver(fund.three.batch());
        Way way = way(large.entry().number());
        assertTrue(way.holds(), way.checks()::toString);
        joined(large.bytes(), way.pieces());
    }

    private static void joined(byte[] whole, List<Piece> pieces) {
        int at = 0;
        for (Piece piece : pieces) {
            assertEquals(at, piece.offset(), piece.name());
            assertEquals(Hash.hex(Arrays.copyOfRange(whole, at, at + piece.bytes().length)), Hash.hex(piece.bytes()));
            at += piece.bytes().length;
        }
        assertEquals(whole.length, at);
    }

    /** Changes the store, looks, and begins again with a sound one. */
    private void breaks(What what, String sql) throws Exception {
        fund.tamper(sql);
        List<What> failing = way(sale).checks().stream()
                .filter(check -> !check.holds())
                .map(Check::what)
                .toList();
        assertTrue(failing.contains(what), what + " after " + sql + ": " + failing);
        a_sale_is_in_the_books();
    }

    private void store(byte[] bytes) throws StorageFailed {
        fund.tamper("UPDATE entry SET bytes = x'" + Hash.hex(bytes) + "' WHERE terminal = 3 AND number = " + sale);
    }

    private Way way(long number) throws StorageFailed {
        if (fund.hub.way(THREE, number) instanceof Found.Shown shown) {
            return shown.way();
        }
        throw new AssertionError("no way of entry " + number);
    }

    private static List<What> whats(Way way) {
        return way.checks().stream().map(Check::what).toList();
    }
}
