package etal.fsck.check;

/**
 * Damage and where.
 *
 * @param entry the entry, or the nearest one; 0 where none can be read
 * @param reason what is wrong, short and plain
 */
public record Fault(long entry, String reason) {
    @Override
    public String toString() {
        return "entry " + entry + ", " + reason;
    }
}
