package etal.protocol.scheme.file;

import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** The schemes that ship, one file a fund under {@code /schemes}. Stateless. */
public final class ShippedSchemes {
    /** The fund whose rules are taken where nothing else is said. */
    public static final String DIEULEFIT = "dieulefit";

    private static final List<String> IDS = List.of(
            DIEULEFIT,
            "montpellier",
            "toulouse-nord",
            "toulouse-sud",
            "gironde-benauge",
            "gironde-begles",
            "gironde-pays-foyen",
            "gironde-sud",
            "alsace",
            "vitalim",
            "gers",
            "geneve",
            "joigny",
            "clermont-ferrand",
            "saint-etienne",
            "brest",
            "ariege",
            "ivry",
            "dieulefit-marche",
            "gentioux",
            "lezignan",
            "ulb-as-bean",
            "bees-coop",
            "bordeaux-etudiants");

    private ShippedSchemes() {}

    /** Their ids; each is also the name of its file. */
    public static List<String> ids() {
        return IDS;
    }

    /** The text of a file. */
    public static String yaml(String id) {
        return text(id + ".yaml");
    }

    /** What a scheme file may hold, as a JSON Schema (draft 2020-12). */
    public static String jsonSchema() {
        return text("scheme.schema.json");
    }

    private static String text(String file) {
        try (InputStream in = ShippedSchemes.class.getResourceAsStream("/schemes/" + file)) {
            if (in == null) {
                throw new IllegalArgumentException("nothing ships under the name " + file);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("what ships cannot be read: " + file, broken);
        }
    }

    /** What a file says. */
    public static Scheme scheme(String id) {
        return switch (SchemeFile.read(yaml(id), id + ".yaml")) {
            case SchemeReading.Read read -> read.scheme();
            case SchemeReading.Faulty faulty ->
                throw new IllegalStateException("a scheme that ships has faults: " + faulty.faults());
        };
    }
}
