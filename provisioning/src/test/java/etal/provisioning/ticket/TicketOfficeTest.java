package etal.provisioning.ticket;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.port.StorageFailed;
import etal.protocol.cose.Hash;
import etal.protocol.enrol.ClaimTicket;
import etal.protocol.ledger.LedgerId;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class TicketOfficeTest {
    private static final LedgerId LEDGER = new LedgerId(3, 1);

    @TempDir
    Path directory;

    private TicketOffice office;

    @BeforeEach
    void an_office() {
        office = new TicketOffice(
                directory.resolve("tickets"),
                new ManualClock(Instant.parse("2025-04-02T05:00:00Z")),
                new SeededEntropy(1));
    }

    private Ticket issue() throws StorageFailed {
        return office.issue(1, LEDGER, "coaps://127.0.0.1:5684", Duration.ofHours(1));
    }

    @Test
    void a_ticket_is_found_under_its_identity_and_its_text_says_the_same() throws Exception {
        Ticket ticket = issue();
        Ticket found = office.find(ticket.claim().pskIdentity()).orElseThrow();
        assertEquals(ticket.id(), found.id());
        assertEquals(ticket.expiresAt(), found.expiresAt());
        assertEquals(LEDGER, found.ledger());
        var typed = ClaimTicket.parse(ticket.claim().text());
        assertEquals(ticket.id(), new Ticket(typed, ticket.expiresAt()).id());
    }

    @Test
    void it_expires_at_its_hour_and_not_before() throws Exception {
        Ticket ticket = issue();
        assertFalse(ticket.expiredAt(ticket.expiresAt().minusMillis(1)));
        assertTrue(ticket.expiredAt(ticket.expiresAt()));
    }

    @Test
    void the_secret_lies_in_a_private_file_and_in_no_name() throws Exception {
        Ticket ticket = issue();
        Path file = directory.resolve("tickets/t3-e1.ticket");
        assertEquals("rw-------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file)));
        assertEquals("rwx------", PosixFilePermissions.toString(Files.getPosixFilePermissions(file.getParent())));
        String secret = Hash.hex(ticket.claim().secret());
        assertFalse(ticket.id().contains(secret));
        assertFalse(ticket.toString().contains(secret));
        assertFalse(ticket.toString().contains(ticket.claim().text()));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {"", "t3-e1", "etal/1/t4-e1", "etal/2/t3-e1", "etal/1/../t3-e1", "etal/1/t3-e1/", "etal/01/t3-e1"
            })
    void another_identity_finds_nothing(String identity) throws Exception {
        issue();
        assertEquals(Optional.empty(), office.find(identity));
    }

    @Test
    void a_damaged_file_is_no_ticket() throws Exception {
        Ticket ticket = issue();
        Path file = directory.resolve("tickets/t3-e1.ticket");
        byte[] whole = Files.readAllBytes(file);
        for (int at = 0; at < whole.length; at++) {
            byte[] damaged = whole.clone();
            damaged[at] = '%';
            Files.write(file, damaged);
            assertNoOtherTicket(ticket, "byte " + at);
        }
        Files.write(file, "x".repeat(5_000).getBytes(StandardCharsets.US_ASCII));
        assertThrows(StorageFailed.class, () -> office.find(ticket.claim().pskIdentity()));
    }

    private void assertNoOtherTicket(Ticket ticket, String where) {
        try {
            var found = office.find(ticket.claim().pskIdentity());
            // A character between the two lines may change without changing what is said.
            assertEquals(Optional.of(ticket.id()), found.map(Ticket::id), where);
            assertEquals(Optional.of(ticket.expiresAt()), found.map(Ticket::expiresAt), where);
        } catch (StorageFailed e) {
            assertTrue(String.valueOf(e.getMessage()).contains("cannot be read"), where);
        }
    }
}
