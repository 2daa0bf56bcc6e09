package etal.fleet.world.sim;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.world.sim.Moment.Fault;
import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.PairwiseKey;
import java.io.IOException;
import java.util.List;
import java.util.stream.Stream;
import org.junit.jupiter.api.DynamicTest;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestFactory;

/**
 * One payment in the simulated world, undisturbed and with a fault at each of its moments.
 *
 * <pre>
 * till                                  card
 *  |  COMMIT basket                      |
 *  |  SELECT, STATE, INTRODUCE, STATE    |   plug out before or after each COMMIT;
 *  |  LOAD ----------------------------->|   card out before a command, at each write,
 *  |  COMMIT record carried              |   before the answer; plug out before the answer
 *  |  COMMIT intention                   |
 *  |  DEBIT ---------------------------->|
 *  |  COMMIT sale                        |
 * </pre>
 */
class OnePaymentTest {
    private static final long SEED = 1;
    private static final SimTrust TRUST = fund();

    private static SimTrust fund() {
        try {
            return SimTrust.make(SEED);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Fate play(List<Moment> planned) throws Exception {
        var fate = new Fate(planned);
        try (var world = new SimWorld(TRUST, fate, SEED)) {
            new Shopping(world, fate, List.of(Errand.ONE_PAYMENT)).play();
        }
        return fate;
    }

    @Test
    void an_undisturbed_payment_adds_up() throws Exception {
        assertTrue(play(List.of()).steps() > 10);
    }

    @Test
    void the_same_seed_gives_the_same_moments() throws Exception {
        assertEquals(play(List.of()).possibleAfterPlanned(), play(List.of()).possibleAfterPlanned());
    }

    @Test
    void the_moments_hold_tears_inside_the_card_and_pulled_plugs_on_both_sides_of_a_commit() throws Exception {
        List<Moment> moments = play(List.of()).possibleAfterPlanned();
        assertTrue(moments.stream().anyMatch(moment -> moment.fault() instanceof Fault.CardAtWrite));
        assertTrue(moments.stream().anyMatch(moment -> moment.fault() instanceof Fault.PlugBeforeCommit));
        assertTrue(moments.stream().anyMatch(moment -> moment.fault() instanceof Fault.PlugAfterCommit));
        assertTrue(moments.stream().anyMatch(moment -> moment.fault() instanceof Fault.PlugBeforeAnswer));
    }

    @TestFactory
    Stream<DynamicTest> a_fault_at_any_moment_is_healed() throws Exception {
        return play(List.of()).possibleAfterPlanned().stream()
                .map(moment -> DynamicTest.dynamicTest(moment.toString(), () -> {
                    Fate fate = play(List.of(moment));
                    assertTrue(fate.fulfilled(), "the fault did not happen");
                }));
    }

    @Test
    void the_audit_sees_a_second_debit_that_no_sale_explains() throws Exception {
        var fate = new Fate(List.of());
        try (var world = new SimWorld(TRUST, fate, SEED)) {
            new Shopping(world, fate, List.of(Errand.ONE_PAYMENT)).play();
            debitBehindTheTillsBack(world);
            Violation violation =
                    assertThrows(Violation.class, () -> new SimAudit(world, List.of(Errand.ONE_PAYMENT)).check());
            assertEquals("the card was debited 2 times, not 1", violation.getMessage());
        }
    }

    private static void debitBehindTheTillsBack(SimWorld world) throws Exception {
        var certificate = world.card().certificate();
        PairwiseKey key = PairwiseKey.derive(
                TRUST.terminal().agreementScalar(), certificate.publicKey33(), certificate.cardId(), 1, 1);
        byte[] challenge =
                Answers.select(world.card().transmit(Commands.select())).challenge();
        var debit = new Commands.Debit(1, 1, 99, 2, new Deltas(-1, 0, 0), new byte[32], 1_743_602_400L);
        byte[] answer = world.card().transmit(Commands.debit(key, challenge, debit));
        assertEquals(0x9000, Answers.statusWord(answer));
    }
}
