package etal.provisioning.ticket;

import etal.edge.keys.PrivateFile;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.ledger.LedgerId;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Hands out claim tickets and finds them again: one file (0600) for each terminal and epoch, because DTLS needs the secret
 * itself. A newer ticket for the same ledger replaces the older. That a ticket has been used up stands in the issuing
 * journal, not here: certificate and use are one line there and cannot come apart.
 *
 * <p>Files are read at each question, so that another process may hand out tickets while the registrar runs. Safe for use
 * by any thread.
 */
public final class TicketOffice {
    private static final Pattern IDENTITY = Pattern.compile("etal/[0-9]{1,10}/(t[0-9]{1,10}-e[0-9]{1,10})");
    private static final int FILE_BYTES_MAX = 4_096;

    private final Path directory;
    private final Clock clock;
    private final Entropy entropy;

    /** The office that keeps its tickets in {@code directory}. */
    public TicketOffice(Path directory, Clock clock, Entropy entropy) {
        this.directory = directory;
        this.clock = clock;
        this.entropy = entropy;
    }

    /**
     * Makes a ticket; it is durable when this returns.
     *
     * @param registrarUri such as {@code coaps://127.0.0.1:5684}
     */
    public Ticket issue(long fund, LedgerId ledger, String registrarUri, Duration validFor) throws StorageFailed {
        byte[] secret = entropy.bytes(ClaimTicket.SECRET_LENGTH);
        var claim = new ClaimTicket(fund, ledger.terminal(), ledger.epoch(), registrarUri, secret);
        var ticket = new Ticket(claim, clock.now().plus(validFor));
        String text = claim.text() + "\n" + ticket.expiresAt() + "\n";
        PrivateFile.write(file(ledger), text.getBytes(StandardCharsets.UTF_8));
        return ticket;
    }

    /**
     * The ticket of a pre-shared key identity, used or not, expired or not; empty for any nonsense, since whoever asks is
     * not yet known.
     *
     * @throws StorageFailed when a file is there and cannot be read
     */
    public Optional<Ticket> find(String pskIdentity) throws StorageFailed {
        Matcher identity = IDENTITY.matcher(pskIdentity);
        // Only names of this form become file names.
        Path file = identity.matches() ? directory.resolve(identity.group(1) + ".ticket") : directory;
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        return Optional.of(read(file))
                .filter(ticket -> ticket.claim().pskIdentity().equals(pskIdentity));
    }

    private static Ticket read(Path file) throws StorageFailed {
        try {
            if (Files.size(file) > FILE_BYTES_MAX) {
                throw new StorageFailed("The ticket " + file + " is longer than any ticket.");
            }
            List<String> lines = Files.readAllLines(file, StandardCharsets.UTF_8);
            return new Ticket(ClaimTicket.parse(lines.get(0)), Instant.parse(lines.get(1)));
        } catch (IOException | Malformed | DateTimeException | IndexOutOfBoundsException e) {
            throw new StorageFailed("The ticket " + file + " cannot be read.", e);
        }
    }

    private Path file(LedgerId ledger) {
        return directory.resolve(ledger + ".ticket");
    }
}
