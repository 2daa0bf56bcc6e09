/**
 * The PN532 reader: the chip's frames and commands (NXP UM0701-02), the wires to it, and a thread that watches its field.
 *
 * <p>From the outside in: {@link etal.terminal.hardware.pn532.Pn532Reader} tells of cards, {@code Field} knows what lies
 * there, {@code Chip} holds one dialogue at a time, {@code FrameReader} finds frames in whatever arrives, and a
 * {@link etal.terminal.hardware.pn532.wire.Wire} moves bytes.
 */
@NullMarked
package etal.terminal.hardware.pn532;

import org.jspecify.annotations.NullMarked;
