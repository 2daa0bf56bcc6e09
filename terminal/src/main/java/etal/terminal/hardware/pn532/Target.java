package etal.terminal.hardware.pn532;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * A card of type A that the chip has activated.
 *
 * @param number by which the chip knows it
 * @param sak the answer to the select, ISO/IEC 14443-3
 * @param uid 4, 7 or 10 bytes
 */
record Target(int number, int sak, byte[] uid) {
    private static final int SAK_PART_4 = 0x20;
    private static final int HEADER = 5;

    /** Whether it speaks ISO/IEC 14443-4, as every card with an applet does. */
    boolean speaksPart4() {
        return (sak & SAK_PART_4) != 0;
    }

    /** Reads the answer to InListPassiveTarget; empty when it is not one. */
    static Optional<List<Target>> list(byte[] answer) {
        if (answer.length < 1) {
            return Optional.empty();
        }
        List<Target> targets = new ArrayList<>();
        int at = 1;
        for (int i = 0; i < (answer[0] & 0xFF); i++) {
            // Number, SENS_RES (2), SEL_RES, length of the identifier, the identifier, then the ATS with its length
            // first.
            if (answer.length - at < HEADER) {
                return Optional.empty();
            }
            int number = answer[at] & 0xFF;
            int sak = answer[at + 3] & 0xFF;
            int from = at + HEADER;
            int to = from + (answer[at + 4] & 0xFF);
            if (to > answer.length) {
                return Optional.empty();
            }
            Target target = new Target(number, sak, Arrays.copyOfRange(answer, from, to));
            at = to;
            if (target.speaksPart4()) {
                int atsLength = at < answer.length ? answer[at] & 0xFF : 0;
                if (atsLength == 0 || atsLength > answer.length - at) {
                    return Optional.empty();
                }
                at += atsLength;
            }
            targets.add(target);
        }
        return at == answer.length ? Optional.of(targets) : Optional.empty();
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof Target target
                && number == target.number
                && sak == target.sak
                && Arrays.equals(uid, target.uid);
    }

    @Override
    public int hashCode() {
        return 31 * number + Arrays.hashCode(uid);
    }
}
