package etal.terminal.hardware.pn532;

/** What the chip sends (UM0701-02, 6.2.1), and how what it is sent looks. */
sealed interface Frame {
    /** The bytes of a frame that are data, TFI included: the most that firmware 1.6 takes. */
    int DATA_BYTES_MAX = 265;

    /** The answer to a command. */
    record Answer(int code, byte[] data) implements Frame {}

    /** The command is taken. */
    record Ack() implements Frame {}

    /** The command is none, or its parameters are none of its. */
    record SyntaxError() implements Frame {}

    /** Something that began like a frame and is none: a byte was lost, added or changed. */
    record Damaged() implements Frame {}

    /** Taken by the chip for: stop what you do. */
    static byte[] ack() {
        return new byte[] {0, 0, (byte) 0xFF, 0, (byte) 0xFF, 0};
    }

    /** Taken by the chip for: say your last answer again. */
    static byte[] nack() {
        return new byte[] {0, 0, (byte) 0xFF, (byte) 0xFF, 0, 0};
    }

    /** A command's frame: a normal one up to 255 bytes of data, an extended one above. */
    static byte[] of(Command command) {
        int length = 2 + command.parameters().length;
        if (length > DATA_BYTES_MAX) {
            throw new IllegalArgumentException(length + " bytes of data fit no frame");
        }
        byte[] header = length <= 255
                ? new byte[] {0, 0, (byte) 0xFF, (byte) length, (byte) -length}
                : new byte[] {
                    0,
                    0,
                    (byte) 0xFF,
                    (byte) 0xFF,
                    (byte) 0xFF,
                    (byte) (length >> 8),
                    (byte) length,
                    (byte) -((length >> 8) + length)
                };
        byte[] frame = new byte[header.length + length + 2];
        System.arraycopy(header, 0, frame, 0, header.length);
        int at = header.length;
        frame[at] = TO_CHIP;
        frame[at + 1] = (byte) command.code();
        System.arraycopy(command.parameters(), 0, frame, at + 2, command.parameters().length);
        frame[at + length] = (byte) -sum(frame, at, length);
        return frame;
    }

    /** The frame identifier of commands. */
    byte TO_CHIP = (byte) 0xD4;
    /** The frame identifier of answers. */
    byte TO_HOST = (byte) 0xD5;

    /** The sum that a checksum must bring to zero. */
    static int sum(byte[] bytes, int from, int length) {
        int sum = 0;
        for (int i = from; i < from + length; i++) {
            sum += bytes[i];
        }
        return sum;
    }
}
