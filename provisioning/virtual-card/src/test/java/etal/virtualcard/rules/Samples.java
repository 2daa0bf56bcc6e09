package etal.virtualcard.rules;

import javacard.framework.APDU;
import javacard.framework.Applet;
import javacard.framework.JCSystem;
import javacard.framework.Util;
import javacard.security.KeyBuilder;

/** Applets as they should not be: each class breaks the rule that its test names. None is ever run. */
@SuppressWarnings({"unused", "ReturnValueIgnored", "NarrowingCompoundAssignment", "InlineMeSuggester"})
final class Samples {
    private Samples() {}

    static final class IntField {
        private int cents;
    }

    static final class LongParameter {
        void pay(long cents) {}
    }

    static final class CharResult {
        char letter() {
            return 'a';
        }
    }

    static final class StringField {
        private String name = "x";
    }

    static final class TwoDimensions {
        private byte[][] table = {};
    }

    static final class IntArray {
        short length() {
            return (short) new int[3].length;
        }
    }

    static final class Text {
        short length() {
            return (short) "text".length();
        }
    }

    static final class BigConstant {
        boolean big(short a) {
            return (short) (a * 100_000) == 0;
        }
    }

    static final class Floating {
        short half(short a) {
            return (short) (a * 0.5f);
        }
    }

    static final class IntVariable {
        short sum(short a, short b) {
            int sum = a + b;
            return (short) (sum / 2);
        }
    }

    static final class WideComparison {
        boolean above(short a, short b) {
            return a + b > 5;
        }
    }

    static final class WideIndex {
        byte at(byte[] a, short i) {
            return a[i + 1];
        }
    }

    static final class WideShift {
        short mean(short a, short b) {
            return (short) (a + b >> 1);
        }
    }

    static final class WideDivision {
        short mean(short a, short b) {
            return (short) ((a + b) / 2);
        }
    }

    static final class WideThroughBranch {
        short mean(short a, short b, boolean more) {
            return (short) ((more ? a + b : a) >> 1);
        }
    }

    static final class UnsignedShift {
        short half(short a) {
            return (short) (a >>> 1);
        }
    }

    static final class Counter {
        private static short count;
    }

    static final class SharedState {
        static final Object LOCK = new Object();
    }

    static final class Computed {
        static final byte[] TABLE = table();

        private static byte[] table() {
            return new byte[1];
        }
    }

    static final class Lambda {
        Runnable later() {
            return () -> {};
        }
    }

    static final class TypeTest {
        boolean is(Object o) {
            return o instanceof Samples.TypeTest;
        }
    }

    static final class Locked {
        synchronized void enter() {}
    }

    static final class CatchesAll {
        short quiet(byte[] a) {
            try {
                return a[0];
            } catch (RuntimeException any) {
                return 0;
            }
        }
    }

    static final class NewerApi {
        short compare(byte[] a, byte[] b) {
            return Util.arrayFill(a, (short) 0, (short) 1, (byte) 0);
        }
    }

    static final class UnlistedKey {
        void build() {
            KeyBuilder.buildKey(KeyBuilder.TYPE_AES, KeyBuilder.LENGTH_AES_128, false)
                    .clearKey();
        }
    }

    static final class Allocating extends Applet {
        @Override
        public void process(APDU apdu) {
            one();
        }

        private void one() {
            two();
        }

        private static void two() {
            byte[] late = JCSystem.makeTransientByteArray((short) 1, JCSystem.CLEAR_ON_RESET);
            late[0] = 1;
        }
    }

    static final class AllocatingAtHome extends Applet {
        private final byte[] early = new byte[1];

        @Override
        public void process(APDU apdu) {
            early[0] = 1;
        }
    }
}
