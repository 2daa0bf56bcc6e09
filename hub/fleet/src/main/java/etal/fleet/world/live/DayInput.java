package etal.fleet.world.live;

import etal.fleet.market.BasketFile;
import etal.fleet.market.OwnMarket;
import etal.fleet.market.Receipt;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.reading.Fault;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;

/**
 * What a day sells: checked as a whole before anything is sold.
 *
 * @param catalogueCsv the catalogue's text as it was read
 * @param basketsCsv the basket file's text as it was read
 */
public record DayInput(String catalogueCsv, Catalogue catalogue, String basketsCsv, List<Receipt> receipts) {
    /** The largest file that is read, in bytes. */
    private static final long FILE_BYTES_MAX = 64L << 20;

    /** What reading the files gives. */
    public sealed interface Reading {
        /** Both files are sound. */
        record Sound(DayInput input) implements Reading {}

        /** What is wrong, one sentence each. */
        record Unfit(List<String> sentences) implements Reading {}
    }

    /** Reads both files, or makes a market of its own when none is named. */
    public static Reading read(Optional<Path> baskets, Optional<Path> catalogue, long seed) throws IOException {
        if (baskets.isPresent() != catalogue.isPresent()) {
            return new Reading.Unfit(List.of("--baskets and --catalogue: one without the other, both or none"));
        }
        if (baskets.isEmpty()) {
            Catalogue own = OwnMarket.catalogue();
            return parse(OwnMarket.catalogueCsv(), OwnMarket.CATALOGUE, OwnMarket.basketsCsv(own, seed), "baskets");
        }
        for (Path file : List.of(catalogue.orElseThrow(), baskets.orElseThrow())) {
            Optional<String> wrong = unreadable(file);
            if (wrong.isPresent()) {
                return new Reading.Unfit(List.of(wrong.get()));
            }
        }
        return parse(
                text(catalogue.get()),
                catalogue.get().toString(),
                text(baskets.get()),
                baskets.get().toString());
    }

    /** Reads the texts that an earlier run has laid into its directory. */
    public static Reading parse(String catalogueCsv, String catalogueName, String basketsCsv, String basketsName) {
        return switch (CatalogueCsv.read(catalogueCsv, catalogueName)) {
            case CatalogueReading.Faulty(List<Fault> faults) -> unfit(faults);
            case CatalogueReading.Read(Catalogue catalogue) ->
                switch (BasketFile.read(basketsCsv, basketsName, catalogue, catalogueName)) {
                    case BasketFile.Reading.Faulty(List<Fault> faults) -> unfit(faults);
                    case BasketFile.Reading.Read(List<Receipt> receipts) ->
                        new Reading.Sound(new DayInput(catalogueCsv, catalogue, basketsCsv, receipts));
                };
        };
    }

    private static Reading.Unfit unfit(List<Fault> faults) {
        return new Reading.Unfit(faults.stream().map(Fault::toString).toList());
    }

    private static Optional<String> unreadable(Path file) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file)) {
            return Optional.of(file + ": not a file that can be read; a CSV file in UTF-8 is expected");
        }
        if (Files.size(file) > FILE_BYTES_MAX) {
            return Optional.of(file + ": " + Files.size(file) + " bytes, at most " + FILE_BYTES_MAX);
        }
        return Optional.empty();
    }

    /** The text; bytes that are no UTF-8 become replacement characters, which the readers refuse with their place. */
    private static String text(Path file) throws IOException {
        try {
            return new String(Files.readAllBytes(file), StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new IOException(file + " went away while it was read", e);
        }
    }
}
