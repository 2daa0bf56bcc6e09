package etal.fleet.world.forger;

import etal.fleet.world.sim.fund.MadeTerminal;
import etal.port.StorageFailed;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/** A terminal's signing key in the hand of its dishonest owner: entries that its till has never written. */
final class Pen {
    static final FundedLine SALAD = new FundedLine("legumes", 2, 300, 55, 70);
    private static final byte[] DETAILS = new byte[32];

    private final SmallMarket market;
    private final MadeTerminal terminal;
    private long number;
    private byte[] head;

    /** Writes on behind what the till has written. */
    Pen(SmallMarket market) {
        this(market, market.fund().till());
    }

    Pen(SmallMarket market, MadeTerminal terminal) {
        this.market = market;
        this.terminal = terminal;
        number = market.till().ledger().head().number();
        head = market.till().ledger().head().hash();
    }

    SignedEntry write(Body body) {
        return write(head, body);
    }

    SignedEntry write(byte[] previous, Body body) {
        return write(previous, body, market.clock().now().toEpochMilli());
    }

    /** Says that it was written so long ago. */
    SignedEntry dated(Body body, Duration ago) {
        return write(head, body, market.clock().now().minus(ago).toEpochMilli());
    }

    private SignedEntry write(byte[] previous, Body body, long nowMillis) {
        number++;
        var entry = new Entry(1, 1, number, previous, nowMillis, true, body);
        var identity = terminal.identity();
        SignedEntry signed = SignedEntry.sign(entry, identity.kid(), identity.signer()::sign);
        head = signed.hash();
        return signed;
    }

    /** Puts entries before the hub as the till would. */
    void post(SignedEntry... entries) {
        var bytes = new ArrayList<byte[]>();
        for (SignedEntry entry : entries) {
            bytes.add(entry.bytes());
        }
        post(bytes);
    }

    void post(List<byte[]> entries) {
        market.toHub(new Batch(1, 1, terminal.identity().chain(), entries).encode());
    }

    SchemeRef rules() {
        var scheme = market.fund().fund().scheme();
        return new SchemeRef(scheme.id(), scheme.version());
    }

    static byte[] intent(long sale, SchemeRef rules, List<FundedLine> lines, Deltas deltas) {
        return Intent.hash(1, 1, sale, SmallMarket.SIREN, rules, lines, DETAILS, deltas);
    }

    Body.Sale sale(long sale, List<FundedLine> lines, CardProof proof) {
        return sale(sale, rules(), lines, proof);
    }

    /** NullAway does not see a nullable array through a class file; likewise below. */
    @SuppressWarnings("NullAway")
    static Body.Sale sale(long sale, SchemeRef rules, List<FundedLine> lines, CardProof proof) {
        return new Body.Sale(sale, SmallMarket.SIREN, rules, lines, DETAILS, proof, null);
    }

    @SuppressWarnings("NullAway")
    static Body doubt(long sale, byte[] card, long counter, Deltas deltas, byte[] intent) {
        return new Body.InDoubt(sale, card, counter, deltas, intent, null);
    }

    @SuppressWarnings("NullAway")
    static Body carried(CardProof proof) {
        return new Body.RecordCarried(proof, null);
    }

    /** The member's card pays at the terminal so much for these lines, whatever the rules say; what the card signed. */
    CardProof paid(Hand hand, long sale, List<FundedLine> lines, Deltas deltas) throws Malformed {
        long counter = hand.look().newest().counter();
        hand.word(hand.debitCommand(sale, counter, deltas, intent(sale, rules(), lines, deltas)));
        return hand.proof(counter + 1);
    }

    Hand hand() throws Malformed {
        return new Hand(terminal, market.card(), market.fund().card().certificate());
    }

    /** What the member's account and the stall's hold in the books. */
    static List<String> stallsMoney(SmallMarket market) throws StorageFailed {
        return market.rows("SELECT third, SUM(credit_cents - debit_cents) FROM posting WHERE account = '4673'"
                + " GROUP BY third ORDER BY third");
    }
}
