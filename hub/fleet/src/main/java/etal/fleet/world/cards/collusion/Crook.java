package etal.fleet.world.cards.collusion;

import etal.fleet.auditor.Reckoning;
import etal.fleet.auditor.Rules;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.protocol.card.Answers;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.StatusWord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.Intent;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.Batch;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * A producer with a terminal's keys and no till: every entry is written by hand, and members who collude lay their cards down.
 * Not thread-safe.
 */
public final class Crook {
    private static final byte[] NOTHING = Hash.sha256(new byte[] {1});

    private final MadeTerminal terminal;
    private final Voted voted;
    private final String seller;
    private final List<byte[]> chain = new ArrayList<>();
    private final List<byte[]> beside = new ArrayList<>();
    private final List<String> mustLie = new ArrayList<>();
    private boolean ownRules;
    private byte[] head = new byte[32];
    private long sales;
    private final List<Long> honest = new ArrayList<>();
    private @Nullable Paid paid;

    /** A sale as it should be, its record, and its entry's hash. */
    private record Paid(Body.Sale sale, CardProof proof, byte[] hash) {}

    /** The rules that hold, as the producer knows them too. */
    public record Voted(long fund, SchemeRef scheme, Rules rules, FundedLine line, long chosen) {}

    /** A card that lies on the producer's own reader. */
    public record Laid(CardCertificate certificate, UnaryOperator<byte[]> chip) {}

    /** A producer who begins a ledger. */
    public Crook(MadeTerminal terminal, Voted voted, String seller, long nowMillis) {
        this.terminal = terminal;
        this.voted = voted;
        this.seller = seller;
        List<byte[]> hashes =
                terminal.identity().chain().stream().map(Hash::sha256).toList();
        write(new Body.Genesis(voted.fund(), hashes, seller, "own make", null), nowMillis);
    }

    /** The number of the terminal. */
    public long number() {
        return terminal.identity().id().terminal();
    }

    /** The numbers of the sales that are as they should be. */
    public List<Long> honest() {
        return List.copyOf(honest);
    }

    /** Why what was tried so far must lie in quarantine. */
    public List<String> mustLie() {
        return List.copyOf(mustLie);
    }

    /** The ledger as it is sent to the hub. */
    public byte[] ledger() {
        LedgerId id = terminal.identity().id();
        return new Batch(id.terminal(), id.epoch(), terminal.identity().chain(), chain).encode();
    }

    /** What stands beside it; whatever the hub hears first of a fork is the ledger to it. */
    public List<byte[]> beside() {
        LedgerId id = terminal.identity().id();
        var messages = new ArrayList<byte[]>();
        for (byte[] one : beside) {
            messages.add(
                    new Batch(id.terminal(), id.epoch(), terminal.identity().chain(), List.of(one)).encode());
        }
        return messages;
    }

    /** Tries it with a card; false when there is nothing to try it with. */
    public boolean attempt(Trick trick, Laid laid, long nowMillis) throws Malformed {
        boolean tried = trick.debits() ? withDebit(trick, laid, nowMillis) : without(trick, nowMillis);
        if (tried) {
            boolean old = ownRules && trick.looksAtRules();
            (old ? Optional.of("old-rules") : trick.reason()).ifPresent(mustLie::add);
            ownRules |= trick == Trick.OWN_RULES;
        }
        return tried;
    }

    private boolean withDebit(Trick trick, Laid laid, long nowMillis) throws Malformed {
        SchemeRef scheme =
                trick == Trick.OWN_RULES ? new SchemeRef(voted.scheme().id(), 999) : voted.scheme();
        long sale = ++sales;
        byte[] details = Hash.sha256(new byte[] {(byte) sale});
        CardProof proof = debit(laid, sale, scheme, details, trick == Trick.MORE_THAN_THE_RULES ? 1 : 0, nowMillis);
        if (proof == null) {
            return false;
        }
        FundedLine line = voted.line();
        FundedLine dearer = new FundedLine(
                line.family(), line.quantity(), line.priceCents() + 1, line.vatPermille(), line.coveragePercent());
        var body = new Body.Sale(
                sale, seller, scheme, List.of(trick == Trick.DEARER_LINES ? dearer : line), details, proof, null);
        byte[] hash = write(body, nowMillis);
        if (trick == Trick.HONEST && !ownRules) {
            paid = new Paid(body, proof, hash);
            honest.add(sale);
        }
        return true;
    }

    private boolean without(Trick trick, long nowMillis) {
        Paid before = paid;
        if (before == null) {
            return false;
        }
        switch (trick) {
            case NO_RECORD -> write(sale(++sales, null), nowMillis);
            case FORGED_RECORD -> write(sale(++sales, forged(before.proof())), nowMillis);
            case RECORD_TWICE -> write(before.sale(), nowMillis + 1);
            case OTHER_SALES_RECORD -> write(sale(++sales, before.proof()), nowMillis);
            case CANCELLED_NOTHING -> write(cancelled(before, NOTHING), nowMillis);
            case CANCELLED_WITHOUT_CARD -> write(cancelled(before, before.hash()), nowMillis);
            case FORK ->
                beside.add(signed(chain.size(), previous(), sale(++sales, null), nowMillis, own(), signer())
                        .bytes());
            case REWRITTEN_TAIL -> rewrite(nowMillis);
            case OTHER_KEY ->
                beside.add(signed(
                                chain.size(),
                                previous(),
                                sale(++sales, null),
                                nowMillis + 7,
                                own(),
                                message -> new byte[64])
                        .bytes());
            case NEIGHBOURS_LEDGER ->
                beside.add(signed(chain.size() + 1L, head, sale(++sales, null), nowMillis, new LedgerId(1, 1), signer())
                        .bytes());
            default -> beside.add(new byte[] {(byte) 0xA0, (byte) beside.size()});
        }
        return true;
    }

    private static Body.Cancellation cancelled(Paid before, byte[] saleHash) {
        return new Body.Cancellation(before.sale().sale(), saleHash, Body.Cancellation.OTHER, NOTHING, null, null);
    }

    /** The last two entries once more, otherwise. */
    private void rewrite(long nowMillis) {
        long number = chain.size() - 1L;
        byte[] before = number < 2 ? new byte[32] : Hash.sha256(chain.get((int) number - 2));
        SignedEntry first = signed(number, before, sale(++sales, null), nowMillis, own(), signer());
        SignedEntry second = signed(number + 1, first.hash(), sale(++sales, null), nowMillis, own(), signer());
        beside.add(first.bytes());
        beside.add(second.bytes());
    }

    private byte[] previous() {
        return chain.size() < 2 ? new byte[32] : Hash.sha256(chain.get(chain.size() - 2));
    }

    private Body.Sale sale(long number, @Nullable CardProof proof) {
        return new Body.Sale(
                number, seller, voted.scheme(), List.of(voted.line()), Hash.sha256(new byte[] {9}), proof, null);
    }

    /** The next record of the card, of the producer's own making. */
    private CardProof forged(CardProof proof) {
        byte[] record = proof.record().clone();
        // The counter's last byte, beyond anything that the card has signed yet.
        record[5] = (byte) (record[5] + 100);
        return new CardProof(proof.certificate(), record, signer().apply(record));
    }

    private LedgerId own() {
        return terminal.identity().id();
    }

    private UnaryOperator<byte[]> signer() {
        return terminal.identity().signer()::sign;
    }

    private byte[] write(Body body, long nowMillis) {
        SignedEntry entry = signed(chain.size() + 1L, head, body, nowMillis, own(), signer());
        chain.add(entry.bytes());
        head = entry.hash();
        return head;
    }

    private SignedEntry signed(
            long number, byte[] previous, Body body, long millis, LedgerId id, UnaryOperator<byte[]> signer) {
        var entry = new Entry(id.terminal(), id.epoch(), number, previous, millis, true, body);
        return SignedEntry.sign(entry, terminal.identity().kid(), signer);
    }

    /** Lets the card pay what the rules give, and so many cents more. */
    private @Nullable CardProof debit(
            Laid laid, long sale, SchemeRef scheme, byte[] details, long moreCents, long nowMillis) throws Malformed {
        LedgerId id = own();
        CardCertificate certificate = laid.certificate();
        PairwiseKey key = PairwiseKey.derive(
                terminal.agreementScalar(), certificate.publicKey33(), certificate.cardId(), id.terminal(), id.epoch());
        byte[] challenge = Answers.select(laid.chip().apply(Commands.select())).challenge();
        byte[] state = laid.chip().apply(Commands.state(id.terminal(), id.epoch()));
        if (Answers.statusWord(state) == StatusWord.UNKNOWN_TERMINAL) {
            byte[] unused = laid.chip().apply(Commands.introduce(key, challenge, terminal.introduction()));
            state = laid.chip().apply(Commands.state(id.terminal(), id.epoch()));
        }
        CardRecord newest = Answers.state(key, challenge, state).newest();
        Deltas deltas = asked(newest.after(), moreCents);
        if (newest.tag() == CardRecord.Tag.BLOCKED || deltas.allocation() >= 0) {
            return null;
        }
        byte[] intent =
                Intent.hash(id.terminal(), id.epoch(), sale, seller, scheme, List.of(voted.line()), details, deltas);
        var debit = new Commands.Debit(
                id.terminal(), id.epoch(), sale, newest.counter(), deltas, intent, nowMillis / 1_000);
        byte[] answer = laid.chip().apply(Commands.debit(key, challenge, debit));
        if (Answers.statusWord(answer) != StatusWord.DONE) {
            return null;
        }
        Answers.DebitAnswer paid = Answers.debit(answer);
        return new CardProof(certificate.encode(), paid.record(debit).encode(), paid.signature());
    }

    private Deltas asked(Balances held, long moreCents) {
        Reckoning.Shares shares = Reckoning.of(
                voted.rules(),
                number(),
                voted.chosen(),
                List.of(new Reckoning.Line(
                        voted.line().family(),
                        List.of(),
                        voted.line().priceCents(),
                        voted.line().coveragePercent())),
                new Reckoning.Purses(held.allocation(), held.bonus(), held.earnable()));
        long allocation = Math.min(held.allocation(), shares.fromAllocation() + moreCents);
        boolean more = allocation > shares.fromAllocation();
        return moreCents > 0 && !more
                ? Deltas.NONE
                : new Deltas(-allocation, shares.earned() - shares.fromBonus(), -shares.earned());
    }
}
