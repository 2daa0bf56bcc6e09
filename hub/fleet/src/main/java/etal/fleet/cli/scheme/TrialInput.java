package etal.fleet.cli.scheme;

import etal.fleet.market.BasketFile;
import etal.fleet.market.OwnMarket;
import etal.fleet.tryout.Assumed;
import etal.fleet.tryout.Buyer;
import etal.fleet.tryout.MembersCsv;
import etal.fleet.tryout.Purchase;
import etal.fleet.tryout.PurchasesCsv;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.scheme.Scheme;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What a scheme is tried on.
 *
 * @param buyers who takes part
 * @param purchases what they bought
 * @param membersGiven whether a file says who takes part
 * @param plainReceipts whether the receipts name goods only
 */
record TrialInput(List<Buyer> buyers, List<Purchase> purchases, boolean membersGiven, boolean plainReceipts) {
    /** Reads the files; empty once their faults are said. */
    static Optional<TrialInput> read(
            Inputs inputs, Scheme scheme, Path baskets, @Nullable Path catalogueFile, @Nullable Path membersFile)
            throws IOException {
        Optional<Catalogue> catalogue = catalogue(inputs, baskets, catalogueFile);
        Optional<String> receipts = inputs.text(baskets);
        Optional<String> members = membersFile == null ? Optional.of("") : inputs.text(membersFile);
        if (catalogue.isEmpty() || receipts.isEmpty() || members.isEmpty()) {
            return Optional.empty();
        }
        Optional<List<Buyer>> given = membersFile == null
                ? Optional.of(List.of())
                : buyers(inputs, members.get(), membersFile.toString(), scheme);
        if (given.isEmpty()) {
            return Optional.empty();
        }
        String text = receipts.get();
        return PurchasesCsv.is(text)
                ? rich(inputs, text, baskets.toString(), catalogue.get(), scheme, given.get())
                : plain(inputs, text, baskets.toString(), catalogue.get(), scheme, given.get());
    }

    /** The one named, else the one beside the receipts, else the market's own. */
    private static Optional<Catalogue> catalogue(Inputs inputs, Path baskets, @Nullable Path named) throws IOException {
        Path beside =
                baskets.resolveSibling(String.valueOf(baskets.getFileName()).replace("baskets", "catalogue"));
        if (named == null && (beside.equals(baskets) || !Files.isRegularFile(beside))) {
            return Optional.of(OwnMarket.catalogue());
        }
        Path file = named == null ? beside : named;
        Optional<String> text = inputs.text(file);
        return text.flatMap(csv -> switch (CatalogueCsv.read(csv, file.toString())) {
            case CatalogueReading.Read(Catalogue read) -> Optional.of(read);
            case CatalogueReading.Faulty faulty -> inputs.refused(faulty.faults());
        });
    }

    private static Optional<List<Buyer>> buyers(Inputs inputs, String csv, String name, Scheme scheme) {
        return switch (MembersCsv.read(csv, name, scheme)) {
            case MembersCsv.Reading.Read read -> Optional.of(read.buyers());
            case MembersCsv.Reading.Faulty faulty -> inputs.refused(faulty.faults());
        };
    }

    private static Optional<TrialInput> rich(
            Inputs inputs, String csv, String name, Catalogue catalogue, Scheme scheme, List<Buyer> given) {
        return switch (PurchasesCsv.read(csv, name, catalogue, scheme)) {
            case PurchasesCsv.Reading.Faulty faulty -> inputs.refused(faulty.faults());
            case PurchasesCsv.Reading.Read(List<Purchase> purchases) -> {
                List<Buyer> buyers = given.isEmpty() ? Assumed.buyersOf(scheme, purchases) : given;
                yield Optional.of(new TrialInput(buyers, purchases, !given.isEmpty(), false));
            }
        };
    }

    private static Optional<TrialInput> plain(
            Inputs inputs, String csv, String name, Catalogue catalogue, Scheme scheme, List<Buyer> given) {
        return switch (BasketFile.read(csv, name, catalogue, "catalogue")) {
            case BasketFile.Reading.Faulty faulty -> inputs.refused(faulty.faults());
            case BasketFile.Reading.Read read -> {
                List<Buyer> buyers =
                        given.isEmpty() ? Assumed.buyers(scheme, read.receipts().size()) : given;
                List<Purchase> purchases = Assumed.purchases(scheme, catalogue, read.receipts(), buyers);
                yield Optional.of(new TrialInput(buyers, purchases, !given.isEmpty(), true));
            }
        };
    }
}
