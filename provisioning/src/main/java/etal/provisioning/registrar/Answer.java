package etal.provisioning.registrar;

import java.util.List;

/** What the desk says to a request. */
sealed interface Answer {
    /** Certified; leaf first, DER, the root left out. */
    record Certified(List<byte[]> chain) implements Answer {}

    /** Not certified, now or ever. */
    record Refused(Reason reason, String sentence) implements Answer {}

    /** Why. */
    enum Reason {
        /** The request is not what it must be. */
        MALFORMED,
        /** The request is sound, and this ticket does not cover it. */
        NOT_COVERED,
        /** The registrar's own store failed; the same request later may succeed. */
        LATER
    }
}
