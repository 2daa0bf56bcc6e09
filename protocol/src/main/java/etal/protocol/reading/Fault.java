package etal.protocol.reading;

/**
 * What is wrong in a file that a person wrote, and where. Immutable; prints as {@code F:LINE: field: found, allowed}.
 *
 * @param file as the person named it
 * @param line from 1
 * @param field path of the field, as {@code allocation.firstPerson}
 * @param found what stands there
 * @param allowed what may stand there
 */
public record Fault(String file, int line, String field, String found, String allowed) {
    @Override
    public String toString() {
        return file + ":" + line + ": " + field + ": " + found + ", " + allowed;
    }
}
