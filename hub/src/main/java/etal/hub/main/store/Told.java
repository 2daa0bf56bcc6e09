package etal.hub.main.store;

import java.util.List;

/**
 * What came of a command, to be said once.
 *
 * @param done whether it was done; else nothing has changed
 * @param key of the sentence
 * @param args what fills its places
 */
public record Told(boolean done, String key, List<Object> args) {
    /** It was done, and this is the sentence. */
    public static Told done(String key, Object... args) {
        return new Told(true, key, List.of(args));
    }

    /** Nothing was done, and this is the sentence why. */
    public static Told refused(String key, Object... args) {
        return new Told(false, key, List.of(args));
    }
}
