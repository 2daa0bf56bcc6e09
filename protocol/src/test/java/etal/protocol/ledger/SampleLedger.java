package etal.protocol.ledger;

import etal.protocol.TestKeys;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.Body.Closing.Undone;
import etal.protocol.sync.Checkpoint;
import etal.protocol.trust.TestCertificates;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;

/** The ledger of a small market day, with an entry of every kind; the same bytes each time. */
public final class SampleLedger {
    public static final long TERMINAL = 3;
    public static final long EPOCH = 1;
    public static final byte[] KID = Hash.sha256(TestCertificates.TERMINAL);
    public static final SchemeRef SCHEME = new SchemeRef("dieulefit", 1);
    public static final String SELLER = "123456782";
    public static final List<FundedLine> LINES = List.of(
            new FundedLine("légumes", 1_250, 400, 55, 100), new FundedLine("fromage de chèvre", 2, 700, 55, 50));
    public static final List<FundedLine> LABELLED =
            List.of(new FundedLine("légumes", 1_250, 400, 55, 100, List.of("local", "bio")), LINES.getLast());
    public static final PriceChosen ACCESSIBLE = new PriceChosen("accessible", 2_000, 1_300);
    public static final byte[] DETAILS_HASH = hash("salt and details");
    public static final Deltas DELTAS = new Deltas(-750, 0, 0);
    private static final long TUESDAY_MILLIS = 1_743_588_000_000L;

    private final List<SignedEntry> entries = new ArrayList<>();

    private SampleLedger() {}

    /** The signed entries, chained. */
    public static List<SignedEntry> entries() {
        SampleLedger ledger = new SampleLedger();
        for (Body body : bodies()) ledger.add(body);
        return ledger.entries;
    }

    private void add(Body body) {
        byte[] previous = entries.isEmpty() ? new byte[32] : entries.getLast().hash();
        long number = entries.size() + 1L;
        Entry entry = new Entry(TERMINAL, EPOCH, number, previous, TUESDAY_MILLIS + number * 1_000, number > 2, body);
        entries.add(SignedEntry.sign(entry, KID, TestKeys.signer("t3-e1")));
    }

    /** A body of every kind, and of kinds with optional parts one with and one without. */
    public static List<Body> bodies() {
        byte[] sealed = sealed();
        List<byte[]> chain = List.of(KID, Hash.sha256(TestCertificates.TERMINAL_CA));
        return List.of(
                new Body.Genesis(1, chain, SELLER, "0.1.0", null),
                new Body.CheckpointReceived(checkpoint()),
                new Body.RulesApplied("dieulefit", 1, hash("scheme"), hash("catalogue")),
                new Body.Sale(1, SELLER, SCHEME, LINES, DETAILS_HASH, proof(1), sealed),
                new Body.Sale(2, SELLER, SCHEME, List.of(), hash("cash only"), null, null),
                new Body.InDoubt(3, cardId(), 7, DELTAS, intentHash(3), hash("half an answer")),
                new Body.RefundRequest(3, proof(3)),
                new Body.InDoubt(4, cardId(), 8, DELTAS, intentHash(4), null),
                new Body.Abandoned(4, Body.Abandoned.NOT_DEBITED),
                new Body.RecordCarried(proof(5), null),
                new Body.RecordCarried(null, sealed),
                new Body.TechnicalEvent(Body.TechnicalEvent.STARTED_AFTER_POWER_CUT, null),
                new Body.TechnicalEvent(Body.TechnicalEvent.PRINTER_LOST, "plus de papier"),
                new Body.ClockAdjusted(TUESDAY_MILLIS, TUESDAY_MILLIS + 5_000),
                new Body.Closing(Body.Closing.DAY, "2025-04-02", 2, 750, 750, hash("totals")),
                new Body.Closing(Body.Closing.MONTH, "2025-04", 2, 750, 750, hash("totals")),
                new Body.Closing(Body.Closing.YEAR, "2025", 2, 750, 750, hash("totals")),
                new Body.Genesis(1, chain, SELLER, "0.1.0", new Succession(0, 41, hash("head"))),
                // Last, because what stands before them was signed before lines bore labels and prices were chosen.
                new Body.Sale(6, SELLER, SCHEME, LABELLED, DETAILS_HASH, proof(6, LABELLED), null, null),
                new Body.Sale(7, SELLER, SCHEME, List.of(), hash("cash only"), null, null, ACCESSIBLE),
                new Body.InDoubt(1, cardId(), 13, DELTAS.negated(), cancelHash(), null, true),
                new Body.Abandoned(1, Body.Abandoned.OTHER_RECORD, true),
                new Body.Cancellation(
                        1, saleHash(), Body.Cancellation.RUNG_UP_WRONGLY, DETAILS_HASH, cancelProof(), sealed),
                new Body.Cancellation(2, hash("sale 2"), Body.Cancellation.OTHER, hash("cash back"), null, null),
                new Body.Closing(
                        Body.Closing.DAY, "2025-04-03", 2, 750, 1_500, hash("totals"), new Undone(2, 750, 750)),
                new Body.Sale(8, SELLER, SCHEME, LINES, DETAILS_HASH, proof(8), null, null, 750L),
                new Body.TechnicalEvent(Body.TechnicalEvent.TRAINING_BEGUN, null),
                new Body.TrainingSale(1, 1_500, 750, hash("practised")),
                new Body.TrainingSale(2, 0, 0, hash("nothing practised")),
                new Body.TechnicalEvent(Body.TechnicalEvent.TRAINING_ENDED, null));
    }

    /** The file of this ledger. */
    public static LedgerFile file() {
        List<byte[]> bytes = entries().stream().map(SignedEntry::bytes).toList();
        List<byte[]> certificates = List.of(
                TestCertificates.TERMINAL,
                TestCertificates.TERMINAL_CA,
                TestCertificates.HUB_ACK,
                TestCertificates.SERVICE_CA);
        return new LedgerFile(certificates, List.of(checkpoint()), bytes);
    }

    /** The intent of sale {@code sale}. */
    public static byte[] intentHash(long sale) {
        return intentHash(sale, LINES);
    }

    private static byte[] intentHash(long sale, List<FundedLine> lines) {
        return Intent.hash(TERMINAL, EPOCH, sale, SELLER, SCHEME, lines, DETAILS_HASH, DELTAS);
    }

    /** The intent of the cancellation of sale 1. */
    static byte[] cancelHash() {
        return Intent.cancelling(
                TERMINAL, EPOCH, 1, saleHash(), Body.Cancellation.RUNG_UP_WRONGLY, DETAILS_HASH, DELTAS.negated());
    }

    static byte[] saleHash() {
        return hash("the entry of sale 1");
    }

    static byte[] cardId() {
        return new byte[] {0, 0, 0, 0, 0, 0, 0, 9};
    }

    private static CardProof proof(long sale) {
        return proof(sale, LINES);
    }

    private static CardProof proof(long sale, List<FundedLine> lines) {
        return signed(record(CardRecord.Tag.DEBIT, 7 + sale, sale, DELTAS, intentHash(sale, lines)));
    }

    private static CardProof cancelProof() {
        return signed(record(CardRecord.Tag.CANCEL, 14, 1, DELTAS.negated(), cancelHash()));
    }

    private static CardRecord record(CardRecord.Tag tag, long counter, long sale, Deltas deltas, byte[] intentHash) {
        Balances after = new Balances(tag == CardRecord.Tag.DEBIT ? 9_250 : 10_000, 0, 0);
        return new CardRecord(
                tag, counter, TERMINAL, EPOCH, sale, deltas, after, 63, TUESDAY_MILLIS / 1_000, intentHash);
    }

    private static CardProof signed(CardRecord record) {
        byte[] key = P256.compress(TestKeys.publicKey("card 9"));
        CardCertificate certificate = CardCertificate.sign(1, 1, cardId(), key, 99, 0, TestKeys.signer("card CA 1"));
        byte[] signature = TestKeys.signer("card 9").apply(record.encode());
        return new CardProof(certificate.encode(), record.encode(), signature);
    }

    private static byte[] checkpoint() {
        Checkpoint checkpoint = new Checkpoint(TERMINAL, EPOCH, 1, hash("entry 1"), TUESDAY_MILLIS, 1);
        return Checkpoint.sign(checkpoint, Hash.sha256(TestCertificates.HUB_ACK), TestKeys.signer("hub ack"));
    }

    private static byte[] sealed() {
        byte[] kid = Hash.sha256(TestCertificates.HUB_SEAL);
        return Sealed.seal(proof(0).encode(), TestKeys.publicKey("hub seal"), kid, TestKeys.stream("entropy"));
    }

    private static byte[] hash(String text) {
        return Hash.sha256(text.getBytes(StandardCharsets.UTF_8));
    }
}
