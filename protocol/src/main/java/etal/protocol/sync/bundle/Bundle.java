package etal.protocol.sync.bundle;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.CborSequence;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * The messages that MQTT would have carried, in a file that somebody carries: a CBOR sequence (RFC 8742) of a header, the
 * messages and an end. It has no signature, for what it holds carries its own; the sum at its end tells a file that broke
 * off or rotted from a whole one, and proves nothing of who wrote it. A bundle speaks for one terminal, in one direction, and
 * only where the broker would have let it speak. Arrays are not copied: nobody may change them.
 *
 * @param way up to the hub, or down to the terminal
 * @param fund the fund, 32 bits
 * @param ledger whose messages they are; of an epoch before it the same terminal's may be among them
 * @param messages in the order in which they are to be taken
 */
public record Bundle(Way way, long fund, LedgerId ledger, List<Message> messages) {
    /** The longest file that is read: 8 MiB, some ten thousand entries. */
    public static final int BYTES_MAX = 8 << 20;

    /** The most messages of one bundle. */
    public static final int MESSAGES_MAX = 256;

    /** The longest message, so that topic and message stay one item. */
    public static final int PAYLOAD_BYTES_MAX = Cbor.LENGTH_MAX - 256;

    private static final String MAGIC = "etal/bundle";
    private static final int FORM = 1;
    private static final int ID_MAX_BITS = 32;

    /**
     * One message.
     *
     * @param topic where MQTT would have carried it
     * @param payload its bytes
     */
    public record Message(String topic, byte[] payload) {}

    public Bundle {
        messages = List.copyOf(messages);
    }

    /** What the file is called, so that one stick serves several stalls: {@code etal-1-t3-e1-aller.bundle}. */
    public static String name(Way way, long fund, LedgerId ledger) {
        return "etal-" + fund + "-" + ledger + (way == Way.UP ? "-aller" : "-retour") + ".bundle";
    }

    /** The file's name. */
    public String name() {
        return name(way, fund, ledger);
    }

    /** The file's bytes, laid out in one array: beside it there is no room for many more in a till. A bundle outside the contract is a bug of the caller. */
    public byte[] encode() {
        byte[] header = header(way, fund, ledger);
        byte[] emptyEnd = end(messages.size(), new byte[Hash.LENGTH]);
        try {
            insist();
            Bundle unused = header(Cbor.decodeMap(header));
        } catch (Malformed e) {
            throw new IllegalStateException("a bundle outside the contract", e);
        }
        long length = header.length + emptyEnd.length;
        for (Message message : messages) length += length(message);
        if (length > BYTES_MAX) throw new IllegalStateException("a bundle of " + length + " bytes");
        ByteBuffer file = ByteBuffer.allocate((int) length).put(header);
        for (Message message : messages) file.put(item(message));
        byte[] bytes = file.array();
        file.put(end(messages.size(), Hash.sha256(bytes, file.position())));
        if (file.hasRemaining()) throw new IllegalStateException("a bundle shorter than was reckoned");
        return bytes;
    }

    private void insist() throws Malformed {
        if (messages.size() > MESSAGES_MAX) throw new Malformed("more than " + MESSAGES_MAX + " messages");
        for (Message message : messages) insist(this, message);
    }

    private static void insist(Bundle of, Message message) throws Malformed {
        String topic = message.topic();
        boolean plain = topic.length() <= Way.TOPIC_CHARS_MAX && topic.chars().allMatch(c -> c > ' ' && c < 0x7f);
        if (!plain || !of.way.carries(topic, of.fund, of.ledger.terminal())) {
            throw new Malformed("a message on a topic that is not this terminal's");
        }
        if (message.payload().length > PAYLOAD_BYTES_MAX) {
            throw new Malformed("a message longer than " + PAYLOAD_BYTES_MAX + " bytes");
        }
    }

    /** How many bytes a message takes in the file. */
    static long length(Message message) {
        return 1L + string(message.topic().length()) + string(message.payload().length);
    }

    /** A string of plain characters or bytes, with its head (RFC 8949, 3). */
    private static long string(long length) {
        int head = length < 24 ? 1 : length < 1 << 8 ? 2 : length < 1 << 16 ? 3 : 5;
        return head + length;
    }

    static byte[] header(Way way, long fund, LedgerId ledger) {
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, MAGIC)
                .Add(2, FORM)
                .Add(3, way.number())
                .Add(4, fund)
                .Add(5, ledger.terminal())
                .Add(6, ledger.epoch()));
    }

    static byte[] item(Message message) {
        return Cbor.encode(CBORObject.NewArray().Add(message.topic()).Add(message.payload()));
    }

    static byte[] end(int count, byte[] sum) {
        return Cbor.encode(CBORObject.NewMap().Add(1, count).Add(2, sum));
    }

    /** Reads a whole file; the messages are as they came, and none of them is believed yet. */
    public static Bundle decode(byte[] file) throws Malformed {
        if (file.length > BYTES_MAX) throw new Malformed("a bundle longer than " + BYTES_MAX + " bytes");
        ByteArrayInputStream in = new ByteArrayInputStream(file);
        Bundle empty = header(Cbor.decodeMap(next(in)));
        List<Message> messages = new ArrayList<>();
        while (true) {
            int begun = file.length - in.available();
            CBORObject item = Cbor.decode(next(in));
            if (item.getType() == CBORType.Map && !item.isTagged()) {
                end(item, messages.size(), Hash.sha256(file, begun));
                break;
            }
            if (messages.size() == MESSAGES_MAX) throw new Malformed("more than " + MESSAGES_MAX + " messages");
            messages.add(message(item, empty));
        }
        if (in.available() > 0) throw new Malformed("bytes after the end of the bundle");
        return new Bundle(empty.way, empty.fund, empty.ledger, messages);
    }

    private static byte[] next(ByteArrayInputStream in) throws Malformed {
        try {
            byte[] item = CborSequence.next(in);
            if (item == null) throw new Malformed("a bundle without its end");
            return item;
        } catch (IOException e) {
            throw new IllegalStateException("bytes in memory always read", e);
        }
    }

    private static Bundle header(CBORObject map) throws Malformed {
        if (map.isTagged()) throw new Malformed("not a bundle");
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6);
        if (!Cbor.text(map, 1).equals(MAGIC)) throw new Malformed("not a bundle");
        Cbor.uint(map, 2, FORM, FORM);
        long most = (1L << ID_MAX_BITS) - 1;
        LedgerId ledger = new LedgerId(Cbor.uint(map, 5, 1, most), Cbor.uint(map, 6, 1, most));
        return new Bundle(Way.of(Cbor.uint(map, 3)), Cbor.uint(map, 4, 1, most), ledger, List.of());
    }

    private static Message message(CBORObject item, Bundle of) throws Malformed {
        if (item.isTagged()) throw new Malformed("a message is no array of 2");
        CBORObject pair = Cbor.asArray(item, 2, "a message");
        String topic = Cbor.asLine(pair.get(0), Way.TOPIC_CHARS_MAX, "a topic");
        Message message = new Message(topic, Cbor.asBytes(pair.get(1), "a message"));
        insist(of, message);
        return message;
    }

    private static void end(CBORObject map, int count, byte[] sum) throws Malformed {
        Cbor.onlyKeys(map, 1, 2);
        Cbor.uint(map, 1, count, count);
        if (!Arrays.equals(Cbor.bytes(map, 2, sum.length), sum)) throw new Malformed("the bundle is not whole");
    }
}
