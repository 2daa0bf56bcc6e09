package etal.fsck;

import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Closing.Undone;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.LedgerFile;
import etal.protocol.ledger.ReceiptCode;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Checkpoint;
import java.util.ArrayList;
import java.util.List;

/** A ledger for tests, written with the programs' own code; tests reach into its lists to damage it. */
final class TestLedger {
    static final String SELLER = "123456789";
    static final SchemeRef SCHEME = new SchemeRef("dieulefit", 1);

    final TestFund fund;
    final TestFund.Identity key;
    final long terminal;
    final long epoch;
    final List<byte[]> certificates = new ArrayList<>();
    final List<byte[]> checkpoints = new ArrayList<>();
    final List<byte[]> entries = new ArrayList<>();
    private long sales;
    private long salesSinceClosing;
    private long cardSinceClosing;
    private long cardEver;
    private long cancelledSinceClosing;
    private long backSinceClosing;
    private long backEver;

    TestLedger(TestFund fund, long terminal, long epoch) {
        this.fund = fund;
        this.terminal = terminal;
        this.epoch = epoch;
        this.key = fund.terminal(terminal, epoch);
        certificates.addAll(List.of(key.der(), fund.terminals.der(), fund.acknowledging.der(), fund.services.der()));
    }

    /** A whole small day: load, sale by card, sale without, acknowledgement, closing. */
    static TestLedger smallDay(TestFund fund) {
        TestLedger ledger = new TestLedger(fund, 3, 1);
        TestCard card = new TestCard(fund.cards, 77);
        ledger.genesis();
        ledger.add(new Body.RulesApplied("dieulefit", 1, new byte[32], new byte[32]));
        ledger.add(new Body.RecordCarried(card.load(3, 1, 15_000), nothing()));
        ledger.sale(card, 450);
        ledger.checkpoint(4);
        ledger.add(new Body.CheckpointReceived(ledger.checkpoints.getFirst()));
        ledger.cashSale();
        ledger.sale(card, 1_200);
        ledger.checkpoint(6);
        ledger.closing();
        ledger.add(new Body.TechnicalEvent(Body.TechnicalEvent.STOPPED, "fin de marché"));
        return ledger;
    }

    void genesis() {
        add(new Body.Genesis(
                1, List.of(Hash.sha256(key.der()), Hash.sha256(fund.terminals.der())), SELLER, "0.1.0", null));
    }

    long sale(TestCard card, long cents) {
        long sale = ++sales;
        salesSinceClosing++;
        cardSinceClosing += cents;
        cardEver += cents;
        List<FundedLine> lines = List.of(new FundedLine("fromage", 2, cents, 55, 100));
        add(new Body.Sale(sale, SELLER, SCHEME, lines, new byte[32], pay(card, sale, lines, cents), nothing()));
        return sale;
    }

    CardProof pay(TestCard card, long sale, List<FundedLine> lines, long cents) {
        Deltas deltas = new Deltas(-cents, 0, 0);
        byte[] intent = Intent.hash(terminal, epoch, sale, SELLER, SCHEME, lines, new byte[32], deltas);
        return card.debit(terminal, epoch, sale, deltas, intent);
    }

    /** Cancels a sale that stands in entry {@code entry}; the card gives back {@code cents}. */
    void cancel(TestCard card, long sale, int entry, long cents) {
        byte[] saleHash = Hash.sha256(entries.get(entry - 1));
        cancelledSinceClosing++;
        backSinceClosing += cents;
        backEver += cents;
        add(cancellation(card, sale, saleHash, new Deltas(cents, 0, 0)));
    }

    Body.Cancellation cancellation(TestCard card, long sale, byte[] saleHash, Deltas deltas) {
        int reason = Body.Cancellation.GOODS_RETURNED;
        byte[] intent = Intent.cancelling(terminal, epoch, sale, saleHash, reason, new byte[32], deltas);
        CardProof proof = card.record(CardRecord.Tag.CANCEL, terminal, epoch, sale, deltas, intent);
        return new Body.Cancellation(sale, saleHash, reason, new byte[32], proof, nothing());
    }

    void cancelCash(long sale, int entry) {
        cancelledSinceClosing++;
        add(new Body.Cancellation(
                sale, Hash.sha256(entries.get(entry - 1)), Body.Cancellation.OTHER, new byte[32], null, nothing()));
    }

    void cashSale() {
        salesSinceClosing++;
        add(new Body.Sale(++sales, SELLER, SCHEME, List.of(), new byte[32], null, nothing()));
    }

    void closing() {
        add(new Body.Closing(
                Body.Closing.DAY,
                "2025-04-02",
                salesSinceClosing,
                cardSinceClosing,
                cardEver,
                new byte[32],
                new Undone(cancelledSinceClosing, backSinceClosing, backEver)));
        salesSinceClosing = 0;
        cardSinceClosing = 0;
        cancelledSinceClosing = 0;
        backSinceClosing = 0;
    }

    void add(Body body) {
        add(body, key);
    }

    void add(Body body, TestFund.Identity signer) {
        byte[] previous = entries.isEmpty() ? new byte[32] : Hash.sha256(entries.getLast());
        long number = entries.size() + 1L;
        Entry entry = new Entry(terminal, epoch, number, previous, 1_743_580_800_000L + number, true, body);
        entries.add(SignedEntry.sign(entry, signer.kid(), signer::sign).bytes());
    }

    void checkpoint(int number) {
        checkpoints.add(checkpointBy(fund.acknowledging, number));
    }

    byte[] checkpointBy(TestFund.Identity signer, int number) {
        return checkpointBy(signer, number, 1);
    }

    byte[] checkpointBy(TestFund.Identity signer, int number, long generation) {
        Checkpoint checkpoint = new Checkpoint(
                terminal, epoch, number, Hash.sha256(entries.get(number - 1)), 1_743_580_900_000L, generation);
        return Checkpoint.sign(checkpoint, signer.kid(), signer::sign);
    }

    String receipt(int number) throws Exception {
        return new ReceiptCode(
                        new etal.protocol.ledger.LedgerId(terminal, epoch),
                        number,
                        Hash.sha256(entries.get(number - 1)))
                .text();
    }

    byte[] bytes() {
        return new LedgerFile(certificates, checkpoints, entries).encode();
    }

    /** NullAway does not see from another module that an array in a record may be null. */
    @SuppressWarnings("NullAway")
    static byte[] nothing() {
        return null;
    }
}
