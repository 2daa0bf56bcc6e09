package etal.applet;

import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.ISO7816;
import javacard.framework.ISOException;
import javacard.framework.Util;
import javacard.security.MessageDigest;
import javacard.security.RandomData;

/**
 * The food card: the commands of {@code protocol/docs/card.md}, one method each. All memory is taken at installation.
 * Every command works in RAM first; nothing is written before nothing can refuse any more.
 */
public final class FoodCard extends Applet {
    private static final byte CLA = (byte) 0x80;
    private static final byte STATE = 0x10;
    private static final byte INTRODUCE = 0x12;
    private static final byte DEBIT = 0x14;
    private static final byte READ_LOG = 0x16;
    private static final byte LOAD = 0x18;
    private static final byte CANCEL = 0x1A;
    private static final byte VOUCHER = 0x1C;
    private static final byte BLOCK = 0x1E;
    private static final byte KEY_UPDATE = 0x20;
    private static final byte GENERATE_KEY = (byte) 0xE0;
    private static final byte PUT_CERTIFICATE = (byte) 0xE2;
    private static final byte PUT_KEY = (byte) 0xE4;
    private static final byte PUT_ENTITLEMENT = (byte) 0xE6;
    private static final byte LOCK = (byte) 0xE8;

    private static final byte VERSION = 1;
    private static final byte FLAG_TEST = 0x01;
    private static final byte FLAG_UNLOCKED = 0x02;

    private static final short DATA = ISO7816.OFFSET_CDATA;
    private static final short MAC_LENGTH = 8;
    private static final short TERMINAL_CERTIFICATE_SIGNED = 82;
    private static final short TERMINAL_CERTIFICATE_LENGTH = 146;
    private static final byte TERMINAL_CERTIFICATE_TAG = 2;
    private static final short LOCK_LENGTH = 5;

    /** VOUCHER with an ADD, and with a SET, which is longer. */
    private static final short ADD_DATA = 122;

    private static final short SET_DATA = 126;

    /** Around a voucher: terminal, epoch and time before it, the MAC behind. */
    private static final short AROUND_VOUCHER = 20;

    private final byte[] ram;
    private final Records records;
    private final Identity identity;
    private final Terminals terminals;
    private final Payments payments;
    private final Orders orders;
    private final Cmac cmac;
    private final Ecdsa ecdsa;
    private final MessageDigest sha;
    private final RandomData random;

    private FoodCard() {
        ram = Ram.allocate();
        records = new Records(ram);
        identity = new Identity(new TrustedKeys(ram));
        terminals = new Terminals(ram);
        cmac = new Cmac(ram);
        ecdsa = new Ecdsa(ram, identity.privateKey());
        sha = MessageDigest.getInstance(MessageDigest.ALG_SHA_256, false);
        random = RandomData.getInstance(RandomData.ALG_SECURE_RANDOM);
        payments = new Payments(ram, records, identity, ecdsa);
        orders = new Orders(ram, records, identity, payments, ecdsa, sha);
    }

    /** Called once by the card when the applet is installed; the parameters are not used. */
    public static void install(byte[] parameters, short offset, byte length) {
        new FoodCard().register();
    }

    @Override
    public void process(APDU apdu) {
        byte[] buffer = apdu.getBuffer();
        if (selectingApplet()) {
            apdu.setOutgoingAndSend((short) 0, select(buffer));
            return;
        }
        if (buffer[ISO7816.OFFSET_CLA] != CLA) {
            ISOException.throwIt(Sw.UNKNOWN_CLA);
        }
        byte ins = buffer[ISO7816.OFFSET_INS];
        short dataLength = receive(apdu, buffer);
        short answerLength = ins < 0 ? personalise(ins, buffer, dataLength) : serve(ins, buffer, dataLength);
        if (answerLength > 0) {
            apdu.setOutgoingAndSend((short) 0, answerLength);
        }
    }

    /** Takes the whole command in, which on a contactless link may come in pieces, and returns the length of its data. */
    private static short receive(APDU apdu, byte[] buffer) {
        short got = apdu.setIncomingAndReceive();
        short length = apdu.getIncomingLength();
        while (got < length) {
            got += apdu.receiveBytes((short) (DATA + got));
        }
        return length;
    }

    private short serve(byte ins, byte[] buffer, short dataLength) {
        switch (ins) {
            case STATE:
                expect(buffer, dataLength, (short) 8);
                return state(buffer);
            case INTRODUCE:
                expect(buffer, dataLength, (short) 154);
                return introduce(buffer);
            case READ_LOG:
                expect(buffer, dataLength, (short) 20);
                checkMac(buffer, (short) 12);
                return readLog(buffer);
            case KEY_UPDATE:
                expect(buffer, dataLength, (short) 153);
                checkMac(buffer, (short) 145);
                identity.trusted.update(buffer, (short) (DATA + 8), identity.certificate, Identity.FUND, ecdsa);
                buffer[0] = identity.trusted.generation();
                return 1;
            case DEBIT:
            case LOAD:
            case CANCEL:
            case VOUCHER:
            case BLOCK:
                expect(buffer, dataLength, recorded(ins, dataLength));
                checkMac(buffer, (short) (dataLength - MAC_LENGTH));
                record(ins, buffer, dataLength);
                return records.answer(buffer, (short) 0);
            default:
                ISOException.throwIt(Sw.UNKNOWN_INS);
                return 0;
        }
    }

    /** How many bytes a command brings that makes a record. */
    private static short recorded(byte ins, short dataLength) {
        switch (ins) {
            case LOAD:
                return 97;
            case BLOCK:
                return 103;
            case VOUCHER:
                return dataLength == ADD_DATA ? ADD_DATA : SET_DATA;
            default:
                return 72;
        }
    }

    private void record(byte ins, byte[] buffer, short dataLength) {
        switch (ins) {
            case DEBIT:
                payments.debit(buffer, DATA);
                return;
            case CANCEL:
                payments.cancel(buffer, DATA);
                return;
            case LOAD:
                orders.load(buffer, DATA);
                return;
            case VOUCHER:
                orders.voucher(buffer, DATA, (short) (dataLength - AROUND_VOUCHER));
                return;
            default:
                orders.block(buffer, DATA);
        }
    }

    /** What every command of the field asks first: a locked card, a challenge, no parameters, the one length. */
    private void expect(byte[] buffer, short dataLength, short length) {
        if (!identity.locked() || ram[Ram.CHALLENGE_READY] != 1) {
            ISOException.throwIt(Sw.NOT_NOW);
        }
        if (Util.getShort(buffer, ISO7816.OFFSET_P1) != 0) {
            ISOException.throwIt(Sw.WRONG_P1_P2);
        }
        if (dataLength != length) {
            ISOException.throwIt(Sw.WRONG_LENGTH);
        }
    }

    /** Refuses unless the 8 bytes behind the data are their MAC under the key of the terminal that the data begin with. */
    private void checkMac(byte[] buffer, short length) {
        if (!terminals.use(buffer, DATA, cmac)) {
            ISOException.throwIt(Sw.WRONG_MAC);
        }
        checkMacUnderKeyInUse(buffer, length);
    }

    private void checkMacUnderKeyInUse(byte[] buffer, short length) {
        short at = Util.arrayCopyNonAtomic(ram, Ram.CHALLENGE, ram, Ram.MESSAGE, Ram.CHALLENGE_LENGTH);
        at = Util.arrayCopyNonAtomic(buffer, (short) 0, ram, at, (short) (DATA + length));
        short mac = cmac.macOfMessage((short) (at - Ram.MESSAGE));
        if (!cmac.macIs(mac, buffer, (short) (DATA + length))) {
            ISOException.throwIt(Sw.WRONG_MAC);
        }
    }

    private short select(byte[] buffer) {
        records.findNewest();
        random.generateData(ram, Ram.CHALLENGE, Ram.CHALLENGE_LENGTH);
        ram[Ram.CHALLENGE_READY] = 1;
        ram[Ram.STATE_GIVEN] = 0;
        buffer[0] = VERSION;
        buffer[1] = (byte) (identity.certificate[Identity.FLAGS] & FLAG_TEST);
        if (!identity.locked()) {
            buffer[1] = (byte) (buffer[1] | FLAG_UNLOCKED);
        }
        buffer[2] = identity.trusted.generation();
        short end = Util.arrayCopyNonAtomic(
                identity.certificate, (short) 0, buffer, (short) 3, Identity.CERTIFICATE_LENGTH);
        return Util.arrayCopyNonAtomic(ram, Ram.CHALLENGE, buffer, end, Ram.CHALLENGE_LENGTH);
    }

    private short state(byte[] buffer) {
        if (ram[Ram.STATE_GIVEN] == 1) {
            ISOException.throwIt(Sw.NOT_NOW);
        }
        if (!terminals.use(buffer, DATA, cmac)) {
            ISOException.throwIt(Sw.TERMINAL_UNKNOWN);
        }
        ram[Ram.STATE_GIVEN] = 1;
        short end = Util.arrayCopyNonAtomic(records.slots, records.newest(), buffer, (short) 0, Records.LENGTH);
        end = Util.arrayCopyNonAtomic(identity.entitlement, (short) 0, buffer, end, Identity.ENTITLEMENT_LENGTH);
        end = Util.arrayCopyNonAtomic(identity.window, (short) 0, buffer, end, Identity.WINDOW_LENGTH);
        Util.arrayFillNonAtomic(ram, Ram.SUM, Amount.LENGTH, (byte) 0);
        cmac.crypt(buffer, (short) 0, end, STATE, ram, Ram.SUM);
        short at = challenged((byte) 'S');
        at = Util.arrayCopyNonAtomic(buffer, (short) 0, ram, at, end);
        return answerMac(at, buffer, end);
    }

    /** Begins a message of the card's own to be MACed, with a letter and the challenge; returns where it goes on. */
    private short challenged(byte letter) {
        ram[Ram.MESSAGE] = letter;
        return Util.arrayCopyNonAtomic(ram, Ram.CHALLENGE, ram, (short) (Ram.MESSAGE + 1), Ram.CHALLENGE_LENGTH);
    }

    /** Writes the MAC of the message that ends there. */
    private short answerMac(short end, byte[] to, short at) {
        short mac = cmac.macOfMessage((short) (end - Ram.MESSAGE));
        return Util.arrayCopyNonAtomic(ram, mac, to, at, MAC_LENGTH);
    }

    private short introduce(byte[] buffer) {
        if (buffer[DATA] != TERMINAL_CERTIFICATE_TAG
                || Util.getShort(buffer, (short) (DATA + 10)) != 0
                || buffer[(short) (DATA + 14)] != TrustedKeys.UNCOMPRESSED) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        boolean ourFund =
                Util.arrayCompare(buffer, (short) (DATA + 1), identity.certificate, Identity.FUND, Amount.LENGTH) == 0;
        boolean expired = Amount.isBelow(Util.getShort(buffer, (short) (DATA + 79)), records.period());
        if (!ourFund
                || expired
                || !identity.trusted.signed(
                        TrustedKeys.TERMINAL_CA, buffer, DATA, TERMINAL_CERTIFICATE_SIGNED, ecdsa)) {
            ISOException.throwIt(Sw.TERMINAL_REFUSED);
        }
        terminals.derive(
                identity.privateKey(),
                identity.certificate,
                Identity.CARD_ID,
                buffer,
                (short) (DATA + 6),
                (short) (DATA + 14),
                sha,
                cmac);
        checkMacUnderKeyInUse(buffer, TERMINAL_CERTIFICATE_LENGTH);
        terminals.keep();
        return confirmation(buffer);
    }

    /** Shows the terminal that the card derived the same key, under the latest challenge. */
    private short confirmation(byte[] buffer) {
        terminals.use(buffer, (short) (DATA + 6), cmac);
        return answerMac(challenged((byte) 'I'), buffer, (short) 0);
    }

    private short readLog(byte[] buffer) {
        short record = records.find(buffer, (short) (DATA + 8));
        if (record < 0) {
            ISOException.throwIt(Sw.NO_SUCH_RECORD);
        }
        short end = Util.arrayCopyNonAtomic(
                records.slots, record, buffer, (short) 0, (short) (Records.LENGTH + Records.SIGNATURE_LENGTH));
        cmac.crypt(buffer, (short) 0, end, READ_LOG, records.slots, (short) (record + Records.COUNTER));
        return end;
    }

    private short personalise(byte ins, byte[] buffer, short dataLength) {
        short length = lengthOf(ins);
        if (length < 0) {
            ISOException.throwIt(Sw.UNKNOWN_INS);
        }
        if (identity.locked()) {
            ISOException.throwIt(Sw.NOT_NOW);
        }
        if (buffer[ISO7816.OFFSET_P2] != 0 || (ins != PUT_KEY && buffer[ISO7816.OFFSET_P1] != 0)) {
            ISOException.throwIt(Sw.WRONG_P1_P2);
        }
        if (dataLength != length) {
            ISOException.throwIt(Sw.WRONG_LENGTH);
        }
        switch (ins) {
            case GENERATE_KEY:
                return identity.generateKey(buffer, (short) 0, ecdsa, terminals);
            case PUT_CERTIFICATE:
                identity.putCertificate(buffer, DATA, ram, Ram.MESSAGE);
                return 0;
            case PUT_KEY:
                identity.putTrusted(buffer[ISO7816.OFFSET_P1], buffer, DATA, ecdsa);
                return 0;
            case PUT_ENTITLEMENT:
                identity.putEntitlement(buffer, DATA);
                return 0;
            default:
                return lock(buffer);
        }
    }

    /** How many bytes a command of personalisation brings, or -1 for one that the card does not know. */
    private static short lengthOf(byte ins) {
        switch (ins) {
            case GENERATE_KEY:
                return 0;
            case PUT_CERTIFICATE:
                return Identity.CERTIFICATE_LENGTH;
            case PUT_KEY:
                return TrustedKeys.PUBLIC_LENGTH;
            case PUT_ENTITLEMENT:
                return Identity.ENTITLEMENT_LENGTH;
            case LOCK:
                return LOCK_LENGTH;
            default:
                return (short) -1;
        }
    }

    private short lock(byte[] buffer) {
        if (!identity.complete()) {
            ISOException.throwIt(Sw.NOT_NOW);
        }
        if (buffer[(short) (DATA + Amount.LENGTH)] == 0) {
            ISOException.throwIt(Sw.MALFORMED);
        }
        payments.lock(buffer, DATA);
        return Util.arrayCopyNonAtomic(ram, Ram.SIGNATURE, buffer, (short) 0, Records.SIGNATURE_LENGTH);
    }
}
