package etal.fleet.tryout;

import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.fleet.market.BasketFile;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.reading.Fault;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Tables of baskets, purchases and members: read, or each fault named with its line. */
final class TablesFuzzTest {
    private static final Scheme SCHEME = ShippedSchemes.scheme("dieulefit");
    private static final Catalogue CATALOGUE = new Catalogue(List.of(
            new Product("apples", "Pommes", "fruits", 200, 55, 100),
            new Product("wine", "Vin", "boissons", 900, 200, 0)));

    private static String text(byte[] in) {
        return new String(in, StandardCharsets.UTF_8);
    }

    private static void named(List<Fault> faults) {
        assertFalse(faults.isEmpty());
        for (Fault fault : faults) assertTrue(fault.toString().startsWith("F:"), fault.toString());
    }

    @FuzzTest(maxDuration = "5m")
    void baskets(byte[] in) {
        switch (BasketFile.read(text(in), "F", CATALOGUE, "C")) {
            case BasketFile.Reading.Read read -> assertFalse(read.receipts().isEmpty());
            case BasketFile.Reading.Faulty(List<Fault> faults) -> named(faults);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void purchases(byte[] in) {
        switch (PurchasesCsv.read(text(in), "F", CATALOGUE, SCHEME)) {
            case PurchasesCsv.Reading.Read read -> assertFalse(read.purchases().isEmpty());
            case PurchasesCsv.Reading.Faulty(List<Fault> faults) -> named(faults);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void members(byte[] in) {
        switch (MembersCsv.read(text(in), "F", SCHEME)) {
            case MembersCsv.Reading.Read read -> assertFalse(read.buyers().isEmpty());
            case MembersCsv.Reading.Faulty(List<Fault> faults) -> named(faults);
        }
    }
}
