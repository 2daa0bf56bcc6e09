package etal.protocol.enrol;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.Mutations;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import org.junit.jupiter.api.Test;

final class ClaimTicketTest {
    private static ClaimTicket ticket() throws Malformed {
        byte[] testSecret = Hash.unhex("000102030405060708090a0b0c0d0e0f");
        return new ClaimTicket(1, 3, 1, "coaps://127.0.0.1:5684", testSecret);
    }

    @Test
    void a_ticket_is_one_line_that_reads_back() throws Malformed {
        String text = ticket().text();
        assertTrue(text.matches("ETALT1:[0-9A-Z]+"), text);
        for (String typed : List.of(text, " " + text + "\n", text.toLowerCase(Locale.ROOT), text.replace('0', 'O'))) {
            ClaimTicket read = ClaimTicket.parse(typed);
            assertEquals(text, read.text());
            assertArrayEquals(ticket().secret(), read.secret());
        }
    }

    @Test
    void every_mistyped_character_is_noticed() throws Malformed {
        String text = ticket().text();
        for (int i = 0; i < text.length(); i++) {
            char other = text.charAt(i) == '7' ? '8' : '7';
            String typed = text.substring(0, i) + other + text.substring(i + 1);
            assertThrows(Malformed.class, () -> ClaimTicket.parse(typed), typed);
        }
        assertThrows(Malformed.class, () -> ClaimTicket.parse(text.substring(0, text.length() - 1)));
        assertThrows(Malformed.class, () -> ClaimTicket.parse(""));
        assertThrows(Malformed.class, () -> ClaimTicket.parse("ETALT1:"));
    }

    @Test
    void the_secret_stays_out_of_logs() throws Malformed {
        assertFalse(ticket().toString().contains("0001"));
        assertEquals("etal/1/t3-e1", ticket().pskIdentity());
    }

    @Test
    void only_malformed_comes_out_of_changed_text() throws Malformed {
        byte[] good = ticket().text().getBytes(StandardCharsets.US_ASCII);
        String text = ticket().text();
        Mutations.feed(List.of(good), 30_000, input -> {
            ClaimTicket read = ClaimTicket.parse(new String(input, StandardCharsets.ISO_8859_1));
            assertEquals(text, read.text(), "another ticket than was written");
        });
    }
}
