package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fake.FakeLink;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** A sale in doubt keeps the rules under which it was asked, whatever the stall applies before its card comes back. */
class LateRulesTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    private static final SchemeVersion FIRST = TestFund.version(1, "2025-03-01");
    private static final SchemeVersion SECOND =
            TestFund.version(2, "2025-04-03", "laitier, coverage: 100", "laitier, coverage: 50");

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    LateRulesTest() throws Exception {
        fund.three.load(card, fund.token());
    }

    // card            stall 3                            hub
    //  | <-- DEBIT ---- |   under rules 1                 |
    //  | -- answer -X   |                                 |
    //  |                | -- in doubt ------------------> |
    //  |                | -- rules 2 applied -----------> |
    //  | ---- R = I --> | -- the sale under rules 1 ----> |   paid
    @Test
    void a_sale_asked_under_older_rules_is_paid_when_its_card_comes_back_after_newer_ones() throws Exception {
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        newer();
        fund.three.append(fund.three.sale(LINES, paid, null));
        closeAndSync();
        assertEquals(List.of(), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"));
        assertEquals(List.of(), fund.evening().differences());
    }

    @Test
    void a_question_asked_only_after_the_newer_rules_opens_no_old_ones() throws Exception {
        CardProof paid = torn();
        newer();
        fund.three.append(doubt(paid));
        fund.three.append(fund.three.sale(LINES, paid, null));
        closeAndSync();
        assertEquals(List.of("old-rules"), fund.quarantined());
        assertEquals(0, fund.balance("4673"));
    }

    @Test
    void a_question_about_other_lines_opens_no_old_rules() throws Exception {
        CardProof paid = torn();
        Body.InDoubt right = doubt(paid);
        fund.three.append(new Body.InDoubt(
                right.sale(), right.cardId(), right.counterSeen(), right.deltas(), new byte[32], null));
        newer();
        fund.three.append(fund.three.sale(LINES, paid, null));
        closeAndSync();
        assertEquals(List.of("old-rules"), fund.quarantined());
        assertEquals(0, fund.balance("4673"));
    }

    // stall 3                              hub
    //  |   (no network)                     |-- rules 2, from 3 April --> not heard
    //  | -- sale of 3 April, rules 1 -----> |   taken under rules 1, and the evening says so
    @Test
    void a_stall_that_has_not_heard_of_newer_rules_is_paid_under_those_it_has_and_the_evening_says_so()
            throws Exception {
        publishSecond();
        fund.three.append(fund.three.saleBy(card, LINES));
        toMorning();
        fund.three.append(fund.three.saleBy(card, LINES));
        fund.three.append(fund.three.saleBy(card, LINES));
        fund.syncAll();
        assertEquals(List.of(), fund.quarantined());
        assertEquals(3_000, fund.balance("4673"));
        assertEquals(
                List.of("t3-e1 2 sales, 2 to 3: sold under version 1 after version 2 held, because it had not arrived"),
                remarks("2025-04-03"));
        assertEquals(List.of(), remarks("2025-04-02"));
    }

    @Test
    void a_sale_asked_before_midnight_and_decided_after_it_is_no_late_one() throws Exception {
        publishSecond();
        CardProof paid = torn();
        fund.three.append(doubt(paid));
        toMorning();
        newer();
        fund.three.append(fund.three.sale(LINES, paid, null));
        fund.syncAll();
        assertEquals(List.of(), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"));
        assertEquals(List.of(), remarks("2025-04-03"));
    }

    @Test
    void a_sale_under_rules_that_do_not_hold_yet_is_refused() throws Exception {
        publishSecond();
        TestTerminal hasty = new TestTerminal(fund.authority, 5, SECOND.scheme(), fund.clock.now());
        hasty.append(hasty.saleBy(card, LINES));
        fund.deliver(hasty.batch());
        assertEquals(List.of("early-rules"), fund.quarantined());
        assertEquals(0, fund.balance("4673"));
    }

    @Test
    void a_product_list_that_had_not_arrived_is_named_too() throws Exception {
        Catalogue old = new Catalogue(List.of());
        byte[] hash = Hash.sha256(old.encode());
        Catalogue bread = new Catalogue(List.of(new Product("pain", "Pain", "pain", 300, 55, 100)));
        List<ProductList> lists = List.of(
                new ProductList(old, Optional.of(LocalDate.parse("2025-03-01")), "a"),
                new ProductList(bread, Optional.of(LocalDate.parse("2025-04-03")), "b"));
        publish(List.of(FIRST), lists);
        fund.three.append(new Body.RulesApplied("dieulefit", 1, new byte[32], hash));
        toMorning();
        fund.three.append(fund.three.saleBy(card, LINES));
        fund.syncAll();
        assertEquals(
                List.of(
                        "t3-e1 sale 1: sold under product list 1 after product list 2 held, because it had not arrived"),
                remarks("2025-04-03"));
    }

    private List<String> remarks(String day) throws Exception {
        return fund.hub.reconcile(LocalDate.parse(day), true).oddities().stream()
                .filter(oddity -> oddity.contains("because"))
                .toList();
    }

    private void publishSecond() throws Exception {
        publish(
                List.of(FIRST, SECOND),
                List.of(new ProductList(new Catalogue(List.of()), Optional.empty(), "catalogue")));
    }

    private void publish(List<SchemeVersion> schemes, List<ProductList> lists) throws Exception {
        assertEquals(List.of(), fund.start(fund.hub(new PublishedRules(schemes, lists), new FakeLink(fund.loop))));
    }

    /** The next morning, for hub and stall. */
    private void toMorning() {
        fund.clock.advance(Duration.ofHours(12));
        fund.three.pass(Duration.ofHours(12));
    }

    private CardProof torn() {
        return fund.three.debit(card, LINES, new Deltas(-1_000, 0, 0));
    }

    private Body.InDoubt doubt(CardProof paid) throws Exception {
        CardRecord record = CardRecord.decode(paid.record());
        return new Body.InDoubt(
                record.sale(), card.id(), record.counter() - 1, record.deltas(), record.intentHash(), null);
    }

    private void newer() {
        fund.three.append(new Body.RulesApplied("dieulefit", 2, new byte[32], new byte[32]));
    }

    private void closeAndSync() {
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
    }
}
