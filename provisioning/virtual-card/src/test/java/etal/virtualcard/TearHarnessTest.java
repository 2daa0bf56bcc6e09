package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.virtualcard.loader.CardWorld;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/**
 * The harness must be able to fail: on an applet that writes two purses without a transaction it finds the states that
 * should not be.
 */
class TearHarnessTest {
    private static final byte[] AID = {(byte) 0xF0, 1, 2, 3, 4};
    private static final byte[] SELECT = {0, (byte) 0xA4, 4, 0, 5, (byte) 0xF0, 1, 2, 3, 4};

    private final CardWorld world = new CardWorld("etal.virtualcard.toy.TwoPurses");

    private static byte[] ins(int ins) {
        return new byte[] {(byte) 0x80, (byte) ins, 0, 0, 0};
    }

    private VirtualCard toy() throws Torn {
        VirtualCard toy = VirtualCard.withApplet(world, AID, new byte[16]);
        toy.transmit(SELECT);
        return toy;
    }

    private static String purses(VirtualCard toy) throws Torn {
        toy.transmit(SELECT);
        byte[] answer = toy.transmit(ins(0));
        return answer[0] + " " + answer[1];
    }

    private Set<String> statesAfterTearing(int ins) throws Torn {
        Set<String> seen = new TreeSet<>();
        for (int n = 1; ; n++) {
            VirtualCard toy = toy();
            toy.tearAtWrite(n);
            try {
                toy.transmit(ins(ins));
                assertEquals(n - 1, toy.writesOfLastCommand());
                assertEquals("9 1", purses(toy));
                return seen;
            } catch (Torn asAsked) {
                seen.add(purses(toy));
            }
        }
    }

    @Test
    void two_writes_without_a_transaction_are_caught_apart() throws Exception {
        assertEquals(Set.of("10 0", "9 0"), statesAfterTearing(1));
    }

    @Test
    void the_same_writes_in_a_transaction_are_not() throws Exception {
        assertEquals(Set.of("10 0"), statesAfterTearing(2));
    }

    @Test
    void a_non_atomic_copy_escapes_the_transaction_as_it_does_on_a_card() throws Exception {
        assertEquals(Set.of("10 0", "9 0", "9 1"), statesAfterTearing(3));
    }

    @Test
    void an_applet_that_leaves_a_transaction_open_is_rolled_back() throws Exception {
        VirtualCard toy = toy();
        assertArrayEquals(new byte[] {0x69, (byte) 0x84}, toy.transmit(ins(6)));
        assertEquals("10 0", purses(toy));
        assertArrayEquals(new byte[] {(byte) 0x90, 0}, toy.transmit(ins(2)));
        assertEquals("9 1", purses(toy));
    }

    @Test
    void a_write_to_a_constant_is_a_fault_of_the_applet() throws Exception {
        VirtualCard toy = toy();
        assertThrows(IllegalStateException.class, () -> toy.transmit(ins(4)));
    }

    @Test
    void memory_allocated_on_the_way_is_counted() throws Exception {
        VirtualCard toy = toy();
        toy.transmit(ins(0));
        assertEquals(0, toy.allocationsOfLastCommand());
        toy.transmit(ins(5));
        assertEquals(1, toy.allocationsOfLastCommand());
    }

    @Test
    void power_off_selects_nothing() throws Exception {
        VirtualCard toy = toy();
        toy.powerOff();
        byte[] answer = toy.transmit(ins(0));
        assertEquals(2, answer.length);
        assertEquals(List.of((byte) 0x69, (byte) 0x86), List.of(answer[0], answer[1]));
    }
}
