package etal.terminal.main;

import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.P256;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.Topics;
import etal.protocol.trust.Role;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.UnaryOperator;

/** The hub's part: orders to cards, and the documents that bring them to tills. */
public final class TestOrders {
    private static final int LAST_PERIOD = TestFund.APRIL + 11;

    private final TestFund fund;
    private final Map<TestTill, Set<Integer>> filledAt = new LinkedHashMap<>();
    private long version;

    public TestOrders(TestFund fund) {
        this.fund = fund;
    }

    /** A voucher that adds to the allocation. */
    public CardOrder.Add add(long card, long number, long cents) {
        return add(head(card, 1), number, new Deltas(cents, 0, 0), issuing());
    }

    /** A voucher as it is told, signed by whatever key. */
    public CardOrder.Add add(CardOrder.Head head, long number, Deltas deltas, UnaryOperator<byte[]> signer) {
        return CardOrder.Add.sign(head, number, LAST_PERIOD, CardOrder.Reason.REFUND, deltas, signer);
    }

    /** From the next load on, that much a month. */
    public CardOrder.Set set(long card, int entitlementVersion, long amountCents) {
        Entitlement entitlement = Entitlement.monthly(amountCents, TestFund.APRIL, LAST_PERIOD, entitlementVersion);
        return CardOrder.Set.sign(head(card, 1), entitlement, issuing());
    }

    public CardOrder.Block block(long card) {
        return CardOrder.Block.sign(head(card, 1), issuing());
    }

    /** Another key of a TEST SECRET in the second issuing slot. */
    public KeyUpdate update(int generation) {
        byte[] root = fund.authority.rootScalar();
        return KeyUpdate.sign(1, KeySlot.ISSUING_1, generation, newKey(), message -> P256.sign(root, message));
    }

    /** The key that {@link #update} brings. */
    public byte[] newKey() {
        return P256.publicKey(newScalar());
    }

    /** Signs with the key that {@link #update} brings. */
    public UnaryOperator<byte[]> newIssuing() {
        return message -> P256.sign(newScalar(), message);
    }

    private static byte[] newScalar() {
        return TestFund.agreementScalar(99, 99);
    }

    /** Who an order is for; its key is the one of slot 0. */
    public static CardOrder.Head head(long card, long fund) {
        return new CardOrder.Head(fund, TestFund.cardId(card), 0, TestFund.NOON_MILLIS / 1_000);
    }

    /** The issuing key of the fund. */
    public UnaryOperator<byte[]> issuing() {
        byte[] scalar = fund.authority.service(Role.HUB_DOCUMENTS).scalar();
        return message -> P256.sign(scalar, message);
    }

    /** These orders and no others stand from now on; documents that stay empty are not sent again. */
    public void publish(TestTill till, CardOrder... orders) {
        version++;
        Set<Integer> filled = filledAt.computeIfAbsent(till, unknown -> new TreeSet<>());
        for (int shard = 0; shard < CardOrders.SHARDS; shard++) {
            CardOrders content = CardOrders.of(shard, List.of(orders));
            boolean empty = content.orders().isEmpty();
            if (!empty || filled.contains(shard)) {
                deliver(till, Document.orders(shard), content.encode());
            }
            filled.remove(shard);
            if (!empty) {
                filled.add(shard);
            }
        }
        till.loop.runUntilIdle();
    }

    /** These are the key updates of the fund. */
    public void publishKeys(TestTill till, KeyUpdate... updates) {
        version++;
        deliver(till, Document.KEYS, new KeyUpdates(List.of(updates)).encode());
        till.loop.runUntilIdle();
    }

    private void deliver(TestTill till, String kind, byte[] content) {
        till.link.deliver(Topics.doc(1, kind, version), fund.document(kind, version, content));
    }
}
