package etal.virtualcard;

import com.fasterxml.jackson.core.util.DefaultIndenter;
import com.fasterxml.jackson.core.util.DefaultPrettyPrinter;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import etal.protocol.card.Answers;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.Hash;
import java.io.IOException;
import java.util.Arrays;
import java.util.Map;
import java.util.TreeMap;

/** What one card and one terminal said to each other, a file for each command. */
final class VectorBook {
    private static final ObjectMapper JSON = new ObjectMapper();
    private static final int MAC = 8;

    private final Map<String, ObjectNode> files = new TreeMap<>();
    private final VirtualCard card;
    private final TestStall stall;

    VectorBook(VirtualCard card, TestStall stall) {
        this.card = card;
        this.stall = stall;
    }

    ObjectNode file(String name, String about) {
        return files.computeIfAbsent(
                "card-" + name, key -> JSON.createObjectNode().put("about", about));
    }

    /** Sends a command and writes down what went to and fro. */
    ObjectNode exchange(ObjectNode file, String about, byte[] command) throws Exception {
        byte[] answer = card.transmit(command);
        ObjectNode vector = vectors(file).addObject().put("about", about);
        vector.put("command", Hash.hex(command)).put("answer", Hash.hex(answer));
        vector.put("statusWord", Integer.toHexString(Answers.statusWord(answer)));
        return vector;
    }

    /** The same for a command that ends with a MAC. */
    ObjectNode authentic(ObjectNode file, String about, byte[] command) throws Exception {
        ObjectNode vector = exchange(file, about, command);
        byte[] message = Arrays.copyOf(command, command.length - MAC - 1);
        vector.put("challenge", Hash.hex(stall.challenge()));
        vector.put("macOver", Hash.hex(stall.challenge()) + Hash.hex(message));
        vector.put("mac", Hash.hex(Arrays.copyOfRange(command, message.length, message.length + MAC)));
        return vector;
    }

    /** The same for a command that makes a record: what the card signed, and its signature. */
    ObjectNode recorded(ObjectNode file, String about, byte[] command) throws Exception {
        ObjectNode vector = authentic(file, about, command);
        byte[] answer = Hash.unhex(vector.get("answer").textValue());
        if (Answers.statusWord(answer) != StatusWord.DONE) {
            return vector;
        }
        long counter = Answers.debit(answer).counter();
        // Reading it back makes the record's bytes the card's own word, and not what the terminal makes of the answer.
        byte[] logged = card.transmit(stall.readLog(counter));
        var record = Answers.readLog(stall.key(), stall.challenge(), counter, logged);
        return vector.put("record", Hash.hex(record.record().encode())).put("signature", Hash.hex(record.signature()));
    }

    /** Of an encrypted answer: what it says and what it was hidden under. */
    void hidden(ObjectNode vector, int instruction, long counter, int length) throws Exception {
        byte[] answer = Hash.unhex(vector.get("answer").textValue());
        byte[] hidden = Arrays.copyOf(answer, length);
        vector.put("challenge", Hash.hex(stall.challenge()));
        vector.put("keyStream", Hash.hex(stall.key().crypt(stall.challenge(), instruction, counter, new byte[length])));
        vector.put("plain", Hash.hex(stall.key().crypt(stall.challenge(), instruction, counter, hidden)));
    }

    private static ArrayNode vectors(ObjectNode file) {
        return file.withArray("vectors");
    }

    /** Each file's name and text. */
    Map<String, String> texts() throws IOException {
        Map<String, String> texts = new TreeMap<>();
        var printer = new DefaultPrettyPrinter().withObjectIndenter(new DefaultIndenter("  ", "\n"));
        for (Map.Entry<String, ObjectNode> file : files.entrySet()) {
            texts.put(file.getKey() + ".json", JSON.writer(printer).writeValueAsString(file.getValue()) + "\n");
        }
        return texts;
    }
}
