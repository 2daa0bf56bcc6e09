/**
 * A PN532 without silicon: the chip's frames and commands with virtual cards in its field, behind a pseudo-terminal that a
 * driver opens like a serial port, over a line that can lose, double, change and delay bytes.
 *
 * <p>Written from NXP's UM0701-02 beside the driver and sharing nothing with it, so that each checks the other. What no
 * manual says, and only a real chip could, it cannot know.
 */
@NullMarked
package etal.virtualcard.pn532;

import org.jspecify.annotations.NullMarked;
