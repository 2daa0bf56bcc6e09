package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fake.FakeLink;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.FundedLine;
import java.time.Duration;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/**
 * A stall's clock ran ahead over the date of new rules, and is set right.
 *
 * <pre>
 * stall 3, a day ahead             hub, 2 April
 *  | -- rules 2 applied ------------> |   they hold from 3 April
 *  | -- clock adjusted to 2 April --> |   used too early: forgotten
 *  | -- sale under rules 1 ---------> |   paid
 * </pre>
 */
class ClockAdjustedTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));
    private static final SchemeVersion FIRST = TestFund.version(1, "2025-03-01");
    private static final SchemeVersion SECOND =
            TestFund.version(2, "2025-04-03", "laitier, coverage: 100", "laitier, coverage: 50");
    private static final Duration DAY = Duration.ofDays(1);

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    ClockAdjustedTest() throws Exception {
        List<ProductList> lists = List.of(new ProductList(new Catalogue(List.of()), Optional.empty(), "catalogue"));
        PublishedRules rules = new PublishedRules(List.of(FIRST, SECOND), lists);
        assertEquals(List.of(), fund.start(fund.hub(rules, new FakeLink(fund.loop))));
        fund.three.load(card, fund.token());
        fund.three.pass(DAY);
        fund.three.append(new Body.RulesApplied("dieulefit", 2, new byte[32], new byte[32]));
    }

    @Test
    void rules_that_a_clock_ahead_has_begun_too_early_are_forgotten_when_it_is_set_back() throws StorageFailed {
        setBack(DAY);
        sellUnderTheFirst();

        assertEquals(List.of(), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"));
    }

    @Test
    void without_a_word_of_the_clock_older_rules_after_newer_ones_are_refused() throws StorageFailed {
        fund.three.pass(DAY.negated());
        sellUnderTheFirst();

        assertEquals(List.of("old-rules"), fund.quarantined());
    }

    @Test
    void a_clock_set_back_to_when_the_newer_rules_hold_opens_no_old_ones() throws StorageFailed {
        setBack(Duration.ofHours(1));
        sellUnderTheFirst();

        assertEquals(List.of("old-rules"), fund.quarantined());
    }

    private void setBack(Duration by) {
        long fromMillis = fund.three.timeMillis();
        fund.three.pass(by.negated());
        fund.three.append(new Body.ClockAdjusted(fromMillis, fund.three.timeMillis()));
    }

    private void sellUnderTheFirst() {
        fund.three.append(fund.three.saleBy(card, LINES));
        fund.syncAll();
    }
}
