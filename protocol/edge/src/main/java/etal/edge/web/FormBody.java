package etal.edge.web;

import java.net.URLDecoder;
import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;

/** The body of a posted form: {@code application/x-www-form-urlencoded} (URL standard, 5.1). Stateless. */
final class FormBody {
    private static final int FIELDS_MAX = 64;

    private FormBody() {}

    /** The fields in their order, the first of those with one name; 400 for what is no form. */
    static Map<String, String> fields(byte[] body) throws WebRefusal {
        Map<String, String> fields = new LinkedHashMap<>();
        String text = new String(body, StandardCharsets.UTF_8);
        for (String pair : text.split("&", FIELDS_MAX + 1)) {
            if (fields.size() == FIELDS_MAX) {
                throw new WebRefusal(400, "malformed", "A form has at most " + FIELDS_MAX + " fields.");
            }
            if (!pair.isEmpty()) {
                int equals = pair.indexOf('=');
                String name = equals < 0 ? pair : pair.substring(0, equals);
                fields.putIfAbsent(decoded(name), equals < 0 ? "" : decoded(pair.substring(equals + 1)));
            }
        }
        return fields;
    }

    private static String decoded(String text) throws WebRefusal {
        try {
            return URLDecoder.decode(text, StandardCharsets.UTF_8);
        } catch (IllegalArgumentException e) {
            throw new WebRefusal(400, "malformed", "The form is not encoded as a form: " + e.getMessage());
        }
    }
}
