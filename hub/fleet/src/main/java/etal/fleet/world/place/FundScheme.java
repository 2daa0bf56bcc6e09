package etal.fleet.world.place;

import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;

/** The scheme of the market: Dieulefit's, as it ships. */
public final class FundScheme {
    private static final String RESOURCE = "/schemes/dieulefit.yaml";

    private FundScheme() {}

    /** The text of the file. */
    public static String yaml() {
        try (InputStream in = SchemeFile.class.getResourceAsStream(RESOURCE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + RESOURCE + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The scheme. */
    public static Scheme dieulefit() {
        return switch (SchemeFile.read(yaml(), RESOURCE)) {
            case SchemeReading.Read(Scheme scheme) -> scheme;
            case SchemeReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        };
    }
}
