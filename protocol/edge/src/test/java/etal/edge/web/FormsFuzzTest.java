package etal.edge.web;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import java.util.Map;
import java.util.Optional;

/** What a browser posts: a form, a JSON object, a number of the query; or a refusal with 400. */
final class FormsFuzzTest {
    @FuzzTest(maxDuration = "5m")
    void a_form(byte[] in) {
        try {
            Map<String, String> fields = FormBody.fields(in);
            assertTrue(fields.size() <= 64);
            WebRequest request = request(fields, in);
            for (Map.Entry<String, String> field : fields.entrySet()) {
                assertEquals(Optional.of(field.getValue()), request.form(field.getKey()));
                request.queryNumber(field.getKey(), -9, 9, 0);
            }
        } catch (WebRefusal refusal) {
            assertEquals(400, refusal.answer().status());
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_json_object(byte[] in) {
        try {
            assertTrue(request(Map.of(), in).json().isObject());
        } catch (WebRefusal refusal) {
            assertEquals(400, refusal.answer().status());
        }
    }

    private static WebRequest request(Map<String, String> fields, byte[] body) {
        return new WebRequest(Map.of(), fields, new WebRequest.Sender(fields, Map.of(), false), body);
    }
}
