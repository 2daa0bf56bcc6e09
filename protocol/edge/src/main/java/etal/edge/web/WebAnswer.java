package etal.edge.web;

import com.fasterxml.jackson.core.JsonProcessingException;
import com.fasterxml.jackson.databind.ObjectMapper;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/**
 * What a handler answers. The array is not copied: nobody may change it.
 *
 * @param status of HTTP
 * @param contentType of the body
 * @param body whole
 */
public record WebAnswer(int status, String contentType, byte[] body) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** 200 and a record, map or tree as JSON, its fields in their order. */
    public static WebAnswer json(Object value) {
        return json(200, value);
    }

    /** A status and a record, map or tree as JSON. */
    public static WebAnswer json(int status, Object value) {
        try {
            return new WebAnswer(status, "application/json", JSON.writeValueAsBytes(value));
        } catch (JsonProcessingException e) {
            throw new IllegalStateException("an answer that cannot be written as JSON", e);
        }
    }

    /** A refusal: {@code {"error": key, "sentence": what people read}}. */
    public static WebAnswer refused(int status, String error, String sentence) {
        Map<String, String> body = new LinkedHashMap<>();
        body.put("error", error);
        body.put("sentence", sentence);
        return json(status, body);
    }

    /** 200 and a page. */
    public static WebAnswer html(String page) {
        return new WebAnswer(200, "text/html; charset=utf-8", page.getBytes(StandardCharsets.UTF_8));
    }

    /** 200 and bytes of some type. */
    public static WebAnswer bytes(String contentType, byte[] body) {
        return new WebAnswer(200, contentType, body);
    }
}
