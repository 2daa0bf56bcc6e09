package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.KeyUpdate;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/**
 * A key that was lost is replaced on the cards in people's pockets, one generation after the other, by the root's word.
 * <pre>
 *  terminal                            card, generation 1
 *     |-- KEY UPDATE generation 2 ------->|  issuing key 0 is another one
 *     |-- LOAD, signed by the old one --->|  69 C5
 *     |-- KEY UPDATE generation 4 ------->|  69 C4: 3 is missing
 * </pre>
 */
class CardKeyUpdateTest {
    private static final int MAY = TestFund.APRIL + 1;

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private LaidCard laid = new LaidCard(VirtualCard.create(TestFund.seed(0)), stall);

    @BeforeEach
    void a_loaded_card() throws Exception {
        laid = LaidCard.on(stall, fund.loadedCard(1));
    }

    private byte[] update(KeySlot slot, int generation, String key) {
        return stall.keyUpdate(fund.keyUpdate(slot, generation, key));
    }

    private void updates(KeySlot slot, int generation, String key) throws Exception {
        laid.state();
        byte[] answer = laid.card().transmit(update(slot, generation, key));
        assertEquals(0, laid.card().allocationsOfLastCommand());
        assertEquals(generation, Answers.keyUpdate(answer));
        assertEquals(generation, stall.select(laid.card()).keyGeneration());
        laid.state();
    }

    @Test
    void an_issuing_key_is_replaced_and_the_other_slot_stays() throws Exception {
        updates(KeySlot.ISSUING_0, 2, "issuing 0 second");
        laid.refused(StatusWord.BAD_TOKEN, stall.load(fund.token(MAY, 0)));
        laid.refused(StatusWord.BAD_TOKEN, stall.load(fund.token(MAY, 1, "issuing 0 second")));
        laid.taken(stall.load(fund.token(MAY, 0, "issuing 0 second")));
        laid.taken(stall.load(fund.token(MAY + 1, 1)));
        laid.refused(StatusWord.BAD_TOKEN, stall.order(fund.add(1, 1, new Deltas(1, 0, 0))));
    }

    @Test
    void the_terminal_authority_is_replaced_and_terminals_known_stay_known() throws Exception {
        updates(KeySlot.TERMINAL_CA, 2, "terminal CA second");
        laid.pays(1, -1, 0, 0);
        TestStall other = new TestStall(fund, 9, 1);
        other.select(laid.card());
        assertEquals(StatusWord.BAD_CERTIFICATE, laid.word(other.introduce()));
        byte[] introduction = other.introduce(fund.certifyTerminal(other, "terminal CA second"));
        assertEquals(StatusWord.DONE, laid.word(introduction));
    }

    @Test
    void every_slot_is_replaced_again_and_again() throws Exception {
        int generation = 2;
        for (String round : new String[] {" second", " third", " second"}) {
            updates(KeySlot.ISSUING_0, generation++, "issuing 0" + round);
            updates(KeySlot.TERMINAL_CA, generation++, "terminal CA" + round);
            updates(KeySlot.ISSUING_1, generation++, "issuing 1" + round);
            laid.refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(1, 0, "issuing 0" + round)));
            laid.refused(StatusWord.NOTHING_TO_LOAD, stall.load(fund.token(1, 1, "issuing 1" + round)));
            laid.refused(StatusWord.BAD_TOKEN, stall.load(fund.token(1, 0)));
            assertEquals(
                    StatusWord.DONE, laid.word(stall.introduce(fund.certifyTerminal(stall, "terminal CA" + round))));
        }
    }

    @Test
    void the_newest_may_be_shown_again_and_writes_nothing() throws Exception {
        updates(KeySlot.ISSUING_0, 2, "issuing 0 second");
        byte[] answer = laid.card().transmit(update(KeySlot.ISSUING_0, 2, "issuing 0 second"));
        assertEquals(2, Answers.keyUpdate(answer));
        assertEquals(0, laid.card().writesOfLastCommand());
    }

    @Test
    void generations_come_in_turn() throws Exception {
        laid.refused(StatusWord.NOTHING_TO_LOAD, update(KeySlot.ISSUING_0, 3, "issuing 0 second"));
        laid.refused(StatusWord.NOTHING_TO_LOAD, update(KeySlot.ISSUING_0, 255, "issuing 0 second"));
        updates(KeySlot.ISSUING_0, 2, "issuing 0 second");
        laid.refused(StatusWord.NOTHING_TO_LOAD, update(KeySlot.ISSUING_0, 2, "issuing 0 third"));
        laid.refused(StatusWord.NOTHING_TO_LOAD, update(KeySlot.ISSUING_1, 2, "issuing 0 second"));
        updates(KeySlot.ISSUING_0, 3, "issuing 0 third");
        laid.refused(StatusWord.NOTHING_TO_LOAD, update(KeySlot.ISSUING_0, 2, "issuing 0 second"));
        laid.refused(StatusWord.NOTHING_TO_LOAD, raw(0, 0, 4));
        laid.refused(StatusWord.NOTHING_TO_LOAD, raw(0, 1, 4));
    }

    @Test
    void at_the_last_generation_none_comes_after() throws Exception {
        for (int generation = 2; generation <= KeyUpdate.LAST_GENERATION; generation++) {
            laid.state();
            laid.word(update(KeySlot.ISSUING_0, generation, "issuing 0 " + (generation & 1)));
        }
        assertEquals(255, stall.select(laid.card()).keyGeneration());
        laid.state();
        laid.refused(StatusWord.NOTHING_TO_LOAD, raw(0, 0, 4));
        laid.refused(StatusWord.NOTHING_TO_LOAD, update(KeySlot.ISSUING_0, 2, "issuing 0 second"));
    }

    /** An update that nothing on our side would make, signed by the root. */
    private byte[] raw(int slot, int generation, int keyForm) {
        byte[] body = fund.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second").signedBytes();
        body[6] = (byte) slot;
        body[7] = (byte) generation;
        body[8] = (byte) keyForm;
        return stall.authentic(Commands.KEY_UPDATE, fund.signed(body, "root"));
    }

    @Test
    void the_root_is_no_slot_and_a_key_comes_uncompressed() throws Exception {
        laid.refused(StatusWord.WRONG_DATA, raw(3, 2, 4));
        laid.refused(StatusWord.WRONG_DATA, raw(4, 2, 4));
        laid.refused(StatusWord.WRONG_DATA, raw(0xFF, 2, 4));
        laid.refused(StatusWord.WRONG_DATA, raw(1, 2, 2));
        byte[] body = fund.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second").signedBytes();
        body[1] = 'S';
        laid.refused(StatusWord.WRONG_DATA, stall.authentic(Commands.KEY_UPDATE, fund.signed(body, "root")));
    }

    @Test
    void only_the_root_of_this_fund_replaces_keys() throws Exception {
        byte[] body = fund.keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second").signedBytes();
        for (String key : new String[] {"issuing 0", "issuing 1", "terminal CA", "card CA"}) {
            laid.refused(StatusWord.BAD_TOKEN, stall.authentic(Commands.KEY_UPDATE, fund.signed(body, key)));
        }
        laid.refused(
                StatusWord.BAD_TOKEN,
                stall.keyUpdate(new TestFund(2).keyUpdate(KeySlot.ISSUING_0, 2, "issuing 0 second")));
        body[5] = 2;
        laid.refused(StatusWord.BAD_TOKEN, stall.authentic(Commands.KEY_UPDATE, fund.signed(body, "root")));
        byte[] unauthentic = update(KeySlot.ISSUING_0, 2, "issuing 0 second");
        unauthentic[unauthentic.length - 2] ^= 1;
        laid.refused(StatusWord.NOT_AUTHENTIC, unauthentic);
        updates(KeySlot.ISSUING_0, 2, "issuing 0 second");
    }
}
