package etal.protocol.split;

import etal.protocol.scheme.Tariffs;

/**
 * What the pooled fund may still give a stall on a market day. A surplus that a buyer pays does not fill it again, so
 * that the order of buyers decides as little as can be.
 *
 * @param leftCents below zero counts as nothing
 */
public record Envelope(long leftCents) {
    /** What is left of a day's envelope. */
    public static Envelope of(Tariffs tariffs, long usedCents) {
        return new Envelope(Math.max(0, tariffs.envelopeCents() - usedCents));
    }
}
