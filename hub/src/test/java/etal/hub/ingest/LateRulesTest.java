package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A sale in doubt keeps the rules under which it was asked, whatever the stall applies before its card comes back. */
class LateRulesTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

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
