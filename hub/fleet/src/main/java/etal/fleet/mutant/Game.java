package etal.fleet.mutant;

/** What is played to find a mutant. */
enum Game {
    /** People who cheat, one attempt a seed: {@link etal.fleet.world.forger.ForgersMarket}. */
    FORGER(80),
    /** Tills and cards torn at random: {@code ./etal sim --only card}. */
    CARD(30),
    /** One till and one card under the rules of any fund, and over a change of rules: {@code ./etal sim --only market}. */
    MARKET(30);

    private final long seedsMost;

    Game(long seedsMost) {
        this.seedsMost = seedsMost;
    }

    /** After so many seeds a mutant has survived it. */
    long seedsMost() {
        return seedsMost;
    }
}
