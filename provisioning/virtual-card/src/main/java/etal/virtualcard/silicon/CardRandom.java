package etal.virtualcard.silicon;

import java.io.Serial;
import java.security.SecureRandom;
import java.security.SecureRandomSpi;

/**
 * Takes the place of the simulator's {@code SecureRandomNullProvider}, which starts every card from the same state and
 * gives the private key away as the first nonce. Draws from the card that is executing, and from nothing else.
 */
public final class CardRandom extends SecureRandom {
    @Serial
    private static final long serialVersionUID = 1;

    public CardRandom() {
        super(new Source(), null);
    }

    private static final class Source extends SecureRandomSpi {
        @Serial
        private static final long serialVersionUID = 1;

        @Override
        protected void engineSetSeed(byte[] seed) {
            // The card's own seed stands; nobody may replace it.
        }

        @Override
        protected void engineNextBytes(byte[] target) {
            SimulatedChip.current().random().fill(target, 0, target.length);
        }

        @Override
        protected byte[] engineGenerateSeed(int length) {
            byte[] seed = new byte[length];
            engineNextBytes(seed);
            return seed;
        }
    }
}
