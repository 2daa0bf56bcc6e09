package etal.hub.world;

import etal.fake.SeededEntropy;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Body.Closing.Undone;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.ledger.Succession;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.PointOfSale;
import etal.protocol.split.Split;
import etal.protocol.sync.Batch;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A terminal that writes its ledger as a stall does, and anything else a test asks for. */
public final class TestTerminal {
    private final TestAuthority authority;
    private final TestAuthority.Leaf leaf;
    private final SeededEntropy entropy;
    private final Scheme scheme;
    private final long terminal;
    private final long epoch;
    private final String seller;
    private final List<SignedEntry> entries = new ArrayList<>();
    private long timeMillis;
    private long sales;
    private long cardCents;
    private long salesSinceClosing;
    private long cardCentsSinceClosing;
    private long cancelledSinceClosing;
    private long backSinceClosing;
    private long backCents;

    /** Terminal {@code terminal} in its first epoch, with a genesis as its only entry. */
    public TestTerminal(TestAuthority authority, long terminal, Scheme scheme, Instant start) {
        this(authority, terminal, 1, null, scheme, start);
    }

    /** A terminal in any epoch, with a genesis as its only entry that names what was known of the one before. */
    public TestTerminal(
            TestAuthority authority,
            long terminal,
            long epoch,
            @Nullable Succession before,
            Scheme scheme,
            Instant start) {
        this.authority = authority;
        this.scheme = scheme;
        this.terminal = terminal;
        this.epoch = epoch;
        leaf = authority.terminal(terminal, epoch);
        entropy = new SeededEntropy(terminal).fork("terminal");
        seller = TestFund.siren(terminal);
        timeMillis = start.toEpochMilli();
        append(new Body.Genesis(1, leaf.chain().stream().map(Hash::sha256).toList(), seller, "test", before));
    }

    /** Appends an entry, a second after the one before. */
    public SignedEntry append(Body body) {
        timeMillis += 1_000;
        return appendAt(timeMillis, body);
    }

    /** Time passes without an entry. */
    public void pass(Duration duration) {
        timeMillis += duration.toMillis();
    }

    /** Appends an entry with a time of its own. */
    public SignedEntry appendAt(long atMillis, Body body) {
        byte[] previous = entries.isEmpty() ? new byte[32] : entries.getLast().hash();
        Entry entry = new Entry(terminal, epoch, entries.size() + 1L, previous, atMillis, true, body);
        SignedEntry signed = sign(entry);
        entries.add(signed);
        return signed;
    }

    /** Signs an entry without appending it. */
    public SignedEntry sign(Entry entry) {
        return SignedEntry.sign(entry, leaf.kid(), message -> P256.sign(leaf.scalar(), message));
    }

    /** Takes back the last entry, as a terminal restored from a backup would. */
    public void forget() {
        entries.removeLast();
    }

    /** A sale of these lines, as much by card as the rules and the purses give; carries the card's record before. */
    public SignedEntry sell(TestCard card, FundedLine... lines) {
        return append(saleBy(card, List.of(lines)));
    }

    /** What {@link #sell} appends. */
    public Body.Sale saleBy(TestCard card, List<FundedLine> lines) {
        long carried = card.counter();
        byte[] before = carried == 0 ? null : seal(card.proof(carried));
        Deltas deltas = Split.split(lines, scheme, new PointOfSale(terminal, seller), card.state())
                .deltas();
        CardProof proof = debit(card, lines, deltas);
        return sale(lines, proof, before);
    }

    /** The card pays these amounts for these lines; nothing is appended. */
    public CardProof debit(TestCard card, List<FundedLine> lines, Deltas deltas) {
        sales++;
        byte[] intent = Intent.hash(terminal, epoch, sales, seller, ref(), lines, details(), deltas);
        return card.debit(terminal, epoch, sales, deltas, intent, timeMillis / 1_000 + 1);
    }

    /** A sale with the newest number, counted in the next closing. */
    public Body.Sale sale(List<FundedLine> lines, @Nullable CardProof proof, byte @Nullable [] before) {
        salesSinceClosing++;
        if (proof != null) {
            Deltas deltas = record(proof).deltas();
            long paid = -deltas.allocation() - deltas.bonus() - deltas.earnable();
            cardCents += paid;
            cardCentsSinceClosing += paid;
        }
        return new Body.Sale(sales, seller, ref(), lines, details(), proof, before);
    }

    /** Undoes the sale of that entry, with its card; null for a sale without card. */
    public SignedEntry cancel(SignedEntry sold, @Nullable TestCard card) {
        return append(cancellation(sold, card));
    }

    /** What {@link #cancel} appends: the card gives back what it paid. */
    public Body.Cancellation cancellation(SignedEntry sold, @Nullable TestCard card) {
        Body.Sale sale = (Body.Sale) sold.entry().body();
        CardProof paid = sale.card();
        Deltas back = paid == null ? Deltas.NONE : record(paid).deltas().negated();
        CardProof proof = card == null ? null : takeBack(card, sold, back);
        return cancelled(sold, proof);
    }

    /** The card takes these amounts back of that sale; nothing is appended. */
    public CardProof takeBack(TestCard card, SignedEntry sold, Deltas back) {
        byte[] intent = Intent.cancelling(
                terminal, epoch, sale(sold), sold.hash(), Body.Cancellation.GOODS_RETURNED, cancelDetails(sold), back);
        return card.cancel(terminal, epoch, sale(sold), back, intent, timeMillis / 1_000 + 1);
    }

    /** The cancellation of that sale around a card's record, counted in the next closing. */
    public Body.Cancellation cancelled(SignedEntry sold, @Nullable CardProof proof) {
        cancelledSinceClosing++;
        if (proof != null) {
            Deltas deltas = record(proof).deltas();
            long back = deltas.allocation() + deltas.bonus() + deltas.earnable();
            backSinceClosing += back;
            backCents += back;
        }
        return new Body.Cancellation(
                sale(sold), sold.hash(), Body.Cancellation.GOODS_RETURNED, cancelDetails(sold), proof, null);
    }

    private static long sale(SignedEntry sold) {
        return ((Body.Sale) sold.entry().body()).sale();
    }

    private static byte[] cancelDetails(SignedEntry sold) {
        return Hash.sha256("given back".getBytes(java.nio.charset.StandardCharsets.UTF_8), sold.hash());
    }

    /** A sale without card. */
    public SignedEntry sellForCash(FundedLine... lines) {
        sales++;
        return append(sale(List.of(lines), null, null));
    }

    /** A sale without card at a price that the buyer chose. */
    public SignedEntry sellAt(PriceChosen price) {
        sales++;
        Body.Sale plain = sale(List.of(), null, null);
        return append(chosen(plain, price));
    }

    /** A sale by card at a price that the buyer chose; the lines are at the prices asked. */
    public SignedEntry sellAt(PriceChosen price, TestCard card, FundedLine... lines) {
        return append(chosen(saleBy(card, List.of(lines)), price));
    }

    private static Body.Sale chosen(Body.Sale sale, PriceChosen price) {
        return new Body.Sale(
                sale.sale(),
                sale.seller(),
                sale.scheme(),
                sale.lines(),
                sale.detailsHash(),
                sale.card(),
                sale.before(),
                price);
    }

    /** The month is loaded here. */
    public SignedEntry load(TestCard card, etal.protocol.card.PeriodToken token) {
        return append(new Body.RecordCarried(card.load(token, terminal, epoch, timeMillis / 1_000 + 1), null));
    }

    /** The card takes an order here. */
    public SignedEntry take(TestCard card, CardOrder order) {
        return append(new Body.RecordCarried(card.take(order, terminal, epoch, timeMillis / 1_000 + 1), null));
    }

    /** The day is closed with its true totals. */
    public SignedEntry close(String day) {
        SignedEntry closing = append(new Body.Closing(
                Body.Closing.DAY,
                day,
                salesSinceClosing,
                cardCentsSinceClosing,
                cardCents,
                new byte[32],
                new Undone(cancelledSinceClosing, backSinceClosing, backCents)));
        cancelledSinceClosing = 0;
        backSinceClosing = 0;
        salesSinceClosing = 0;
        cardCentsSinceClosing = 0;
        return closing;
    }

    /** A record sealed to the hub. */
    public byte[] seal(CardProof proof) {
        TestAuthority.Leaf hub = authority.service(Role.HUB_SEAL);
        return Sealed.seal(proof.encode(), hub.publicKey(), hub.kid(), entropy::fill);
    }

    /** A batch of the entries numbered {@code from} to {@code to}, both included. */
    public byte[] batch(long from, long to) {
        return batch(entries.subList((int) from - 1, (int) to).stream()
                .map(SignedEntry::bytes)
                .toList());
    }

    /** A batch of all entries. */
    public byte[] batch() {
        return batch(1, entries.size());
    }

    /** A batch of any entries. */
    public byte[] batch(List<byte[]> bytes) {
        return new Batch(terminal, epoch, leaf.chain(), bytes).encode();
    }

    /** How many entries there are. */
    public long head() {
        return entries.size();
    }

    /** An entry, counted from 1. */
    public SignedEntry entry(long number) {
        return entries.get((int) number - 1);
    }

    /** Its certificate and key. */
    public TestAuthority.Leaf leaf() {
        return leaf;
    }

    /** The number of its last sale. */
    public long lastSale() {
        return sales;
    }

    /** The time of its last entry, milliseconds since 1970. */
    public long timeMillis() {
        return timeMillis;
    }

    private SchemeRef ref() {
        return new SchemeRef(scheme.id(), scheme.version());
    }

    private byte[] details() {
        return Hash.sha256(("details of " + terminal + " " + sales).getBytes(java.nio.charset.StandardCharsets.UTF_8));
    }

    private static CardRecord record(CardProof proof) {
        try {
            return CardRecord.decode(proof.record());
        } catch (Malformed e) {
            throw new AssertionError(e);
        }
    }
}
