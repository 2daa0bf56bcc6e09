package etal.virtualcard.silicon;

import javacard.security.RandomData;

/** Takes the place of the simulator's {@code RandomDataImpl}, for the same reason as {@link CardRandom}. */
public final class CardRandomData extends RandomData {
    private final byte algorithm;

    public CardRandomData(byte algorithm) {
        this.algorithm = algorithm;
    }

    @Override
    public void generateData(byte[] buffer, short offset, short length) {
        nextBytes(buffer, offset, length);
    }

    @Override
    public short nextBytes(byte[] buffer, short offset, short length) {
        SimulatedChip.current().random().fill(buffer, offset, length);
        return (short) (offset + length);
    }

    @Override
    public void setSeed(byte[] buffer, short offset, short length) {
        // The card's own seed stands; nobody may replace it.
    }

    @Override
    public byte getAlgorithm() {
        return algorithm;
    }
}
