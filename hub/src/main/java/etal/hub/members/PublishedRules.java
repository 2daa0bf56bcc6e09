package etal.hub.members;

import etal.protocol.catalogue.Catalogue;
import etal.protocol.scheme.Scheme;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * The rules a fund publishes: those that hold and those that will. All schemes are of one id, fund, zone and unit. Immutable.
 *
 * @param schemes at least one, versions ascending, their dates never descending
 * @param lists the product lists, at least one, their dates ascending
 */
public record PublishedRules(List<SchemeVersion> schemes, List<ProductList> lists) {
    /** Takes its own copies. @throws IllegalArgumentException if either is empty */
    public PublishedRules {
        schemes = List.copyOf(schemes);
        lists = List.copyOf(lists);
        if (schemes.isEmpty() || lists.isEmpty()) {
            throw new IllegalArgumentException("rules are a scheme and a product list at least");
        }
    }

    /** One scheme and one list without a date of its own. */
    public PublishedRules(Scheme scheme, String yaml, Catalogue catalogue) {
        this(
                List.of(new SchemeVersion(scheme, yaml, "scheme")),
                List.of(new ProductList(catalogue, Optional.empty(), "catalogue")));
    }

    /** The rules of a moment; before any holds, those that will first. */
    public Scheme at(Instant moment) {
        for (SchemeVersion version : schemes.reversed()) {
            if (version.scheme().holdsFromMillis() <= moment.toEpochMilli()) {
                return version.scheme();
            }
        }
        return scheme();
    }

    /** For what all versions agree on: id, fund, zone, unit. */
    public Scheme scheme() {
        return schemes.getFirst().scheme();
    }

    /**
     * One version of the scheme.
     *
     * @param scheme as read
     * @param yaml as written: what is published is the file itself
     * @param file what to call it in complaints
     */
    public record SchemeVersion(Scheme scheme, String yaml, String file) {
        /** A complaint about a field of the file: where it stands, what was found, what is allowed. */
        public String complaint(String field, String found, String allowed) {
            Matcher line = Pattern.compile("^" + Pattern.quote(field) + "\\s*:", Pattern.MULTILINE)
                    .matcher(yaml);
            long number = line.find()
                    ? yaml.substring(0, line.start())
                                    .chars()
                                    .filter(c -> c == '\n')
                                    .count()
                            + 1
                    : 1;
            return file + ":" + number + ": " + field + ": " + found + ", " + allowed;
        }
    }

    /**
     * One product list.
     *
     * @param catalogue what it holds
     * @param holdsFrom first day, in the scheme's zone; empty for the only list of a fund, which holds since it was published first
     * @param place file, line and field to name in complaints
     */
    public record ProductList(Catalogue catalogue, Optional<LocalDate> holdsFrom, String place) {
        /** A complaint about it: what was found, what is allowed. */
        public String complaint(String found, String allowed) {
            return place + ": " + found + ", " + allowed;
        }
    }
}
