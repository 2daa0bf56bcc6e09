package etal.fleet.world.crash.kind;

import etal.port.StorageFailed;

/** What people do. Done again from its beginning, after whatever went wrong in it, it comes to the same. */
@FunctionalInterface
public interface Deed {
    /** Does it. */
    void run(People people) throws StorageFailed;

    /** One after the other. */
    default Deed then(Deed next) {
        return people -> {
            run(people);
            next.run(people);
        };
    }
}
