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
        try (InputStream in = ShippedSchemes.class.getResourceAsStream("/schemes/" + id + ".yaml")) {
            if (in == null) {
                throw new IllegalArgumentException("no scheme ships under the name " + id);
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException broken) {
            throw new UncheckedIOException("a scheme that ships cannot be read: " + id, broken);
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
