package etal.fleet.world.crash.kind;

/**
 * A part of a kind. Between two, everything is switched off and on again.
 *
 * @param name lower-case letters
 */
public record Stage(String name, Deed deed) {}
