package etal.fsck;

import etal.fsck.bytes.Damage;
import etal.fsck.check.Verifications;
import etal.fsck.ledger.LedgerName;
import etal.fsck.place.Found;
import etal.fsck.place.PlacedLedger;
import etal.fsck.place.Places;
import etal.fsck.place.ReceiptCode;
import etal.fsck.place.Receipts;
import etal.fsck.trust.Trust;
import java.io.IOException;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * {@code etal fsck PATH... [--trust F] [--receipt TEXT]...}: says of each ledger whether it is whole.
 *
 * <p>Exit codes: 0 all ok, 1 damage, 2 bad usage or input, 3 no trust file.
 */
public final class Fsck {
    private static final Comparator<String> BY_NAME = Comparator.comparing(
                    (String id) -> LedgerName.parse(id).orElse(new LedgerName(Long.MAX_VALUE, 0)))
            .thenComparing(Comparator.naturalOrder());

    private final PrintStream out;
    private final PrintStream err;
    private final Map<Path, Verifications> trusts = new LinkedHashMap<>();
    private final List<PlacedLedger> ledgers = new ArrayList<>();
    private final List<String> notes = new ArrayList<>();
    private final Receipts receipts = new Receipts();

    private Fsck(PrintStream out, PrintStream err) {
        this.out = out;
        this.err = err;
    }

    /** The command. */
    public static void main(String[] words) {
        PrintStream out = new PrintStream(System.out, true, StandardCharsets.UTF_8);
        PrintStream err = new PrintStream(System.err, true, StandardCharsets.UTF_8);
        System.exit(run(List.of(words), out, err));
    }

    /** The command with its output and its exit code. */
    public static int run(List<String> words, PrintStream out, PrintStream err) {
        return new Fsck(out, err).run(words);
    }

    private int run(List<String> words) {
        try {
            Arguments arguments = Arguments.parse(words);
            receipts.codes().addAll(arguments.receipts());
            for (Path path : arguments.paths()) {
                Optional<Path> trust = arguments.trust().or(() -> Found.trustFor(path));
                if (trust.isEmpty()) {
                    err.println("no trust.pem beside " + path + " or above it: name the trust file with --trust F");
                    return 3;
                }
                take(Found.under(path), verifications(trust.get()));
            }
            if (ledgers.isEmpty() && notes.isEmpty() && receipts.codes().isEmpty()) {
                err.println("nothing to check there: no ledger, no database, no receipt");
                return 2;
            }
            return report();
        } catch (Arguments.BadUsage bad) {
            err.println(bad.getMessage());
            return 2;
        } catch (IOException unreadable) {
            err.println("cannot be read: " + unreadable.getMessage());
            return 2;
        }
    }

    private Verifications verifications(Path trust) throws Arguments.BadUsage, IOException {
        Verifications known = trusts.get(trust);
        if (known != null) {
            return known;
        }
        try {
            Verifications fresh = new Verifications(Trust.read(trust));
            trusts.put(trust, fresh);
            return fresh;
        } catch (Damage damage) {
            throw new Arguments.BadUsage("the trust file " + trust + " cannot be used: " + damage.reason());
        }
    }

    private void take(Found found, Verifications verifications) {
        for (Path file : found.ledgers()) {
            err.println("checking " + shown(file.toString()));
            ledgers.add(Places.file(file, verifications));
        }
        for (Path file : found.databases()) {
            err.println("checking " + shown(file.toString()));
            List<PlacedLedger> held = Places.database(file, verifications);
            ledgers.addAll(held);
            if (held.isEmpty()) {
                notes.add(file + ": nothing written yet");
            }
        }
        found.receipts().forEach(receipts::add);
    }

    private int report() {
        Map<String, List<PlacedLedger>> byId = new TreeMap<>(BY_NAME);
        for (PlacedLedger ledger : ledgers) {
            byId.computeIfAbsent(ledger.id(), id -> new ArrayList<>()).add(ledger);
        }
        for (ReceiptCode receipt : receipts.codes()) {
            byId.computeIfAbsent(receipt.ledger().toString(), id -> new ArrayList<>());
        }
        boolean ok = true;
        for (Map.Entry<String, List<PlacedLedger>> each : byId.entrySet()) {
            List<ReceiptCode> naming = receipts.codes().stream()
                    .filter(receipt -> receipt.ledger().toString().equals(each.getKey()))
                    .toList();
            Verdict verdict = Verdict.of(each.getKey(), each.getValue(), naming);
            verdict.lines().forEach(line -> out.println(shown(line)));
            ok = ok && verdict.ok();
        }
        notes.addAll(receipts.unreadable());
        notes.forEach(note -> out.println("  " + shown(note)));
        return ok ? 0 : 1;
    }

    /** A line stays one line, whatever a file is called. */
    private static String shown(String line) {
        return line.replaceAll("\\p{Cntrl}", "?");
    }
}
