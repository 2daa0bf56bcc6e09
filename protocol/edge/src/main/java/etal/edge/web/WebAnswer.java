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
 * @param headers further ones, in their order; they win over what the server says by itself
 */
public record WebAnswer(int status, String contentType, byte[] body, Map<String, String> headers) {
    private static final ObjectMapper JSON = new ObjectMapper();

    /** Without further headers. */
    public WebAnswer(int status, String contentType, byte[] body) {
        this(status, contentType, body, Map.of());
    }

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

    /** A status and a page, such as 404. */
    public static WebAnswer html(int status, String page) {
        return new WebAnswer(status, html(page).contentType(), html(page).body());
    }

    /** 204: nothing new since what the asker knows. */
    public static WebAnswer nothingNew() {
        return new WebAnswer(204, "text/html; charset=utf-8", new byte[0]);
    }

    /** 303: what was posted is done, and what to look at stands under that path (RFC 9110, 15.4.4). */
    public static WebAnswer seeOther(String path) {
        return new WebAnswer(303, "text/plain; charset=utf-8", new byte[0]).with("Location", path);
    }

    /** The same with one more header. */
    public WebAnswer with(String header, String value) {
        Map<String, String> more = new LinkedHashMap<>(headers);
        more.put(header, value);
        return new WebAnswer(status, contentType, body, more);
    }

    /** 200 and bytes of some type. */
    public static WebAnswer bytes(String contentType, byte[] body) {
        return new WebAnswer(200, contentType, body);
    }
}
