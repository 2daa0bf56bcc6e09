package etal.fleet.world.live;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import etal.protocol.cose.Hash;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.Optional;

/** Which day a directory holds, so that nobody goes on with another one in it by mistake. */
record PlanFile(long seed, String catalogueHash, String basketsHash) {
    private static final ObjectMapper JSON = new ObjectMapper();

    static PlanFile of(DayInput input, long seed) {
        return new PlanFile(seed, hash(input.catalogueCsv()), hash(input.basketsCsv()));
    }

    private static String hash(String text) {
        return Hash.hex(Hash.sha256(text.getBytes(StandardCharsets.UTF_8)));
    }

    /** Lays the plan into an empty directory; a sentence when the directory holds another plan. */
    Optional<String> keepIn(DayDirectory directory) throws IOException {
        Path file = directory.plan();
        if (!Files.exists(file)) {
            ObjectNode json = JSON.createObjectNode();
            json.put("seed", seed).put("catalogue", catalogueHash).put("baskets", basketsHash);
            Path next = file.resolveSibling("plan.json.next");
            Files.writeString(next, json.toPrettyString() + "\n", StandardCharsets.UTF_8);
            Files.move(next, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
            return Optional.empty();
        }
        JsonNode json;
        try {
            json = JSON.readTree(Files.readAllBytes(file));
        } catch (com.fasterxml.jackson.core.JacksonException e) {
            return Optional.of(file + " is damaged: " + e.getOriginalMessage() + "; choose another --out");
        }
        var there = new PlanFile(
                json.path("seed").asLong(-1),
                json.path("catalogue").asText(),
                json.path("baskets").asText());
        return equals(there)
                ? Optional.empty()
                : Optional.of(directory.market().root() + " holds another day: " + difference(there)
                        + "; choose another --out");
    }

    private String difference(PlanFile there) {
        if (seed != there.seed) {
            return "its seed is " + there.seed + ", not " + seed;
        }
        return catalogueHash.equals(there.catalogueHash) ? "its baskets are others" : "its catalogue is another";
    }
}
