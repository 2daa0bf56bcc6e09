package etal.protocol.card;

import etal.protocol.card.order.CardOrder;
import etal.protocol.cbor.Malformed;
import java.security.MessageDigest;
import java.util.Arrays;

/**
 * Reads what a card answers. Every reader takes any bytes at all and either returns or throws {@link Malformed}:
 * what comes over the air is not to be trusted. Stateless.
 */
public final class Answers {
    private static final int SELECT_LENGTH = 125;
    private static final int STATE_LENGTH = 115;
    private static final int STATE_MAC_LENGTH = STATE_LENGTH + PairwiseKey.MAC_LENGTH;
    private static final int DEBIT_LENGTH = 146;
    private static final int LOG_LENGTH = 144;
    private static final int FLAG_PERSONALISING = 2;

    private Answers() {}

    /**
     * What any stranger may know of a card.
     *
     * @param version of the applet, 1
     * @param flags bit 0: test card; bit 1: still being personalised
     * @param keyGeneration of the fund's keys on the card
     * @param challenge 8 bytes, for the commands until the next SELECT
     */
    public record SelectAnswer(
            int version, int flags, int keyGeneration, CardCertificate certificate, byte[] challenge) {
        /** Whether the card is still being personalised: it does not pay. */
        public boolean personalising() {
            return (flags & FLAG_PERSONALISING) != 0;
        }
    }

    /** Which vouchers a card has taken: a bitmap of 64 below the highest number. */
    public record VoucherWindow(long bitmap, long highest) {
        private static final int WIDTH = 64;

        /** Whether the card would still take the ADD voucher of this number, as far as its number goes. */
        public boolean takes(long number) {
            long below = highest - number;
            return below < 0 || below < WIDTH && (bitmap >>> below & 1) == 0;
        }

        /** The window once the card has taken that number too. @throws IllegalArgumentException if it would not take it */
        public VoucherWindow with(long number) {
            if (!takes(number)) {
                throw new IllegalArgumentException("no card would take voucher " + number);
            }
            long above = number - highest;
            return above < 0
                    ? new VoucherWindow(bitmap | 1L << -above, highest)
                    : new VoucherWindow((above < WIDTH ? bitmap << above : 0) | 1, number);
        }
    }

    /** What a card tells a terminal it knows; the newest record comes without its signature. */
    public record CardState(CardRecord newest, Entitlement entitlement, VoucherWindow vouchers) {
        /** The state once the card has taken an order and made this record of it. */
        public CardState after(CardOrder order, CardRecord record) {
            return switch (order) {
                case CardOrder.Add add -> new CardState(record, entitlement, vouchers.with(add.number()));
                case CardOrder.Set set -> new CardState(record, set.entitlement(), vouchers);
                case CardOrder.Block block -> new CardState(record, entitlement, vouchers);
            };
        }

        /** Whether the card has not taken the order yet, as far as one can see from its state. */
        public boolean awaits(CardOrder order) {
            return switch (order) {
                case CardOrder.Add add -> vouchers.takes(add.number());
                case CardOrder.Set set ->
                    entitlement.version() < set.entitlement().version();
                case CardOrder.Block block -> newest.tag() != CardRecord.Tag.BLOCKED;
            };
        }
    }

    /** A record with its signature of 64 bytes. */
    public record LoggedRecord(CardRecord record, byte[] signature) {}

    /**
     * What a card answers to DEBIT, LOAD, CANCEL, VOUCHER and BLOCK.
     *
     * @param counter the card's counter now
     * @param after what the purses hold now
     * @param period the card's period
     * @param signature over the record, 64 bytes
     * @param previousSignature over the record before, 64 bytes
     */
    public record DebitAnswer(long counter, Balances after, int period, byte[] signature, byte[] previousSignature) {
        /** The record that the signature is of, if the card did what was asked; verify it. */
        public CardRecord record(Commands.Debit asked) {
            return new CardRecord(
                    CardRecord.Tag.DEBIT,
                    counter,
                    asked.terminal(),
                    asked.epoch(),
                    asked.sale(),
                    asked.deltas(),
                    after,
                    period,
                    asked.timeSeconds(),
                    asked.intentHash());
        }

        /** The record that the signature is of, if the card did what was asked; verify it. */
        public CardRecord record(Commands.Cancel asked) {
            return new CardRecord(
                    CardRecord.Tag.CANCEL,
                    counter,
                    asked.terminal(),
                    asked.epoch(),
                    asked.sale(),
                    asked.deltas(),
                    after,
                    period,
                    asked.timeSeconds(),
                    asked.intentHash());
        }

        /** The record that the signature is of, if the card did what was asked; verify it. */
        public CardRecord record(Commands.Order asked) {
            CardOrder order = asked.order();
            return new CardRecord(
                    order.recordTag(),
                    counter,
                    asked.terminal(),
                    asked.epoch(),
                    order.recordNumber(),
                    order.deltas(),
                    after,
                    period,
                    asked.timeSeconds(),
                    order.hash());
        }

        /** The record that the signature is of, given what the purses held before; verify it. */
        public CardRecord record(Commands.Load asked, Balances before) {
            Deltas deltas = new Deltas(
                    Math.subtractExact(after.allocation(), before.allocation()),
                    Math.subtractExact(after.bonus(), before.bonus()),
                    Math.subtractExact(after.earnable(), before.earnable()));
            return new CardRecord(
                    CardRecord.Tag.LOAD,
                    counter,
                    asked.terminal(),
                    asked.epoch(),
                    0,
                    deltas,
                    after,
                    period,
                    asked.timeSeconds(),
                    asked.token().hash());
        }
    }

    /** The whole answer to KEY UPDATE: the card's key generation now. */
    public static int keyUpdate(byte[] answer) throws Malformed {
        return Layout.reading(body(answer), 1, "answer to KEY UPDATE").uint8();
    }

    /** The last two bytes of an answer, see {@link StatusWord}; 0, which no card says, when there are not two. */
    public static int statusWord(byte[] answer) {
        int length = answer.length;
        return length < 2 ? 0 : Byte.toUnsignedInt(answer[length - 2]) << 8 | Byte.toUnsignedInt(answer[length - 1]);
    }

    /** What stands before {@code 90 00}; any other status word is malformed here: look at it first. */
    public static byte[] body(byte[] answer) throws Malformed {
        if (statusWord(answer) != StatusWord.DONE) {
            throw new Malformed("the card did not answer 9000");
        }
        return Arrays.copyOf(answer, answer.length - 2);
    }

    /** The whole answer to SELECT. A card without a certificate yet is malformed here. */
    public static SelectAnswer select(byte[] answer) throws Malformed {
        Layout in = Layout.reading(body(answer), SELECT_LENGTH, "answer to SELECT");
        int version = in.uint8();
        if (version != 1) {
            throw new Malformed("applet version " + version + " is not known");
        }
        int flags = in.uint8();
        if (flags > (CardCertificate.FLAG_TEST | FLAG_PERSONALISING)) {
            throw new Malformed("answer to SELECT: unknown flags");
        }
        int keyGeneration = in.uint8();
        CardCertificate certificate = CardCertificate.decode(in.bytes(CardCertificate.LENGTH));
        return new SelectAnswer(version, flags, keyGeneration, certificate, in.bytes(8));
    }

    /** The whole answer to STATE, as it came: decrypted here, once its MAC shows that the card itself said so. */
    public static CardState state(PairwiseKey key, byte[] challenge, byte[] answer) throws Malformed {
        Layout in = Layout.reading(body(answer), STATE_MAC_LENGTH, "answer to STATE");
        byte[] hidden = in.bytes(STATE_LENGTH);
        if (!MessageDigest.isEqual(key.stateMac(challenge, hidden), in.bytes(PairwiseKey.MAC_LENGTH))) {
            throw new Malformed("answer to STATE: not authentic");
        }
        return state(key.crypt(challenge, Commands.STATE, 0, hidden));
    }

    /** What STATE said, decrypted, without the status word: 115 bytes. */
    public static CardState state(byte[] plain) throws Malformed {
        Layout in = Layout.reading(plain, STATE_LENGTH, "answer to STATE");
        CardRecord newest = CardRecord.decode(in.bytes(CardRecord.LENGTH));
        Entitlement entitlement = Entitlement.decode(in.bytes(Entitlement.LENGTH));
        long bitmap = in.uint32() << 32 | in.uint32();
        return new CardState(newest, entitlement, new VoucherWindow(bitmap, in.uint32()));
    }

    /** The whole answer to INTRODUCE: whether the card has derived the same key. */
    public static boolean confirms(PairwiseKey key, byte[] challenge, byte[] answer) throws Malformed {
        Layout in = Layout.reading(body(answer), PairwiseKey.MAC_LENGTH, "answer to INTRODUCE");
        return MessageDigest.isEqual(key.confirmation(challenge), in.bytes(PairwiseKey.MAC_LENGTH));
    }

    /** The whole answer to DEBIT, LOAD, CANCEL, VOUCHER or BLOCK. */
    public static DebitAnswer debit(byte[] answer) throws Malformed {
        Layout in = Layout.reading(body(answer), DEBIT_LENGTH, "answer to DEBIT");
        return new DebitAnswer(in.uint32(), in.balances(), in.uint16(), in.bytes(64), in.bytes(64));
    }

    /** The whole answer to READ LOG, as it came: decrypted here. */
    public static LoggedRecord readLog(PairwiseKey key, byte[] challenge, long counter, byte[] answer)
            throws Malformed {
        return readLog(key.crypt(challenge, Commands.READ_LOG, counter, body(answer)));
    }

    /** What READ LOG said, decrypted, without the status word: 144 bytes. */
    public static LoggedRecord readLog(byte[] plain) throws Malformed {
        Layout in = Layout.reading(plain, LOG_LENGTH, "answer to READ LOG");
        return new LoggedRecord(CardRecord.decode(in.bytes(CardRecord.LENGTH)), in.bytes(64));
    }

    /** The whole answer to GENERATE KEY: the card's public key, uncompressed, 65 bytes. */
    public static byte[] publicKey(byte[] answer) throws Malformed {
        byte[] key = Layout.reading(body(answer), 65, "answer to GENERATE KEY").bytes(65);
        if (key[0] != 4) {
            throw new Malformed("the card's key is not uncompressed");
        }
        return key;
    }

    /** The whole answer to LOCK: the signature of {@link CardRecord#first}, 64 bytes. */
    public static byte[] lock(byte[] answer) throws Malformed {
        return Layout.reading(body(answer), 64, "answer to LOCK").bytes(64);
    }
}
