package etal.terminal.card;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.StatusWord;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.CardProof;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Function;
import org.jspecify.annotations.Nullable;

/**
 * The commands of one SELECT (protocol/docs/card.md): SELECT, STATE, INTRODUCE where needed, KEY UPDATE, LOAD, VOUCHER, BLOCK, DEBIT,
 * CANCEL, READ LOG.
 *
 * <p>{@link CardGone} and {@link ReaderBroken} come out of everything but {@link #debit} and {@link #cancel}, which turn them into "unknown":
 * there it is a result like others. Lives as long as the card lies there; used from the loop only.
 */
public final class CardSession {
    /** The words by which a card says that it has done nothing. Any other word proves nothing. */
    private static final Set<Integer> REFUSALS = new TreeSet<>(Set.of(
            StatusWord.WRONG_LENGTH,
            StatusWord.NOT_AUTHENTIC,
            StatusWord.NOT_NOW,
            StatusWord.WRONG_DATA,
            StatusWord.NO_SUCH_RECORD,
            StatusWord.OTHER_COUNTER,
            StatusWord.OUT_OF_FUNDS,
            StatusWord.NOTHING_TO_LOAD,
            StatusWord.BAD_TOKEN,
            StatusWord.BAD_CERTIFICATE,
            StatusWord.BLOCKED,
            StatusWord.NOTHING_TO_CANCEL,
            StatusWord.VOUCHER_ENDED,
            StatusWord.UNKNOWN_INSTRUCTION,
            StatusWord.UNKNOWN_CLASS));

    private static final int STATUS_LENGTH = 2;

    private final CardChannel channel;
    private final CardAccess access;
    private final Answers.SelectAnswer selected;
    private final PairwiseKey key;
    private Answers.@Nullable CardState state;

    private CardSession(CardChannel channel, CardAccess access, Answers.SelectAnswer selected, PairwiseKey key) {
        this.channel = channel;
        this.access = access;
        this.selected = selected;
        this.key = key;
    }

    /**
     * SELECT, and the card's certificate looked at. Asks nothing that only a known terminal may ask.
     *
     * @param period the month it is now: an ended certificate is refused
     */
    public static Meeting meet(CardChannel channel, CardAccess access, int period) throws CardGone, ReaderBroken {
        byte[] answer = channel.transmit(Commands.select());
        if (Answers.statusWord(answer) != StatusWord.DONE) {
            return new Meeting.Refused(Stranger.word(channel));
        }
        try {
            Answers.SelectAnswer selected = Answers.select(answer);
            if (selected.certificate().fund() != access.fund()) {
                return new Meeting.OtherFund(selected.certificate().fund());
            }
            CardRefusal refusal = refusal(selected, access, period);
            if (refusal != null) {
                return new Meeting.Refused(refusal);
            }
            CardCertificate certificate = selected.certificate();
            PairwiseKey key = PairwiseKey.derive(
                    access.agreementScalar(),
                    certificate.publicKey33(),
                    certificate.cardId(),
                    access.introduction().terminal(),
                    access.introduction().epoch());
            return new Meeting.Met(new CardSession(channel, access, selected, key));
        } catch (Malformed notOurs) {
            return new Meeting.Refused(CardRefusal.NOT_A_FOOD_CARD);
        }
    }

    private static @Nullable CardRefusal refusal(Answers.SelectAnswer selected, CardAccess access, int period) {
        CardCertificate certificate = selected.certificate();
        byte[] authority = access.cardCaKeys().get(certificate.caKey());
        if (authority == null || !certificate.verify(authority)) {
            return CardRefusal.NOT_GENUINE;
        }
        if (certificate.lastPeriod() < period) {
            return CardRefusal.EXPIRED;
        }
        if (certificate.test()) {
            return CardRefusal.TEST_CARD;
        }
        return selected.personalising() ? CardRefusal.NOT_READY : null;
    }

    /** STATE, after INTRODUCE if the card does not know this terminal yet; null when purses and record are known. */
    public @Nullable CardRefusal readState() throws CardGone, ReaderBroken {
        byte[] answer = askState();
        if (Answers.statusWord(answer) == StatusWord.UNKNOWN_TERMINAL) {
            byte[] introduced = channel.transmit(Commands.introduce(key, selected.challenge(), access.introduction()));
            try {
                if (!Answers.confirms(key, selected.challenge(), introduced)) {
                    return CardRefusal.TERMINAL_NOT_ACCEPTED;
                }
            } catch (Malformed refused) {
                return CardRefusal.TERMINAL_NOT_ACCEPTED;
            }
            answer = askState();
        }
        try {
            state = Answers.state(key, selected.challenge(), answer);
            return null;
        } catch (Malformed malformed) {
            return CardRefusal.UNREADABLE;
        }
    }

    private byte[] askState() throws CardGone, ReaderBroken {
        return channel.transmit(Commands.state(
                access.introduction().terminal(), access.introduction().epoch()));
    }

    /** The card, for the ledger. */
    public CardCertificate certificate() {
        return selected.certificate();
    }

    /** Which generation of the fund's keys the card said it has, at SELECT. */
    public int keyGeneration() {
        return selected.keyGeneration();
    }

    /** Whether the card is blocked for good. @throws IllegalStateException before {@link #readState} */
    public boolean blocked() {
        return state().newest().tag() == CardRecord.Tag.BLOCKED;
    }

    /** Whether {@link #readState} has answered. */
    public boolean stateRead() {
        return state != null;
    }

    /** What STATE said, or LOAD and orders since. @throws IllegalStateException before {@link #readState} */
    public Answers.CardState state() {
        if (state == null) {
            throw new IllegalStateException("the card's state has not been read");
        }
        return state;
    }

    /** LOAD: the month's allocation, once. */
    public LoadResult load(PeriodToken token, long timeSeconds) throws CardGone, ReaderBroken {
        Commands.Load load = new Commands.Load(
                access.introduction().terminal(), access.introduction().epoch(), timeSeconds, token);
        byte[] answer = channel.transmit(Commands.load(key, selected.challenge(), load));
        if (refuses(answer)) {
            return new LoadResult.Refused(Answers.statusWord(answer));
        }
        try {
            Answers.DebitAnswer said = Answers.debit(answer);
            CardRecord before = state().newest();
            CardRecord record = said.record(load, before.after());
            if (record.counter() != before.counter() + 1 || !proves(record, said)) {
                return new LoadResult.Unclear();
            }
            state = new Answers.CardState(record, state().entitlement(), state().vouchers());
            return new LoadResult.Loaded(record, proof(record, said.signature()), said.previousSignature());
        } catch (Malformed | ArithmeticException nonsense) {
            return new LoadResult.Unclear();
        }
    }

    /** VOUCHER or BLOCK: the fund's word to this card, once. */
    public OrderResult order(CardOrder order, long timeSeconds) throws CardGone, ReaderBroken {
        Commands.Order asked = new Commands.Order(
                access.introduction().terminal(), access.introduction().epoch(), timeSeconds, order);
        byte[] answer = channel.transmit(Commands.order(key, selected.challenge(), asked));
        if (refuses(answer)) {
            return new OrderResult.Refused(Answers.statusWord(answer));
        }
        try {
            Answers.DebitAnswer said = Answers.debit(answer);
            CardRecord record = said.record(asked);
            if (record.counter() != state().newest().counter() + 1 || !proves(record, said)) {
                return new OrderResult.Unclear();
            }
            state = state().after(order, record);
            return new OrderResult.Taken(record, proof(record, said.signature()), said.previousSignature());
        } catch (Malformed nonsense) {
            return new OrderResult.Unclear();
        }
    }

    /** KEY UPDATE: a new key of the fund. It leaves purses, counter and records as they are. */
    public KeyResult keyUpdate(KeyUpdate update) throws CardGone, ReaderBroken {
        byte[] answer = channel.transmit(Commands.keyUpdate(
                key,
                selected.challenge(),
                access.introduction().terminal(),
                access.introduction().epoch(),
                update));
        if (refuses(answer)) {
            return new KeyResult.Refused(Answers.statusWord(answer));
        }
        try {
            boolean taken = Answers.keyUpdate(answer) == update.generation();
            return taken ? new KeyResult.Taken() : new KeyResult.Unclear();
        } catch (Malformed nonsense) {
            return new KeyResult.Unclear();
        }
    }

    /** DEBIT. The intention must be durable before; the same command may be sent again, the card pays once. */
    public DebitResult debit(Commands.Debit debit) {
        return moved(Commands.debit(key, selected.challenge(), debit), debit.counterSeen(), said -> said.record(debit));
    }

    /** CANCEL. The intention must be durable before; the same command may be sent again, the card gives back once. */
    public DebitResult cancel(Commands.Cancel cancel) {
        return moved(
                Commands.cancel(key, selected.challenge(), cancel), cancel.counterSeen(), said -> said.record(cancel));
    }

    private DebitResult moved(byte[] command, long counterSeen, Function<Answers.DebitAnswer, CardRecord> recordOf) {
        byte[] answer;
        try {
            answer = channel.transmit(command);
        } catch (CardGone | ReaderBroken lost) {
            return new DebitResult.Unknown(null);
        }
        if (refuses(answer)) {
            return new DebitResult.Refused(Answers.statusWord(answer));
        }
        try {
            Answers.DebitAnswer said = Answers.debit(answer);
            CardRecord record = recordOf.apply(said);
            if (record.counter() != counterSeen + 1 || !proves(record, said)) {
                return new DebitResult.Unknown(answer);
            }
            return new DebitResult.Debited(record, proof(record, said.signature()), said.previousSignature());
        } catch (Malformed nonsense) {
            return new DebitResult.Unknown(answer);
        }
    }

    /** A refusal is its word and nothing else: behind other bytes the same word proves nothing. */
    private static boolean refuses(byte[] answer) {
        return answer.length == STATUS_LENGTH && REFUSALS.contains(Answers.statusWord(answer));
    }

    /** READ LOG: the record of one counter. */
    public LogResult readLog(long counter) throws CardGone, ReaderBroken {
        byte[] answer = channel.transmit(Commands.readLog(
                key,
                selected.challenge(),
                access.introduction().terminal(),
                access.introduction().epoch(),
                counter));
        if (refuses(answer) && Answers.statusWord(answer) == StatusWord.NO_SUCH_RECORD) {
            return new LogResult.NotInRing();
        }
        try {
            Answers.LoggedRecord logged = Answers.readLog(key, selected.challenge(), counter, answer);
            CardRecord record = logged.record();
            if (record.counter() != counter || !genuine(record, logged.signature())) {
                return new LogResult.Unclear();
            }
            return new LogResult.Found(record, proof(record, logged.signature()));
        } catch (Malformed nonsense) {
            return new LogResult.Unclear();
        }
    }

    /** A record seen earlier, with the signature that came later; null if the signature is not the card's. */
    public @Nullable CardProof proofOf(CardRecord record, byte[] signature) {
        return genuine(record, signature) ? proof(record, signature) : null;
    }

    /**
     * Whether an answer proves both its own record and the one before. If only its own, the one before might never come to
     * the hub; the card's log shows both.
     */
    private boolean proves(CardRecord record, Answers.DebitAnswer said) {
        return genuine(record, said.signature()) && genuine(state().newest(), said.previousSignature());
    }

    private boolean genuine(CardRecord record, byte[] signature) {
        return record.verify(certificate().publicKey33(), signature);
    }

    private CardProof proof(CardRecord record, byte[] signature) {
        return new CardProof(certificate().encode(), record.encode(), signature);
    }

    /** Whether this is the card of that id. */
    public boolean is(byte[] cardId) {
        return Arrays.equals(certificate().cardId(), cardId);
    }
}
