package etal.protocol.fuzz;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.code_intelligence.jazzer.junit.FuzzTest;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.cbor.Malformed;
import etal.protocol.draw.CandidatesCsv;
import etal.protocol.draw.CandidatesReading;
import etal.protocol.reading.CsvRows;
import etal.protocol.reading.Fault;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.trust.CertificatePem;
import etal.protocol.trust.TestCertificates;
import etal.protocol.trust.TrustFile;
import etal.protocol.trust.X509Chain;
import java.nio.charset.StandardCharsets;
import java.util.List;

/** Files that people write and certificates that strangers show: read, or each fault named with its line. */
final class FilesFuzzTest {
    private static final int FAULTS_MAX = 1_000;
    private static final long AT_MILLIS = 1_743_588_000_000L;
    private static final Scheme SCHEME = ShippedSchemes.scheme("dieulefit");

    private static String text(byte[] in) {
        return new String(in, StandardCharsets.UTF_8);
    }

    private static void named(List<Fault> faults) {
        assertFalse(faults.isEmpty());
        assertTrue(faults.size() <= FAULTS_MAX, () -> faults.size() + " faults");
        for (Fault fault : faults) assertTrue(fault.toString().startsWith("F:"), fault.toString());
    }

    @FuzzTest(maxDuration = "5m")
    void a_scheme(byte[] in) {
        switch (SchemeFile.read(text(in), "F")) {
            case SchemeReading.Read(Scheme scheme) -> assertTrue(scheme.fund() >= 0);
            case SchemeReading.Faulty(List<Fault> faults) -> named(faults);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_product_list(byte[] in) throws Malformed {
        switch (CatalogueCsv.read(text(in), "F")) {
            case CatalogueReading.Read(Catalogue catalogue) ->
                assertEquals(catalogue, Catalogue.decode(catalogue.encode()));
            case CatalogueReading.Faulty(List<Fault> faults) -> named(faults);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_list_of_candidates(byte[] in) {
        switch (CandidatesCsv.read(text(in), "F", SCHEME)) {
            case CandidatesReading.Read read -> assertFalse(read.candidates().isEmpty());
            case CandidatesReading.Faulty(List<Fault> faults) -> named(faults);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void rows_of_a_table(byte[] in) {
        CsvRows rows = new CsvRows(text(in));
        try {
            for (int before = 0; rows.hasNext(); ) {
                CsvRows.Row row = rows.next();
                assertTrue(row.line() > before, "lines only grow");
                before = row.line();
            }
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void a_leaf_that_a_stranger_shows(byte[] in) {
        try {
            X509Chain.verify(List.of(in, TestCertificates.TERMINAL_CA), TestCertificates.ROOT, AT_MILLIS);
            assertTrue(isOurs(in), "only what the authority has signed passes");
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    private static boolean isOurs(byte[] in) {
        return java.util.Arrays.equals(in, TestCertificates.TERMINAL);
    }

    @FuzzTest(maxDuration = "5m")
    void a_root_or_an_authority_from_outside(byte[] in) {
        try {
            X509Chain.verify(List.of(TestCertificates.TERMINAL, in), TestCertificates.ROOT, AT_MILLIS);
        } catch (Malformed e) {
            Refused.rightly(e);
        }
        try {
            X509Chain.verify(List.of(TestCertificates.TERMINAL, TestCertificates.TERMINAL_CA), in, AT_MILLIS);
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }

    @FuzzTest(maxDuration = "5m")
    void certificates_in_pem(byte[] in) {
        try {
            List<byte[]> read = CertificatePem.read(text(in), 8);
            assertTrue(read.size() <= 8);
        } catch (Malformed e) {
            Refused.rightly(e);
        }
        try {
            TrustFile.read(text(in));
        } catch (Malformed e) {
            Refused.rightly(e);
        }
    }
}
