package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

class AddressesTest {
    private static ServerSocket somebody(int port) throws Exception {
        return new ServerSocket(port, 1, InetAddress.getLoopbackAddress());
    }

    @Test
    void without_a_wish_the_first_three_that_are_free_are_taken_and_two_demos_never_overlap() throws Exception {
        try (Addresses first = Addresses.claim(OptionalInt.empty());
                Addresses second = Addresses.claim(OptionalInt.empty())) {
            int port = first.table().getPort();
            assertTrue(port >= Addresses.FIRST && (port - Addresses.FIRST) % 3 == 0, "port " + port);
            assertTrue(second.table().getPort() >= port + 3, first.table() + " and " + second.table());
            assertEquals(port + 1, first.hubPort());
            assertEquals(port + 2, first.tillPort());
        }
    }

    @Test
    void a_wish_that_cannot_be_had_is_refused_in_one_sentence_that_names_the_port() throws Exception {
        int port;
        try (Addresses free = Addresses.claim(OptionalInt.empty())) {
            port = free.table().getPort();
        }
        for (int taken = port; taken < port + 3; taken++) {
            try (ServerSocket other = somebody(taken)) {
                var refused = assertThrows(Addresses.Taken.class, () -> Addresses.claim(OptionalInt.of(port)));
                assertTrue(
                        String.valueOf(refused.getMessage()).startsWith("port " + other.getLocalPort() + " "),
                        refused.getMessage());
            }
        }
        try (Addresses again = Addresses.claim(OptionalInt.of(port))) {
            assertEquals(port, again.table().getPort());
        }
    }

    @Test
    void the_pages_are_named_as_a_browser_names_them() {
        assertEquals(URI.create("http://127.0.0.1:8630/"), Addresses.page(8630));
        assertEquals(URI.create("http://127.0.0.1:8630"), Addresses.origin(8630));
    }
}
