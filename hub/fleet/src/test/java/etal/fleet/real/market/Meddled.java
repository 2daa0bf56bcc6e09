package etal.fleet.real.market;

import etal.virtualcard.FieldCard;
import etal.virtualcard.Torn;
import java.io.IOException;

/** A card between which and the reader somebody stands who answers one command in its place. Thread-safe. */
record Meddled(FieldCard card, int ins, Meddling meddling) implements FieldCard {
    /** Who stands there. */
    @FunctionalInterface
    interface Meddling {
        /** What the reader gets to that command. */
        byte[] answer(FieldCard card, byte[] apdu) throws IOException;
    }

    @Override
    public String name() {
        return card.name();
    }

    @Override
    public byte[] transmit(byte[] apdu) throws IOException {
        return (apdu[1] & 0xFF) == ins ? meddling.answer(card, apdu) : card.transmit(apdu);
    }

    @Override
    public byte[] transmitCut(byte[] apdu, int write) throws IOException, Torn {
        return card.transmitCut(apdu, write);
    }

    @Override
    public void transmitUnanswered(byte[] apdu) throws IOException {
        card.transmitUnanswered(apdu);
    }

    @Override
    public void powerOff() throws IOException {
        card.powerOff();
    }
}
