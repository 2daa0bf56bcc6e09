package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import java.time.Duration;
import java.util.HexFormat;
import java.util.Optional;
import java.util.SplittableRandom;
import org.junit.jupiter.api.Test;

/**
 * A stranger's card on our reader.
 * <pre>
 *  reader                        bank card
 *     |-- SELECT our applet -------->|
 *     |<-- 6A 82 --------------------|  no such file
 * </pre>
 */
class BankCardTest {
    private static final Duration SOON = Duration.ofSeconds(10);

    private final BankCard card = new BankCard("stranger");

    @Test
    void it_does_not_know_our_applet() {
        assertEquals(0x6A82, Answers.statusWord(card.transmit(Commands.select())));
    }

    @Test
    void it_has_a_list_of_payment_applications() {
        byte[] ask = HexFormat.of().parseHex("00a404000e325041592e5359532e444446303100");
        assertEquals(0x9000, Answers.statusWord(card.transmit(ask)));
    }

    @Test
    void any_bytes_are_answered_with_two_bytes_of_refusal() {
        long seed = 20250402;
        var random = new SplittableRandom(seed);
        for (int length = 0; length < 300; length++) {
            byte[] bytes = new byte[length];
            random.nextBytes(bytes);
            byte[] answer = card.transmit(bytes);
            assertEquals(2, answer.length, "seed " + seed + ", length " + length);
            assertArrayEquals(answer, card.transmitCut(bytes, 1), "seed " + seed + ", length " + length);
            assertEquals(6, answer[0] >> 4, "seed " + seed + ", length " + length);
        }
    }

    @Test
    void it_lies_on_the_reader_like_any_card() throws Exception {
        try (TestReader reader = new TestReader()) {
            PresentedCard presented = card.present(reader.address(), new Tear.BeforeAnswer(0x14));
            try (TestReader.Field field = reader.takeCard()) {
                field.send(1);
                assertEquals(0x6A82, Answers.statusWord(field.transmit(Commands.select())));
                presented.withdraw();
            }
            assertEquals(Optional.of(PresentedCard.End.WITHDRAWN), presented.await(SOON));
        }
    }
}
