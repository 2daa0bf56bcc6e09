package etal.protocol.scheme.file;

import java.util.List;
import java.util.function.Function;

/** What several sections check alike. Stateless. */
final class Checks {
    private Checks() {}

    static <T> boolean twice(List<T> items, Function<T, ?> name) {
        return items.stream().map(name).distinct().count() < items.size();
    }
}
