package etal.hub.restore;

import static etal.hub.world.TestMonths.APRIL;
import static etal.hub.world.TestMonths.JUNE;
import static etal.hub.world.TestMonths.MAY;
import static etal.hub.world.TestMonths.entitlement;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestMonths;
import etal.protocol.card.Balances;
import etal.protocol.card.PeriodToken;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/**
 * A hub restored from a backup that knows April: cards have loaded May, and by now it is June.
 *
 * <pre>
 * hub, generation 1        card           hub restored, June
 *  | (backup)               |              |
 *  | token of May --------> |              |
 *  |                        | -- EL May -> |  its own token: May was open, and is again
 * </pre>
 */
class ForgottenMonthTest {
    @TempDir
    private Path directory;

    private final TestMonths world = new TestMonths();
    private final TestFund fund = world.fund;
    private final TestCard card = world.card(11, entitlement(Balances.PURSE_MAX, 1));
    private final TestCard other = world.card(12, entitlement(Balances.PURSE_MAX, 0));

    ForgottenMonthTest() throws Exception {
        world.opens(APRIL);
        world.loads(card, APRIL);
        world.loads(other, APRIL);
        world.sync();
    }

    private void backup() throws Exception {
        fund.sqlite().copyTo(directory.resolve("backup.db"));
    }

    private RestoredFund restored(int period) throws Exception {
        return new RestoredFund(fund, directory.resolve("backup.db"), period);
    }

    @Test
    void a_load_under_a_forgotten_token_brings_the_month_back_for_everybody_with_all_its_postings() throws Exception {
        backup();
        world.opens(MAY);
        world.loads(card, MAY);
        world.opens(JUNE);
        world.evening();
        RestoredFund restored = restored(JUNE);
        restored.openAll();
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(RestoredFund.books(fund.database), RestoredFund.books(restored.database));
        assertEquals(1, restored.count("document WHERE kind = 'period' AND version = " + MAY));
        assertEquals(0, restored.count("token_recognised"), "it is the same bytes");
    }

    @Test
    void a_card_that_had_left_the_forgotten_month_behind_before_it_comes_back_has_lost_it_all_the_same()
            throws Exception {
        backup();
        world.opens(MAY);
        world.loads(card, MAY);
        world.opens(JUNE);
        fund.five.load(other, world.token(JUNE));
        world.evening();
        RestoredFund restored = restored(JUNE);
        // The load of June comes first: nobody has told yet that May was open, and that this card has skipped it.
        restored.readBack(fund.five, 5);
        restored.openWithoutFive();
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(RestoredFund.books(fund.database), RestoredFund.books(restored.database));
    }

    @Test
    void a_token_that_is_signed_in_other_bytes_now_is_known_by_the_cards_word_and_so_is_the_new_one() throws Exception {
        backup();
        world.opens(MAY);
        PeriodToken before = atAnotherHour(MAY);
        fund.three.load(card, before);
        fund.three.load(fund.cards.getFirst(), before);
        RestoredFund restored = restored(MAY);
        restored.readBack(fund.three, 3);
        assertEquals(List.of(), restored.waiting());
        assertEquals(1, restored.count("token_recognised"));

        fund.five.load(other, world.token(MAY));
        restored.openAll();
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        restored.deliver(3, fund.three.batch());
        restored.deliver(5, fund.five.batch());
        assertEquals(List.of(), restored.waiting());
        assertEquals(List.of(), restored.evening().differences());
        assertEquals(15_000 * 5, restored.balance("4672A"));
    }

    @Test
    void a_month_beyond_the_hubs_own_waits_until_hub_yaml_names_it() throws Exception {
        backup();
        world.opens(MAY);
        world.loads(card, MAY);
        RestoredFund restored = restored(APRIL);
        restored.readBack(fund.three, 3);
        assertTrue(restored.waiting().getFirst().startsWith("wrong-load"), restored.waiting()::toString);
        restored.starts(MAY);
        assertEquals(List.of(), restored.waiting());
        assertEquals(15_000 * 3, restored.balance("4672A"));
    }

    @Test
    void a_hub_that_has_forgotten_nothing_knows_no_other_token_than_its_own() throws Exception {
        world.opens(MAY);
        fund.three.load(card, atAnotherHour(MAY));
        world.sync();
        assertEquals(List.of("wrong-load"), fund.quarantined());
        backup();
        RestoredFund restored = restored(MAY);
        restored.openAll();
        assertEquals(1, restored.waiting().size(), "nor does one whose backup knew the month");
    }

    private PeriodToken atAnotherHour(int period) throws Exception {
        PeriodToken token = world.token(period);
        return PeriodToken.sign(
                1,
                period,
                token.slot(),
                token.issuedAtSeconds() + 3_600,
                TestFund.keys(fund.authority).documents()::sign);
    }
}
