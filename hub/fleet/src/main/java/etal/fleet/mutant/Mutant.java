package etal.fleet.mutant;

import java.util.List;

/**
 * A fault in one method of a production class. Immutable.
 *
 * @param name one or a few words, with hyphens
 * @param owner the class, with its package
 * @param method the method; all of that name must give one place
 * @param change what is changed in it
 * @param breaks the promise that it breaks, as a sentence of what then happens
 * @param games in which games it is looked for
 */
record Mutant(String name, String owner, String method, Change change, String breaks, List<Game> games) {
    /** Where it is: class and method, without the package. */
    String where() {
        return owner.substring(owner.lastIndexOf('.') + 1).replace('$', '.') + "." + method;
    }

    /** The class file's name. */
    String file() {
        return owner.replace('.', '/') + ".class";
    }

    /** The same with another change. */
    Mutant with(Change other) {
        return new Mutant(name, owner, method, other, breaks, games);
    }
}
