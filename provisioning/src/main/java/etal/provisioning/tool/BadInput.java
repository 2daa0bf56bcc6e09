package etal.provisioning.tool;

/** Input that cannot be used: a sentence for the technician, exit code 2, nothing changed. */
final class BadInput extends Exception {
    private static final long serialVersionUID = 1;

    BadInput(String key, Object... arguments) {
        super(Words.say(key, arguments));
    }
}
