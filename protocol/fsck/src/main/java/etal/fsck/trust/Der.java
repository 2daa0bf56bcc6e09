package etal.fsck.trust;

import etal.fsck.bytes.Damage;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * One value in DER (X.690): shortest definite lengths, one form of each value, nothing behind the end. The JDK's reader of
 * certificates is more forgiving, and a forgiven byte is one that could be changed unseen.
 */
record Der(int tag, byte[] whole, int contentAt) {
    private static final int DEPTH_MAX = 12;

    /** The value that {@code bytes} are, all values within it being strict too. */
    static Der read(byte[] bytes) throws Damage {
        Der value = at(bytes, 0);
        if (value.whole.length != bytes.length) {
            throw new Damage("bytes behind the end of DER");
        }
        value.requireStrict(0);
        return value;
    }

    byte[] content() {
        return Arrays.copyOfRange(whole, contentAt, whole.length);
    }

    /** The values within a constructed one. */
    List<Der> parts() throws Damage {
        List<Der> parts = new ArrayList<>();
        for (int at = contentAt; at < whole.length; ) {
            Der part = at(whole, at);
            parts.add(part);
            at += part.whole.length;
        }
        return parts;
    }

    private static Der at(byte[] bytes, int at) throws Damage {
        if (bytes.length - at < 2 || (bytes[at] & 0x1f) == 0x1f) {
            throw new Damage("DER cut short");
        }
        int first = bytes[at + 1] & 0xff;
        int width = first < 0x80 ? 0 : first - 0x80;
        if (first == 0x80 || width > 3 || bytes.length - at - 2 < width) {
            throw new Damage("a length that DER here does not have");
        }
        int length = first;
        if (width > 0) {
            length = 0;
            for (int i = 0; i < width; i++) {
                length = (length << 8) | (bytes[at + 2 + i] & 0xff);
            }
            if (length < 0x80 || length >> (8 * (width - 1)) == 0) {
                throw new Damage("a length not in its shortest form");
            }
        }
        int head = 2 + width;
        if (length > bytes.length - at - head) {
            throw new Damage("DER cut short");
        }
        return new Der(bytes[at] & 0xff, Arrays.copyOfRange(bytes, at, at + head + length), head);
    }

    private void requireStrict(int depth) throws Damage {
        if (depth > DEPTH_MAX) {
            throw new Damage("nested too deeply");
        }
        if ((tag & 0x20) != 0) {
            for (Der part : parts()) {
                part.requireStrict(depth + 1);
            }
            return;
        }
        byte[] content = content();
        boolean strict = switch (tag) {
            case 0x01 -> content.length == 1 && (content[0] == 0 || content[0] == -1);
            case 0x02 -> isShortInteger(content);
            case 0x03 -> isBitString(content);
            case 0x05 -> content.length == 0;
            default -> true;
        };
        if (!strict) {
            throw new Damage("a value that is not DER");
        }
    }

    private static boolean isShortInteger(byte[] content) {
        boolean needless =
                content.length > 1 && ((content[0] == 0 && content[1] >= 0) || (content[0] == -1 && content[1] < 0));
        return content.length > 0 && !needless;
    }

    private static boolean isBitString(byte[] content) {
        if (content.length == 0 || content[0] < 0 || content[0] > 7 || (content.length == 1 && content[0] != 0)) {
            return false;
        }
        return (content[content.length - 1] & ((1 << content[0]) - 1)) == 0 || content.length == 1;
    }
}
