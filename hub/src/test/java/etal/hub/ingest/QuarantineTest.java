package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.P256;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Topics;
import etal.testkit.TestAuthority;
import java.util.EnumSet;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Each way to fail, with its reason: nothing is dropped, and no money moves for it. */
class QuarantineTest {
    private static final List<FundedLine> LINES = List.of(vegetables(1_000));

    /**
     * One way to fail.
     *
     * @param stored whether the entry is taken into the ledger all the same
     */
    record Case(Reason reason, String name, boolean stored, Act act) {
        @Override
        public String toString() {
            return reason + ": " + name;
        }
    }

    /** Leads the fund, whose first card has loaded at terminal 3, into the fault. */
    interface Act {
        void in(TestFund fund, TestCard card) throws Exception;
    }

    @ParameterizedTest
    @MethodSource("cases")
    void what_fails_is_kept_with_its_reason_and_moves_no_money(Case one) throws Exception {
        TestFund fund = new TestFund();
        TestCard card = fund.cards.getFirst();
        fund.three.load(card, fund.token());
        fund.deliver(fund.three.batch());
        long before = fund.count("entry");

        one.act().in(fund, card);

        assertEquals(List.of(one.reason().code()), fund.quarantined());
        assertEquals(0, fund.balance("4673"), "producers' money");
        assertEquals(one.stored(), fund.count("entry") > before, "stored");
        List<String> again = fund.quarantined();
        fund.deliver(fund.three.batch());
        assertEquals(again, fund.quarantined(), "the same again is the same");
    }

    @Test
    void every_reason_has_its_case() {
        EnumSet<Reason> missing = EnumSet.allOf(Reason.class);
        cases().forEach(one -> missing.remove(one.reason()));
        assertEquals(EnumSet.noneOf(Reason.class), missing);
    }

    static Stream<Case> cases() {
        return Stream.of(
                        chain(),
                        entries(),
                        branches(),
                        seller(),
                        cards(),
                        purses(),
                        loads(),
                        orders(),
                        CancelCases.all(),
                        EpochCases.all(),
                        sales(),
                        rules(),
                        times())
                .flatMap(List::stream);
    }

    private static List<Case> chain() {
        return List.of(
                new Case(Reason.MALFORMED, "no batch", false, (fund, card) -> fund.deliver(new byte[] {1, 2, 3})),
                new Case(
                        Reason.MALFORMED,
                        "no entry",
                        false,
                        (fund, card) -> fund.deliver(fund.three.batch(List.of(new byte[] {(byte) 0xa0})))),
                new Case(
                        Reason.UNTRUSTED_CHAIN,
                        "a terminal of another authority",
                        false,
                        (fund, card) -> fund.deliver(
                                new TestTerminal(new TestAuthority(8), 3, fund.scheme, fund.clock.now()).batch())),
                new Case(
                        Reason.UNTRUSTED_CHAIN,
                        "a terminal of another fund",
                        false,
                        (fund, card) -> fund.deliver(
                                new TestTerminal(new TestAuthority(7, 2), 3, fund.scheme, fund.clock.now()).batch())));
    }

    private static List<Case> orders() {
        CardOrder.Head head = new CardOrder.Head(1, new byte[] {0, 0, 0, 0, 0, 0, 0, 1}, 0, 1_743_600_000);
        CardOrder gift = CardOrder.Add.sign(
                head,
                1,
                200,
                CardOrder.Reason.CORRECTION,
                new Deltas(5_000, 0, 0),
                message -> P256.sign(new TestAuthority(8).cardAuthorityScalar(), message));
        return List.of(new Case(Reason.UNKNOWN_ORDER, "a voucher that the hub never issued", true, (fund, card) -> {
            fund.three.take(card, gift);
            fund.deliver(fund.three.batch());
        }));
    }

    private static List<Case> entries() {
        return List.of(
                new Case(
                        Reason.WRONG_LEDGER,
                        "an entry of another terminal",
                        false,
                        (fund, card) -> fund.deliver(
                                fund.three.batch(List.of(fund.five.entry(1).bytes())))),
                new Case(Reason.BAD_SIGNATURE, "signed by another key", false, QuarantineTest::forged),
                new Case(Reason.WRONG_GENESIS, "a second genesis", false, (fund, card) -> {
                    Body genesis = fund.three.entry(1).entry().body();
                    SignedEntry second = fund.three.append(genesis);
                    fund.deliver(fund.three.batch(
                            second.entry().number(), second.entry().number()));
                    fund.three.forget();
                }));
    }

    private static List<Case> branches() {
        return List.of(
                new Case(Reason.FORK, "another entry under a taken number", false, (fund, card) -> {
                    SignedEntry load = fund.three.entry(fund.three.head());
                    fund.three.forget();
                    fund.three.append(new Body.TechnicalEvent(Body.TechnicalEvent.STOPPED, null));
                    fund.deliver(fund.three.batch());
                    assertEquals(1, fund.count("fork"));
                    assertEquals(load.entry().number(), fund.count("entry"), "the first branch stands");
                }),
                new Case(Reason.WRONG_CHECKPOINT, "not of this hub", true, (fund, card) -> {
                    TestAuthority.Leaf own = fund.three.leaf();
                    Checkpoint wrong =
                            new Checkpoint(3, 1, 1, fund.three.entry(1).hash(), 5, 1);
                    fund.three.append(new Body.CheckpointReceived(
                            Checkpoint.sign(wrong, own.kid(), message -> P256.sign(own.scalar(), message))));
                    fund.deliver(fund.three.batch());
                }));
    }

    private static void forged(TestFund fund, TestCard card) {
        SignedEntry last = fund.three.entry(fund.three.head());
        Entry next = new Entry(
                3,
                1,
                last.entry().number() + 1,
                last.hash(),
                fund.three.timeMillis(),
                true,
                new Body.TechnicalEvent(Body.TechnicalEvent.STARTED, null));
        byte[] other = P256.newScalar(bytes -> bytes[31] = 9);
        SignedEntry forged = SignedEntry.sign(next, fund.three.leaf().kid(), message -> P256.sign(other, message));
        fund.deliver(fund.three.batch(List.of(forged.bytes())));
    }

    private static List<Case> seller() {
        return List.of(
                new Case(Reason.UNKNOWN_SELLER, "a SIREN the fund does not know", true, (fund, card) -> {
                    Body.Sale sale = fund.three.saleBy(card, LINES);
                    fund.three.append(new Body.Sale(
                            sale.sale(),
                            "111111111",
                            sale.scheme(),
                            sale.lines(),
                            sale.detailsHash(),
                            sale.card(),
                            null));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.UNKNOWN_CARD, "a card the fund has not issued", true, (fund, card) -> {
                    fund.three.append(fund.three.saleBy(new TestCard(fund.authority, 99, 500), LINES));
                    fund.deliver(fund.three.batch());
                }));
    }

    private static List<Case> cards() {
        return List.of(
                new Case(Reason.BAD_CARD_SIGNATURE, "a flipped bit", true, (fund, card) -> {
                    Body.Sale sale = fund.three.saleBy(card, LINES);
                    byte[] signature = proof(sale).signature().clone();
                    signature[40] ^= 1;
                    sold(
                            fund,
                            sale,
                            new CardProof(proof(sale).certificate(), proof(sale).record(), signature));
                }),
                new Case(Reason.CARD_FORKED, "two records with one counter", true, (fund, card) -> {
                    CardRecord load = card.newest();
                    CardProof other = card.signed(new CardRecord(
                            CardRecord.Tag.DEBIT,
                            load.counter(),
                            3,
                            1,
                            1,
                            new Deltas(-1, 0, 0),
                            new Balances(14_999, 0, 0),
                            load.period(),
                            load.timeSeconds(),
                            new byte[32]));
                    sold(fund, fund.three.sale(LINES, other, null), other);
                }));
    }

    private static List<Case> purses() {
        return List.of(new Case(Reason.NOT_CONTINUOUS, "balances that do not follow", true, (fund, card) -> {
            CardRecord load = card.newest();
            CardProof richer = card.signed(new CardRecord(
                    CardRecord.Tag.DEBIT,
                    load.counter() + 1,
                    3,
                    1,
                    1,
                    new Deltas(-1_000, 0, 0),
                    new Balances(90_000, 0, 0),
                    load.period(),
                    load.timeSeconds(),
                    new byte[32]));
            sold(fund, fund.three.sale(LINES, richer, null), richer);
        }));
    }

    private static List<Case> loads() {
        return List.of(
                new Case(Reason.WRONG_LOAD, "a token the hub has not issued", true, (fund, card) -> {
                    PeriodToken own = PeriodToken.sign(
                            1,
                            64,
                            0,
                            1_746_050_400,
                            message -> P256.sign(fund.three.leaf().scalar(), message));
                    fund.three.append(new Body.RecordCarried(card.load(own, 3, 1, 1_743_600_000), null));
                    fund.deliver(fund.three.batch());
                    assertEquals(15_000, fund.balance("4672A"));
                }),
                new Case(Reason.NOT_CONTINUOUS, "a card that was not empty at its beginning", true, (fund, card) -> {
                    TestCard second = fund.cards.get(1);
                    CardProof rich = second.signed(new CardRecord(
                            CardRecord.Tag.DEBIT,
                            1,
                            3,
                            1,
                            1,
                            new Deltas(-1_000, 0, 0),
                            new Balances(500, 0, 0),
                            0,
                            1_743_600_000,
                            new byte[32]));
                    sold(fund, fund.three.sale(LINES, rich, null), rich);
                }),
                new Case(Reason.WRONG_CARRIED, "a seal of noise", true, (fund, card) -> {
                    fund.three.append(new Body.RecordCarried(null, new byte[] {1, 2, 3}));
                    fund.deliver(fund.three.batch());
                }));
    }

    private static List<Case> sales() {
        return List.of(
                new Case(Reason.OTHER_SALE, "the record of another sale", true, (fund, card) -> {
                    Body.Sale sale = fund.three.saleBy(card, LINES);
                    fund.three.append(new Body.Sale(
                            sale.sale() + 1,
                            sale.seller(),
                            sale.scheme(),
                            sale.lines(),
                            sale.detailsHash(),
                            sale.card(),
                            null));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.OTHER_INTENT, "other lines than signed", true, (fund, card) -> {
                    Body.Sale sale = fund.three.saleBy(card, LINES);
                    fund.three.append(new Body.Sale(
                            sale.sale(),
                            sale.seller(),
                            sale.scheme(),
                            List.of(vegetables(1_000), vegetables(1)),
                            sale.detailsHash(),
                            sale.card(),
                            null));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.OTHER_SPLIT, "the card has signed more than the rules give", true, (fund, card) -> {
                    CardProof proof = fund.three.debit(card, LINES, new Deltas(-1_001, 0, 0));
                    sold(fund, fund.three.sale(LINES, proof, null), proof);
                }));
    }

    private static List<Case> rules() {
        return List.of(
                new Case(
                        Reason.UNKNOWN_RULES,
                        "a version never published",
                        true,
                        (fund, card) -> under(fund, card, new SchemeRef("dieulefit", 2))),
                new Case(Reason.OLD_RULES, "rules older than the ledger's newest", true, (fund, card) -> {
                    fund.three.append(new Body.RulesApplied("dieulefit", 2, new byte[32], new byte[32]));
                    fund.three.sell(card, vegetables(1_000));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.OLD_RULES, "rules of another id named in between", true, (fund, card) -> {
                    fund.three.append(new Body.RulesApplied("dieulefit", 2, new byte[32], new byte[32]));
                    fund.three.append(new Body.RulesApplied("another", 1, new byte[32], new byte[32]));
                    fund.three.sell(card, vegetables(1_000));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.EARLY_RULES, "rules that hold from next month only", true, (fund, card) -> {
                    String yaml = SchemeFile.dieulefit()
                            .replace("\nversion: 1\n", "\nversion: 2\n")
                            .replace("\nholdsFrom: 2025-03-01\n", "\nholdsFrom: 2025-05-01\n");
                    if (!(SchemeFile.read(yaml, "next.yaml") instanceof SchemeReading.Read next)) {
                        throw new AssertionError(yaml);
                    }
                    assertEquals(List.of(), fund.start(fund.hub(fund.database, yaml, next.scheme())));
                    under(fund, card, new SchemeRef("dieulefit", 2));
                }));
    }

    private static List<Case> times() {
        return List.of(
                new Case(Reason.TOO_EARLY, "before the last acknowledgement", true, (fund, card) -> {
                    byte[] acknowledged = fund.link.takeSent().stream()
                            .filter(sent -> sent.topic().name().equals(Topics.ack(1, 3)))
                            .toList()
                            .getLast()
                            .message();
                    fund.three.append(new Body.CheckpointReceived(acknowledged));
                    fund.three.appendAt(fund.clock.now().toEpochMilli() - 61_000, fund.three.saleBy(card, LINES));
                    fund.deliver(fund.three.batch());
                }),
                new Case(Reason.RECORD_USED, "a record that went back to the member", true, (fund, card) -> {
                    Body.Sale sale = fund.three.saleBy(card, LINES);
                    fund.three.append(new Body.RefundRequest(sale.sale(), proof(sale)));
                    fund.three.append(sale);
                    fund.deliver(fund.three.batch());
                }));
    }

    private static void under(TestFund fund, TestCard card, SchemeRef rules) {
        fund.three.saleBy(card, LINES);
        Body.Sale wanted = fund.three.sale(LINES, null, null);
        byte[] intent = etal.protocol.ledger.Intent.hash(
                3, 1, wanted.sale(), wanted.seller(), rules, LINES, wanted.detailsHash(), new Deltas(-1_000, 0, 0));
        CardProof proof = card.debit(3, 1, wanted.sale(), new Deltas(-1_000, 0, 0), intent, 1_743_600_000);
        fund.three.append(
                new Body.Sale(wanted.sale(), wanted.seller(), rules, LINES, wanted.detailsHash(), proof, null));
        fund.deliver(fund.three.batch());
    }

    private static void sold(TestFund fund, Body.Sale sale, CardProof proof) {
        fund.three.append(new Body.Sale(
                Math.max(1, sale.sale()), sale.seller(), sale.scheme(), sale.lines(), sale.detailsHash(), proof, null));
        fund.deliver(fund.three.batch());
    }

    private static CardProof proof(Body.Sale sale) {
        return java.util.Objects.requireNonNull(sale.card());
    }
}
