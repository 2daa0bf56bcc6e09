package etal.hub.orders;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.keys.SoftwareSigner;
import etal.fake.FakeLink;
import etal.hub.books.Chart;
import etal.hub.books.Sql;
import etal.hub.core.HubCore;
import etal.hub.members.HubKeys;
import etal.hub.members.PublishedRules;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.cose.P256;
import etal.protocol.scheme.file.SchemeFile;
import java.util.List;
import org.junit.jupiter.api.Test;

/** The hub's documents key is exchanged: what it has signed stays its own, and what it signs says in which of a card's slots to look. */
class ExchangedKeyTest {
    private static final byte[] NEXT = next();

    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();

    ExchangedKeyTest() throws Exception {
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_000));
        fund.syncAll();
        issued(fund.hub, "before");
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.syncAll();
    }

    private static byte[] next() {
        byte[] scalar = new byte[32];
        scalar[31] = 11; // a test's secret
        return scalar;
    }

    private void issued(HubCore hub, String note) throws Exception {
        assertInstanceOf(
                Correction.Outcome.Issued.class,
                hub.correct(new Correction(card.id(), new Deltas(100, 0, 0), note, "A. Operator")));
    }

    private HubCore exchanged(List<byte[]> before) throws Exception {
        HubKeys old = TestFund.keys(fund.authority);
        var keys = new HubKeys(
                old.rootDer(),
                old.cardCaKeys(),
                old.acknowledging(),
                old.acknowledgingChain(),
                new SoftwareSigner(NEXT),
                List.of(new byte[] {1}),
                old.sealScalar(),
                1,
                before);
        var hub = new HubCore(
                new HubCore.Ports(fund.clock, fund.loop, fund.database, new FakeLink(fund.loop), fund.failures::add),
                keys,
                fund.fund,
                new PublishedRules(fund.scheme, SchemeFile.dieulefit(), new Catalogue(List.of())),
                Chart.shipped());
        assertEquals(List.of(), fund.start(hub));
        return hub;
    }

    /** Nobody has paid into this fund for its corrections, which is not looked at here. */
    private static List<String> differences(HubCore hub) throws Exception {
        return hub.reconcile(TestFund.DAY, true).differences().stream()
                .filter(each -> !each.startsWith("I3"))
                .toList();
    }

    private List<CardOrder> orders() throws Exception {
        List<byte[]> all = fund.database.inTransaction(
                connection -> Sql.list(connection, "SELECT bytes FROM card_order ORDER BY id", row -> row.getBytes(1)));
        return List.of(CardOrder.decode(all.getFirst()), CardOrder.decode(all.getLast()));
    }

    @Test
    void what_was_signed_before_stays_its_own_and_what_it_signs_now_names_the_other_slot() throws Exception {
        byte[] old = TestFund.keys(fund.authority).documents().publicKey();
        HubCore hub = exchanged(List.of(old));
        issued(hub, "after");

        assertEquals(List.of(), differences(hub));
        assertEquals(0, orders().getFirst().head().slot());
        assertTrue(orders().getFirst().verify(old));
        assertEquals(1, orders().getLast().head().slot());
        assertTrue(orders().getLast().verify(P256.publicKey(NEXT)));
    }

    @Test
    void what_neither_key_has_signed_is_named_in_the_evening() throws Exception {
        List<String> differences = differences(exchanged(List.of()));

        assertFalse(differences.isEmpty());
        assertTrue(
                differences.stream().allMatch(each -> each.contains("its signature is not the hub's")),
                differences.toString());
    }
}
