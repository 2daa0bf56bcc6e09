package etal.edge.web;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.StreamReadConstraints;
import com.fasterxml.jackson.core.StreamReadFeature;
import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.util.Map;
import java.util.Optional;

/** One request, already read whole. Arrays and maps are not copied: nobody may change them. */
public final class WebRequest {
    private static final int DEPTH_MAX = 16;
    private static final int TEXT_CHARACTERS_MAX = 100_000;
    private static final ObjectMapper JSON = JsonMapper.builder(JsonFactory.builder()
                    .enable(StreamReadFeature.STRICT_DUPLICATE_DETECTION)
                    .streamReadConstraints(StreamReadConstraints.builder()
                            .maxNestingDepth(DEPTH_MAX)
                            .maxStringLength(TEXT_CHARACTERS_MAX)
                            .build())
                    .build())
            .enable(DeserializationFeature.FAIL_ON_TRAILING_TOKENS)
            .build();

    private final Map<String, String> path;
    private final Map<String, String> query;
    private final Sender sender;
    private final byte[] body;

    /**
     * What the browser says of itself.
     *
     * @param form the fields of a form, each once
     * @param cookies by name
     * @param fragment whether a script asks, that puts the answer into a page
     */
    record Sender(Map<String, String> form, Map<String, String> cookies, boolean fragment) {}

    WebRequest(Map<String, String> path, Map<String, String> query, Sender sender, byte[] body) {
        this.path = path;
        this.query = query;
        this.sender = sender;
        this.body = body;
    }

    /** A field of the posted form. */
    public Optional<String> form(String name) {
        return Optional.ofNullable(sender.form().get(name));
    }

    /** A cookie. */
    public Optional<String> cookie(String name) {
        return Optional.ofNullable(sender.cookies().get(name));
    }

    /** Whether a part of a page is asked for, by its script, and not a whole page. */
    public boolean wantsFragment() {
        return sender.fragment();
    }

    /** The part of the path that stands for {@code {name}} in the route. */
    public String path(String name) {
        String value = path.get(name);
        if (value == null) {
            throw new IllegalStateException("the route has no {" + name + "}");
        }
        return value;
    }

    /** A parameter of the query. */
    public Optional<String> query(String name) {
        return Optional.ofNullable(query.get(name));
    }

    /** A whole number of the query within bounds, or {@code otherwise} if it is not given. */
    public long queryNumber(String name, long lowest, long highest, long otherwise) throws WebRefusal {
        String value = query.get(name);
        if (value == null) {
            return otherwise;
        }
        try {
            long number = Long.parseLong(value);
            if (number >= lowest && number <= highest) {
                return number;
            }
        } catch (NumberFormatException e) {
            throw notWithin(name, lowest, highest);
        }
        throw notWithin(name, lowest, highest);
    }

    /** The body as a JSON object; 400 if it is none. */
    public JsonNode json() throws WebRefusal {
        try {
            JsonNode tree = JSON.readTree(body);
            if (tree != null && tree.isObject()) {
                return tree;
            }
        } catch (IOException e) {
            throw new WebRefusal(400, "malformed", "The body is not JSON: " + firstLine(e.getMessage()));
        }
        throw new WebRefusal(400, "malformed", "The body is not a JSON object.");
    }

    /** A text of the JSON object; 400 if it is missing or empty. */
    public String text(String field) throws WebRefusal {
        JsonNode value = json().get(field);
        if (value == null || !value.isTextual() || value.textValue().isEmpty()) {
            throw new WebRefusal(400, "malformed", "The field " + field + " must be a text.");
        }
        return value.textValue();
    }

    /** The body as it came. */
    public byte[] body() {
        return body;
    }

    private static WebRefusal notWithin(String name, long lowest, long highest) {
        return new WebRefusal(
                400,
                "malformed",
                "The parameter " + name + " must be a number from " + lowest + " to " + highest + ".");
    }

    private static String firstLine(@org.jspecify.annotations.Nullable String message) {
        return message == null ? "" : message.lines().findFirst().orElse("");
    }
}
