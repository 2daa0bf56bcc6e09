package etal.edge.config;

import etal.port.Entropy;
import java.security.SecureRandom;

/** The machine's entropy. Safe for use by any thread. */
public final class SystemEntropy implements Entropy {
    private final SecureRandom random = new SecureRandom();

    @Override
    public void fill(byte[] target) {
        random.nextBytes(target);
    }
}
