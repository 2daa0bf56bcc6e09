package etal.protocol.grant;

import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.Comparator;
import java.util.List;

/**
 * The versions of a fund's rules, as a month asks for them: a month goes by the rules that hold on its first day.
 * Immutable.
 *
 * @param versions by rising version
 */
public record HoldingSchemes(List<Scheme> versions) {
    /** Sorts the versions. @throws IllegalArgumentException if there is none, or a version twice */
    public HoldingSchemes {
        versions = versions.stream()
                .sorted(Comparator.comparingLong(Scheme::version))
                .toList();
        if (versions.isEmpty()
                || versions.stream().map(Scheme::version).distinct().count() < versions.size()) {
            throw new IllegalArgumentException("at least one version, each once");
        }
    }

    /** One version only. */
    public static HoldingSchemes of(Scheme scheme) {
        return new HoldingSchemes(List.of(scheme));
    }

    /** The newest version that holds when the month opens; the first one for months before any. */
    public Scheme in(YearMonth month) {
        return versions.stream()
                .filter(scheme -> !scheme.holdsFrom().isAfter(month.atDay(1)))
                .reduce((older, newer) -> newer)
                .orElse(versions.getFirst());
    }
}
