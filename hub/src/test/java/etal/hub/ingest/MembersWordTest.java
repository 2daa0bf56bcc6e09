package etal.hub.ingest;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A member may let the card pay less than the rules give; a till may not by itself. */
class MembersWordTest {
    private static final List<FundedLine> LINES = List.of(new FundedLine("legumes", 1, 1_000, 55, 100));
    private static final Deltas LESS = new Deltas(-400, 0, 0);

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    MembersWordTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.deliver(fund.three.batch());
    }

    @Test
    void a_card_that_paid_what_its_member_allowed_is_paid_out() throws Exception {
        fund.three.append(said(fund.three.debit(card, LINES, LESS), 400));
        fund.deliver(fund.three.batch());

        assertEquals(List.of(), fund.quarantined());
        assertEquals(400, fund.balance("4673"));
    }

    @Test
    void less_without_the_members_word_is_another_split() throws Exception {
        fund.three.append(fund.three.sale(LINES, fund.three.debit(card, LINES, LESS), null));
        fund.deliver(fund.three.batch());

        assertEquals(List.of(Reason.OTHER_SPLIT.code()), fund.quarantined());
    }

    @Test
    void less_than_the_member_allowed_is_another_split_too() throws Exception {
        fund.three.append(said(fund.three.debit(card, LINES, LESS), 500));
        fund.deliver(fund.three.batch());

        assertEquals(List.of(Reason.OTHER_SPLIT.code()), fund.quarantined());
    }

    private Body.Sale said(CardProof proof, long most) {
        Body.Sale sale = fund.three.sale(LINES, proof, null);
        return new Body.Sale(
                sale.sale(), sale.seller(), sale.scheme(), LINES, sale.detailsHash(), proof, null, null, most);
    }
}
