package etal.fleet.mutant;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.ArrayList;
import java.util.List;
import java.util.TreeSet;
import org.junit.jupiter.api.Test;

/** A mutant counts only if it is woven and reached, and what changes nothing is never caught. */
class MutantsTest {
    private static final String MAC = "etal.applet.FoodCard checkMacUnderKeyInUse: ";

    @Test
    void every_mutant_finds_its_one_place() {
        var notWoven = new ArrayList<String>();
        for (Mutant mutant : Mutants.all()) {
            try {
                var unused = new MutantLoader(List.of(mutant));
            } catch (NotWoven gone) {
                notWoven.add(String.valueOf(gone.getMessage()));
            }
        }
        assertEquals("", String.join("\n", notWoven));
    }

    @Test
    void there_are_more_than_forty_and_each_has_a_name_of_its_own() {
        List<Mutant> mutants = Mutants.all();
        assertTrue(mutants.size() > 40, mutants.size() + " mutants");
        var names = new TreeSet<String>();
        mutants.forEach(mutant -> assertTrue(names.add(mutant.name()), mutant.name()));
    }

    @Test
    void a_mutant_whose_place_is_gone_or_not_the_only_one_fails_loudly() {
        for (String place : List.of(
                "etal.applet.Nowhere checkMac: macIs answers 1",
                "etal.applet.FoodCard nothing: macIs answers 1",
                MAC + "signed answers 1",
                MAC + "arrayCopyNonAtomic left out",
                MAC + "branch IFNE becomes IFNE",
                "etal.applet.FoodCard process: field records not written")) {
            assertThrows(
                    NotWoven.class, () -> new MutantLoader(Mutants.read("a forger\n" + place + "\nis gone")), place);
        }
    }

    @Test
    void what_changes_nothing_is_reached_and_not_caught_and_what_breaks_is() {
        List<Mutant> mutants = Mutants.read("same forger\n" + MAC + "nothing is changed\nNothing.\n" + "broken forger\n"
                + MAC + "macIs answers 1\nThe MAC is not checked.");
        var hunt = new Hunt(new MutantLoader(mutants).world());
        var same = assertInstanceOf(Hunt.Verdict.Survived.class, hunt.look(0, List.of(Game.FORGER)));
        assertTrue(same.reached() > 0, "the control was not reached");
        var caught = assertInstanceOf(Hunt.Verdict.Caught.class, hunt.look(1, List.of(Game.FORGER)));
        assertEquals(1, caught.seed());
    }
}
