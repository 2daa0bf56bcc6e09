package etal.protocol.card;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.io.IOException;
import java.io.InputStream;
import java.util.Objects;

/** The golden bytes of {@code vectors/card.json}: made by a program that shares no code with this project. */
final class CardVectors {
    private final JsonNode root;

    private CardVectors(JsonNode root) {
        this.root = root;
    }

    static CardVectors read() throws IOException {
        try (InputStream in = CardVectors.class.getResourceAsStream("/vectors/card.json")) {
            return new CardVectors(new ObjectMapper().readTree(Objects.requireNonNull(in)));
        }
    }

    /** A value by its path, as {@code /names/fund}. */
    JsonNode at(String path) {
        JsonNode node = root.at(path);
        if (node.isMissingNode()) {
            throw new IllegalArgumentException("no vector " + path);
        }
        return node;
    }

    long number(String path) {
        return at(path).longValue();
    }

    byte[] bytes(String path) throws Malformed {
        return Hash.unhex(at(path).textValue());
    }

    CardRecord record(int index) throws Malformed {
        String at = "/records/" + index;
        return new CardRecord(
                CardRecord.Tag.valueOf(at(at + "/tag").textValue()),
                number(at + "/counter"),
                number(at + "/terminal"),
                number(at + "/epoch"),
                number(at + "/sale"),
                new Deltas(number(at + "/deltas/0"), number(at + "/deltas/1"), number(at + "/deltas/2")),
                new Balances(number(at + "/after/0"), number(at + "/after/1"), number(at + "/after/2")),
                (int) number(at + "/period"),
                number(at + "/timeSeconds"),
                bytes(at + "/intentHash"));
    }

    PairwiseKey pairwiseKey() throws Malformed {
        return new PairwiseKey(bytes("/pairwise/key"));
    }
}
