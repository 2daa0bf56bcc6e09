/** The food card's applet, after {@code protocol/docs/card.md}: it stands on the Java Card API alone, and on nothing of ours. */
package etal.applet;
