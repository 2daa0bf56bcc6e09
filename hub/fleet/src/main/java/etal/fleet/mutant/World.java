package etal.fleet.mutant;

import java.util.BitSet;
import java.util.List;

/**
 * The seam between the outer world and one in which all classes of ours are loaded anew, with mutants in them. For one
 * thread.
 */
public interface World {
    /**
     * Plays one seed.
     *
     * @param game the name of a {@link Game}
     * @param mutant which one is alive, {@link Live#NONE} for none
     * @param stepsMost after so many steps it has not come to rest
     */
    Played play(String game, long seed, int mutant, long stepsMost);

    /**
     * What came of it.
     *
     * @param wrong what the simulation found, empty if nothing
     * @param reached whether the living mutant's place was reached
     * @param asked the mutants whose methods were called, by number: in this seed no other one can make a difference
     */
    record Played(List<String> wrong, boolean reached, BitSet asked, long steps) {}
}
