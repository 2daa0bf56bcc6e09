package etal.port;

/** Unpredictable bytes. Safe for use by any thread. In a simulation they come from the seed. */
public interface Entropy {
    /** Fills the whole array. */
    void fill(byte[] target);

    /** A new array of {@code length} unpredictable bytes. */
    default byte[] bytes(int length) {
        byte[] bytes = new byte[length];
        fill(bytes);
        return bytes;
    }
}
