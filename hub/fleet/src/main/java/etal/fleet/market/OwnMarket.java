package etal.fleet.market;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.catalogue.Product;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Set;
import java.util.SplittableRandom;

/** A market of our own making, for a day without a basket file: a catalogue of Dieulefit and receipts from the seed. */
public final class OwnMarket {
    /** The resource with the catalogue; also its name in messages. */
    public static final String CATALOGUE = "/market/catalogue.csv";

    /** How many receipts a day without a file has. */
    public static final int RECEIPTS = 400;

    private OwnMarket() {}

    /** The text of the catalogue that ships. */
    public static String catalogueCsv() {
        try (InputStream in = OwnMarket.class.getResourceAsStream(CATALOGUE)) {
            if (in == null) {
                throw new IllegalStateException("the resource " + CATALOGUE + " is missing from the build");
            }
            return new String(in.readAllBytes(), StandardCharsets.UTF_8);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /** The catalogue that ships. */
    public static Catalogue catalogue() {
        return switch (CatalogueCsv.read(catalogueCsv(), CATALOGUE)) {
            case CatalogueReading.Read(Catalogue catalogue) -> catalogue;
            case CatalogueReading.Faulty faulty -> throw new IllegalStateException(faulty.toString());
        };
    }

    /** Receipts of one to nine items, the front of the catalogue somewhat more often than its end; as a basket file's text. */
    public static String basketsCsv(Catalogue catalogue, long seed) {
        var random = new SplittableRandom(seed);
        var text = new StringBuilder();
        for (int i = 0; i < RECEIPTS; i++) {
            text.append(String.join(",", quoted(items(catalogue.products(), random))))
                    .append('\n');
        }
        return text.toString();
    }

    private static Set<String> items(List<Product> products, SplittableRandom random) {
        int count = 1 + Math.min(random.nextInt(9), random.nextInt(9));
        var items = new LinkedHashSet<String>();
        while (items.size() < count) {
            int at = random.nextInt(4) == 0 ? random.nextInt(products.size() * 2 / 3) : random.nextInt(products.size());
            items.add(products.get(at).id());
        }
        return items;
    }

    private static List<String> quoted(Set<String> items) {
        var fields = new ArrayList<String>();
        for (String item : items) {
            fields.add(item.indexOf(',') < 0 ? item : "\"" + item + "\"");
        }
        return fields;
    }
}
