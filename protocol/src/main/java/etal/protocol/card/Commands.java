package etal.protocol.card;

import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;

/** Builds the commands of a payment as whole APDUs; "Commands" in docs/card.md. Stateless. */
public final class Commands {
    /** INS of STATE. */
    public static final int STATE = 0x10;
    /** INS of INTRODUCE. */
    public static final int INTRODUCE = 0x12;
    /** INS of DEBIT. */
    public static final int DEBIT = 0x14;
    /** INS of READ LOG. */
    public static final int READ_LOG = 0x16;
    /** INS of LOAD. */
    public static final int LOAD = 0x18;

    /** INS of CANCEL. */
    public static final int CANCEL = 0x1A;
    /** INS of VOUCHER. */
    public static final int VOUCHER = 0x1C;
    /** INS of BLOCK. */
    public static final int BLOCK = 0x1E;
    /** INS of KEY UPDATE. */
    public static final int KEY_UPDATE = 0x20;

    private static final byte[] APPLICATION_ID = {(byte) 0xF0, 'E', 'T', 'A', 'L', 0x01, 0x01};
    private static final int CLASS = 0x80;

    private Commands() {}

    /**
     * What DEBIT asks of the card.
     *
     * @param counterSeen the card's counter as this terminal saw it
     * @param intentHash 32 bytes
     * @param timeSeconds Unix seconds
     */
    public record Debit(
            long terminal,
            long epoch,
            long sale,
            long counterSeen,
            Deltas deltas,
            byte[] intentHash,
            long timeSeconds) {
        /** @throws IllegalArgumentException if the hash has not 32 bytes */
        public Debit {
            intentHash = Layout.copy(intentHash, 32, "intent hash");
        }

        @Override
        public byte[] intentHash() {
            return intentHash.clone();
        }
    }

    /**
     * What LOAD asks of the card.
     *
     * @param timeSeconds Unix seconds
     */
    public record Load(long terminal, long epoch, long timeSeconds, PeriodToken token) {}

    /**
     * What CANCEL asks of the card.
     *
     * @param sale of the debit that it undoes, whole or in part
     * @param counterSeen the card's counter as this terminal saw it
     * @param deltas what comes back; see {@link Deltas#undoes}
     * @param intentHash 32 bytes
     * @param timeSeconds Unix seconds
     */
    public record Cancel(
            long terminal,
            long epoch,
            long sale,
            long counterSeen,
            Deltas deltas,
            byte[] intentHash,
            long timeSeconds) {
        /** @throws IllegalArgumentException if the hash has not 32 bytes */
        public Cancel {
            intentHash = Layout.copy(intentHash, 32, "intent hash");
        }

        @Override
        public byte[] intentHash() {
            return intentHash.clone();
        }
    }

    /**
     * A voucher or block order, shown to its card.
     *
     * @param timeSeconds Unix seconds
     */
    public record Order(long terminal, long epoch, long timeSeconds, CardOrder order) {}

    /** SELECT: who are you. */
    public static byte[] select() {
        return apdu(0x00, 0xA4, 0x04, APPLICATION_ID.clone());
    }

    /** STATE: your newest record, entitlement and vouchers, for me alone. */
    public static byte[] state(long terminal, long epoch) {
        return apdu(
                CLASS,
                STATE,
                0,
                Layout.writing(8).uint32(terminal).uint32(epoch).written());
    }

    /** INTRODUCE: this is me, by the fund's word, and I hold the key of which it speaks. */
    public static byte[] introduce(PairwiseKey key, byte[] challenge, TerminalCertificate certificate) {
        return authentic(key, challenge, INTRODUCE, certificate.encode());
    }

    /** DEBIT: pay. The same bytes may be sent again: the card pays once. */
    public static byte[] debit(PairwiseKey key, byte[] challenge, Debit debit) {
        byte[] data = Layout.writing(64)
                .uint32(debit.terminal())
                .uint32(debit.epoch())
                .uint32(debit.sale())
                .uint32(debit.counterSeen())
                .deltas(debit.deltas())
                .bytes(debit.intentHash)
                .uint32(debit.timeSeconds())
                .written();
        return authentic(key, challenge, DEBIT, data);
    }

    /** READ LOG: the record of that counter and its signature, for me alone. */
    public static byte[] readLog(PairwiseKey key, byte[] challenge, long terminal, long epoch, long counter) {
        byte[] data = Layout.writing(12)
                .uint32(terminal)
                .uint32(epoch)
                .uint32(counter)
                .written();
        return authentic(key, challenge, READ_LOG, data);
    }

    /** LOAD: a month has begun, load what you are entitled to. The same token loads once. */
    public static byte[] load(PairwiseKey key, byte[] challenge, Load load) {
        byte[] data = Layout.writing(12 + PeriodToken.LENGTH)
                .uint32(load.terminal())
                .uint32(load.epoch())
                .uint32(load.timeSeconds())
                .bytes(load.token().encode())
                .written();
        return authentic(key, challenge, LOAD, data);
    }

    /** CANCEL: take back what you paid me for that sale. The same bytes may be sent again: it comes back once. */
    public static byte[] cancel(PairwiseKey key, byte[] challenge, Cancel cancel) {
        byte[] data = Layout.writing(64)
                .uint32(cancel.terminal())
                .uint32(cancel.epoch())
                .uint32(cancel.sale())
                .uint32(cancel.counterSeen())
                .deltas(cancel.deltas())
                .bytes(cancel.intentHash)
                .uint32(cancel.timeSeconds())
                .written();
        return authentic(key, challenge, CANCEL, data);
    }

    /** VOUCHER or BLOCK: the fund's word to you. The same order is taken once. */
    public static byte[] order(PairwiseKey key, byte[] challenge, Order order) {
        byte[] word = order.order().encode();
        byte[] data = Layout.writing(12 + word.length)
                .uint32(order.terminal())
                .uint32(order.epoch())
                .uint32(order.timeSeconds())
                .bytes(word)
                .written();
        return authentic(key, challenge, order.order() instanceof CardOrder.Block ? BLOCK : VOUCHER, data);
    }

    /** KEY UPDATE: the fund has a new key. */
    public static byte[] keyUpdate(PairwiseKey key, byte[] challenge, long terminal, long epoch, KeyUpdate update) {
        byte[] data = Layout.writing(8 + KeyUpdate.LENGTH)
                .uint32(terminal)
                .uint32(epoch)
                .bytes(update.encode())
                .written();
        return authentic(key, challenge, KEY_UPDATE, data);
    }

    private static byte[] authentic(PairwiseKey key, byte[] challenge, int instruction, byte[] data) {
        int length = data.length + PairwiseKey.MAC_LENGTH;
        byte[] command = Layout.writing(5 + data.length)
                .bytes(header(CLASS, instruction, 0, length))
                .bytes(data)
                .written();
        byte[] mac = key.mac(challenge, command);
        return apdu(
                CLASS,
                instruction,
                0,
                Layout.writing(length).bytes(data).bytes(mac).written());
    }

    /** A whole short APDU: header, data if any, Le 00. */
    static byte[] apdu(int commandClass, int instruction, int p1, byte[] data) {
        if (data.length == 0) {
            return new byte[] {(byte) commandClass, (byte) instruction, (byte) p1, 0, 0};
        }
        return Layout.writing(6 + data.length)
                .bytes(header(commandClass, instruction, p1, data.length))
                .bytes(data)
                .uint8(0)
                .written();
    }

    private static byte[] header(int commandClass, int instruction, int p1, int length) {
        return Layout.writing(5)
                .uint8(commandClass)
                .uint8(instruction)
                .uint8(p1)
                .uint8(0)
                .uint8(length)
                .written();
    }
}
