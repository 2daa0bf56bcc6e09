package etal.terminal.hardware.pn532;

import etal.virtualcard.FieldCard;
import java.util.HexFormat;
import java.util.Map;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * A card whose answer belongs to one command only: the command's first bytes, how often it was executed, and filling that
 * follows from both, as many bytes as the command's fifth and sixth byte say.
 */
final class EchoCard implements FieldCard {
    private final Map<String, Integer> executed = new ConcurrentSkipListMap<>();

    /** A command of five bytes and more with this number in it. */
    static byte[] command(int number, int answerBytes, int filling) {
        byte[] apdu = new byte[10 + filling];
        apdu[0] = (byte) 0x80;
        apdu[1] = 0x10;
        apdu[4] = (byte) (answerBytes >> 8);
        apdu[5] = (byte) answerBytes;
        apdu[6] = (byte) (number >> 24);
        apdu[7] = (byte) (number >> 16);
        apdu[8] = (byte) (number >> 8);
        apdu[9] = (byte) number;
        for (int i = 10; i < apdu.length; i++) {
            // Many zeros: they are what checksums do not see.
            apdu[i] = (byte) (i % 3 == 0 ? number * 31 + i : 0);
        }
        return apdu;
    }

    /** The answer to the first execution. */
    static byte[] firstAnswer(byte[] apdu) {
        return answer(apdu, 1);
    }

    private static byte[] answer(byte[] apdu, int times) {
        int length = (apdu[4] & 0xFF) << 8 | apdu[5] & 0xFF;
        byte[] answer = new byte[length + 6];
        System.arraycopy(apdu, 6, answer, 0, 4);
        for (int i = 4; i < length + 4; i++) {
            answer[i] = (byte) (i % 2 == 0 ? 0 : times * 17 + apdu[9] * 7 + i);
        }
        answer[answer.length - 2] = (byte) 0x90;
        return answer;
    }

    /** How often each command was executed, by its hexadecimal. */
    Map<String, Integer> executed() {
        return new TreeMap<>(executed);
    }

    int executed(byte[] apdu) {
        return executed.getOrDefault(HexFormat.of().formatHex(apdu), 0);
    }

    @Override
    public String name() {
        return "echo";
    }

    @Override
    public byte[] transmit(byte[] apdu) {
        int times = executed.merge(HexFormat.of().formatHex(apdu), 1, Integer::sum);
        return apdu.length < 10 ? new byte[] {0x67, 0} : answer(apdu, times);
    }

    @Override
    public byte[] transmitCut(byte[] apdu, int write) {
        return transmit(apdu);
    }

    @Override
    public void transmitUnanswered(byte[] apdu) {
        byte[] unused = transmit(apdu);
    }

    @Override
    public void powerOff() {
        // It keeps nothing that power could take.
    }
}
