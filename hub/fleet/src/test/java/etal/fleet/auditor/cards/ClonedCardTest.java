package etal.fleet.auditor.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.fleet.auditor.Rules;
import etal.fleet.auditor.granted.Grant;
import etal.fleet.auditor.granted.Granted;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * A card has a double: what the hub owes a stall for what either of them has signed, where the till asked and never heard.
 *
 * <pre>
 * card   load 20000 . debit 1800 (till 2 never hears) . copied
 * hub    has both records from another till, pays the 1800 to stall 2
 * </pre>
 */
class ClonedCardTest {
    private static final String ID = "0f1e2d3c4b5a6978";
    private static final int MONTH = 63;
    private static final byte[] KEY = key();
    private static final Rules RULES = new Rules(
            new Rules.Places(List.of(), 100, Map.of(), Optional.empty(), Optional.empty(), List.of(), false),
            new Rules.Goods(Map.of(), 100, Optional.empty(), 100),
            Optional.empty(),
            100_000,
            100_000,
            true);

    private static byte[] key() {
        byte[] key = new byte[32];
        key[31] = 7; // a test's secret
        return key;
    }

    private static byte[] record(CardRecord.Tag tag, long counter, long sale, long cents, long after) {
        return new CardRecord(
                        tag,
                        counter,
                        sale == 0 ? 0 : 2,
                        1,
                        sale,
                        new Deltas(cents, 0, 0),
                        new Balances(after, 0, 0),
                        MONTH,
                        4_102_444_800L,
                        new byte[32])
                .encode();
    }

    private static List<CardAccount> both(List<byte[]> records, long copied) throws Exception {
        var granted = new Granted(Set.of(MONTH), Map.of());
        var card = new CardAccount(
                6, ID, P256.jcaPublic(P256.publicKey(KEY)), new Grant(20_000, 0, 0, MONTH, MONTH + 12, 0));
        var wrong = new ArrayList<String>();
        for (byte[] each : records) {
            wrong.addAll(card.hear(each, P256.sign(KEY, each), granted));
        }
        assertEquals(List.of(), wrong);
        return List.of(card, card.branch(copied, granted));
    }

    /** Stall 2, which still asks whether the card has paid sale 5. */
    private static TillSeen asking() {
        return new TillSeen(
                2,
                1,
                List.of(),
                List.of(),
                List.of(),
                Map.of(5L, "b4"),
                List.of(),
                TillSeen.Trained.NOTHING,
                Set.of(5L),
                Map.of(),
                null);
    }

    /** What is said about stall 2 when the hub owes it so much, and has those bytes under the debit's counter. */
    private static List<String> said(long owedCents, byte[] atHub, Set<String> payable) throws Exception {
        byte[] load = record(CardRecord.Tag.LOAD, 1, 0, 20_000, 20_000);
        byte[] debit = record(CardRecord.Tag.DEBIT, 2, 5, -1_800, 18_200);
        var hub = new HubSeen(
                Map.of("4672A " + ID, 18_200L, "4673 2", owedCents),
                Set.of(ID + "/1", ID + "/2"),
                Map.of(ID + "/1", Hash.hex(load), ID + "/2", Hash.hex(atHub)),
                payable,
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of());
        return CardAudit.check(new Ground(
                        Voted.once(RULES, Map.of()),
                        0,
                        0,
                        both(List.of(load, debit), 2),
                        Map.of(),
                        List.of(asking()),
                        hub,
                        Map.of(),
                        Ground.CrookSeen.NONE,
                        false,
                        Set.of(ID),
                        Set.of(),
                        false))
                .stream()
                .filter(each -> each.contains("4673"))
                .toList();
    }

    @Test
    void what_the_hub_pays_without_having_seen_the_sale_is_owed_and_no_cent_more() throws Exception {
        byte[] debit = record(CardRecord.Tag.DEBIT, 2, 5, -1_800, 18_200);
        assertEquals(List.of(), said(1_800, debit, Set.of(ID + "/2")));
        // Both branches have signed the same words, and they count once.
        assertFalse(said(3_600, debit, Set.of(ID + "/2")).isEmpty());
        assertFalse(said(1_801, debit, Set.of(ID + "/2")).isEmpty());
        assertFalse(said(-1, debit, Set.of(ID + "/2")).isEmpty());
    }

    @Test
    void nothing_is_owed_for_another_branch_s_record_or_before_the_hub_has_decided() throws Exception {
        byte[] debit = record(CardRecord.Tag.DEBIT, 2, 5, -1_800, 18_200);
        byte[] other = record(CardRecord.Tag.DEBIT, 2, 5, -1_700, 18_300);
        assertFalse(said(1_800, other, Set.of(ID + "/2")).isEmpty());
        assertFalse(said(1_800, debit, Set.of()).isEmpty());
    }

    /** What is said of losses when the card was copied before it loaded, and the hub has its debit, and perhaps its load. */
    private static List<String> lost(boolean loadHeard, long booksCents) throws Exception {
        byte[] load = record(CardRecord.Tag.LOAD, 1, 0, 20_000, 20_000);
        byte[] debit = record(CardRecord.Tag.DEBIT, 2, 5, -1_800, 18_200);
        var records = new TreeMap<>(Map.of(ID + "/2", Hash.hex(debit)));
        if (loadHeard) {
            records.put(ID + "/1", Hash.hex(load));
        }
        var hub = new HubSeen(
                Map.of("4672A " + ID, booksCents),
                records.keySet(),
                records,
                Set.of(),
                Set.of(),
                Set.of(),
                Set.of(),
                Map.of());
        var ground = new Ground(
                Voted.once(RULES, Map.of()),
                0,
                0,
                both(List.of(load, debit), 0),
                Map.of(),
                List.of(),
                hub,
                Map.of(),
                Ground.CrookSeen.NONE,
                false,
                Set.of(ID),
                Set.of(),
                false);
        return CardAudit.check(ground).stream()
                .filter(each -> each.contains("the fund loses"))
                .toList();
    }

    @Test
    void a_load_that_burnt_with_its_machine_is_still_owed_to_the_card_and_no_loss() throws Exception {
        assertEquals(List.of(), lost(false, -1_800));
        assertFalse(lost(false, -20_001).isEmpty());
        assertFalse(lost(true, -1_800).isEmpty());
    }
}
