package etal.fleet.timing;

/** What the time of a tap is made of. */
public enum Part {
    /** REQA to the answer of RATS, with the reader's part of it. */
    ACTIVATION,
    /** Frames in the air, and the least pauses between them that ISO/IEC 14443-3 sets. */
    AIR,
    /** Bytes between terminal and reader. */
    WIRE,
    /** The reader's own processor, and the terminal's driver. */
    READER,
    /** ECDSA: setting up, signing, verifying. */
    SIGNATURES,
    /** ECDH: setting up, agreeing. */
    AGREEMENT,
    /** AES: keys, setting up, blocks. */
    AES,
    /** SHA-256 and random numbers. */
    HASH_AND_RANDOM,
    /** Persistent memory: writes and commits. */
    MEMORY,
    /** The applet's own instructions, and the calls that move bytes. */
    INSTRUCTIONS,
    /** The card's operating system around each command. */
    CARD_SYSTEM,
    /** The terminal's own work between the exchanges. */
    TERMINAL
}
