package etal.terminal.enrol;

import etal.protocol.Said;

/** How an enrolment ended. */
public sealed interface Outcome {
    /** The terminal has its certificate, kept on disk. */
    record Enrolled(Credentials credentials) implements Outcome {}

    /**
     * The registrar says no, and will say so again.
     *
     * @param code CoAP's, such as {@code 4.03}
     * @param reason the registrar's sentence, in its language
     */
    record Refused(String code, String reason) implements Outcome {}

    /** The answer is not one that this terminal's trust file vouches for. Nothing of it was kept. */
    record Untrusted(String reason) implements Outcome {}

    /** The directory of keys belongs to another terminal, epoch or fund than the ticket names. Nothing was changed. */
    record OtherKeys(String reason) implements Outcome {}

    /** What to tell the technician. */
    default Said said() {
        return switch (this) {
            case Enrolled(Credentials credentials) -> Said.of("enrol-done", credentials.ledger());
            case Refused(String code, String reason) ->
                Said.of(code.equals("4.03") ? "enrol-refused-ticket" : "enrol-refused-request", code, reason);
            case Untrusted(String reason) -> Said.of("enrol-untrusted", reason);
            case OtherKeys(String reason) -> Said.of("enrol-other-keys", reason);
        };
    }
}
