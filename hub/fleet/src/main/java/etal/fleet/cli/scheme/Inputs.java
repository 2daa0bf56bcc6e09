package etal.fleet.cli.scheme;

import etal.edge.speech.FaultLines;
import etal.protocol.draw.Candidate;
import etal.protocol.draw.CandidatesCsv;
import etal.protocol.draw.CandidatesReading;
import etal.protocol.reading.Fault;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import java.util.Optional;

/** Reads the files a command is given, and says what is wrong with them where nobody takes it for a result. */
record Inputs(PrintWriter faults, Locale locale) {
    private static final long FILE_BYTES_MAX = 8 << 20;

    /** What a list of candidates holds, with the bytes it was published as. */
    record PublishedCandidates(byte[] bytes, List<Candidate> candidates) {}

    /** The scheme of a file; empty once its faults are said. */
    Optional<Scheme> scheme(Path file) throws IOException {
        Optional<byte[]> bytes = bytes(file, "a YAML file");
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return switch (SchemeFile.read(text(bytes.get()), file.toString())) {
            case SchemeReading.Read read -> Optional.of(read.scheme());
            case SchemeReading.Faulty faulty -> refused(faulty.faults());
        };
    }

    /** The candidates of a file; empty once its faults are said. */
    Optional<PublishedCandidates> candidates(Path file, Scheme scheme) throws IOException {
        Optional<byte[]> bytes = bytes(file, "a CSV file");
        if (bytes.isEmpty()) {
            return Optional.empty();
        }
        return switch (CandidatesCsv.read(text(bytes.get()), file.toString(), scheme)) {
            case CandidatesReading.Read read -> Optional.of(new PublishedCandidates(bytes.get(), read.candidates()));
            case CandidatesReading.Faulty faulty -> refused(faulty.faults());
        };
    }

    private Optional<byte[]> bytes(Path file, String kind) throws IOException {
        if (!Files.isRegularFile(file) || !Files.isReadable(file) || Files.size(file) > FILE_BYTES_MAX) {
            boolean english = locale.getLanguage().equals("en");
            faults.println(file
                    + (english
                            ? ": not a file that can be read, " + kind + " of at most 8 MiB is expected"
                            : ": ce fichier ne peut pas être lu, il faut un fichier de 8 Mio au plus"));
            return Optional.empty();
        }
        return Optional.of(Files.readAllBytes(file));
    }

    /** A file's text; empty once it is said that it cannot be read. */
    Optional<String> text(Path file) throws IOException {
        return bytes(file, "a CSV file").map(Inputs::text);
    }

    /** Nothing, once these faults are said. */
    <T> Optional<T> refused(List<Fault> found) {
        FaultLines lines = new FaultLines(locale);
        found.forEach(fault -> faults.println(lines.line(fault)));
        return Optional.empty();
    }

    /** What is no UTF-8 becomes a character that no reader takes. */
    private static String text(byte[] bytes) {
        return new String(bytes, StandardCharsets.UTF_8);
    }
}
