package etal.protocol;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.Map;
import java.util.stream.Collectors;
import org.junit.jupiter.api.Test;

final class VectorsTest {
    /** Reading them through {@link Vectors} compares each file's SHA-256. */
    @Test
    void every_outside_vector_is_pinned_and_as_it_was_pinned() throws Exception {
        for (String name : Vectors.pins().keySet()) Vectors.json("vectors/" + name);
        Map<String, Long> counts = Vectors.pins().keySet().stream()
                .collect(Collectors.groupingBy(name -> name.substring(0, name.indexOf('/')), Collectors.counting()));
        assertEquals(Map.of("wycheproof", 2L, "cose", 22L, "cbor", 1L), counts);
    }
}
