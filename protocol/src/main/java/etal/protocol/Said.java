package etal.protocol;

import java.util.List;

/**
 * Something to be said to a person: the key of a text and what goes into it. The core says what, one renderer says how,
 * in the person's language. Immutable.
 *
 * @param key the text's key in the resource bundles
 * @param args what the text names, in its order; numbers as numbers, amounts in the smallest unit
 */
public record Said(String key, List<Object> args) {
    public Said {
        args = List.copyOf(args);
    }

    /** What is said with these arguments. */
    public static Said of(String key, Object... args) {
        return new Said(key, List.of(args));
    }
}
