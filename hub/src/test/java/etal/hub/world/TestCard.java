package etal.hub.world;

import etal.fake.SeededEntropy;
import etal.hub.members.Member;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.MonthLoad;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.P256;
import etal.protocol.ledger.CardProof;
import etal.protocol.split.CardState;
import etal.testkit.TestAuthority;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** A card as the applet behaves when nothing goes wrong, its key in software: a TEST SECRET. */
public final class TestCard {
    private final byte[] scalar;
    private final CardCertificate certificate;
    private Entitlement entitlement;
    private Entitlement listed;
    private long contributionCents;
    private String household;
    private @Nullable TestCard replaced;
    private boolean denied;
    private List<Entitlement> earlier = List.of();
    private final List<CardProof> log = new ArrayList<>();
    private CardRecord newest = CardRecord.first(1_740_000_000);

    /** Card number {@code number} of fund 1, entitled to {@code entitlementCents} each month. */
    public TestCard(TestAuthority authority, long number, long entitlementCents) {
        this(
                authority,
                number,
                Entitlement.monthly(entitlementCents, Period.of(2025, 1), Period.of(2029, 12), Member.FIRST_VERSION));
    }

    /** A card of fund 1 with any entitlement. */
    public TestCard(TestAuthority authority, long number, Entitlement entitlement) {
        byte[] id = ByteBuffer.allocate(8).putLong(number).array();
        scalar = P256.newScalar(new SeededEntropy(number).fork("card")::fill);
        certificate = CardCertificate.sign(
                1,
                1,
                id,
                P256.compress(P256.publicKey(scalar)),
                Period.of(2030, 1),
                0,
                message -> P256.sign(authority.cardAuthorityScalar(), message));
        this.entitlement = entitlement;
        listed = entitlement;
        contributionCents = entitlement.amountCents();
        household = "h" + number;
    }

    /** The members' list names another entitlement from now on; the card knows nothing of it. */
    public void wanted(Entitlement wanted) {
        listed = wanted;
    }

    /** The members' list says that its household pays so much each month. */
    public void contributes(long cents) {
        contributionCents = cents;
    }

    /** The members' list says that it belongs to that household. */
    public void household(String name) {
        household = name;
    }

    /** The members' list says that it is lost. */
    public void lost() {
        denied = true;
    }

    /** The members' list does not say so any more. */
    public void found() {
        denied = false;
    }

    /** The members' list names an entitlement of before as well. */
    public void earlier(Entitlement before) {
        earlier = List.of(before);
    }

    /** The members' list says that it comes in that one's place. */
    public void replaces(TestCard other) {
        replaced = other;
    }

    /** Its household as the members' list has it. */
    public Member member() {
        return new Member(
                household,
                certificate.cardId(),
                certificate.encode(),
                2,
                listed,
                contributionCents,
                denied,
                replaced == null ? null : replaced.id(),
                earlier);
    }

    /** Its id. */
    public byte[] id() {
        return certificate.cardId();
    }

    /** What its purses hold. */
    public Balances balances() {
        return newest.after();
    }

    /** What the rules must know of it. */
    public CardState state() {
        return new CardState(newest.after(), entitlement.pointOfSale());
    }

    /** The counter of its newest record. */
    public long counter() {
        return newest.counter();
    }

    /** The proof of an earlier record, counted from 1. */
    public CardProof proof(long counter) {
        return log.get((int) counter - 1);
    }

    /** Loads what is due; an amount all the same when nothing is, as only a broken chip would. */
    public CardProof load(PeriodToken token, long terminal, long epoch, long timeSeconds) {
        Deltas deltas = MonthLoad.of(entitlement, newest.after(), newest.period(), token.period())
                .map(MonthLoad::deltas)
                .orElse(new Deltas(entitlement.amountCents(), 0, 0));
        return write(CardRecord.Tag.LOAD, terminal, epoch, 0, deltas, token.period(), timeSeconds, token.hash());
    }

    /** Pays, whatever is asked: its own rules are not the point here. */
    public CardProof debit(long terminal, long epoch, long sale, Deltas deltas, byte[] intentHash, long timeSeconds) {
        return write(CardRecord.Tag.DEBIT, terminal, epoch, sale, deltas, newest.period(), timeSeconds, intentHash);
    }

    /** Takes an order, whatever it says: its own rules are not the point here. */
    public CardProof take(CardOrder order, long terminal, long epoch, long timeSeconds) {
        if (order instanceof CardOrder.Set set) {
            entitlement = set.entitlement();
        }
        return write(
                order.recordTag(),
                terminal,
                epoch,
                order.recordNumber(),
                order.deltas(),
                newest.period(),
                timeSeconds,
                order.hash());
    }

    /** Takes back, whatever is asked. */
    public CardProof cancel(long terminal, long epoch, long sale, Deltas back, byte[] intentHash, long timeSeconds) {
        return write(CardRecord.Tag.CANCEL, terminal, epoch, sale, back, newest.period(), timeSeconds, intentHash);
    }

    /** Signs any record with its key, as only a broken chip would. */
    public CardProof signed(CardRecord record) {
        return new CardProof(certificate.encode(), record.encode(), P256.sign(scalar, record.encode()));
    }

    /** Its newest record. */
    public CardRecord newest() {
        return newest;
    }

    private CardProof write(
            CardRecord.Tag tag,
            long terminal,
            long epoch,
            long sale,
            Deltas deltas,
            int period,
            long timeSeconds,
            byte[] hash) {
        newest = new CardRecord(
                tag,
                newest.counter() + 1,
                terminal,
                epoch,
                sale,
                deltas,
                newest.after().plus(deltas),
                period,
                timeSeconds,
                hash);
        CardProof proof = signed(newest);
        log.add(proof);
        return proof;
    }
}
