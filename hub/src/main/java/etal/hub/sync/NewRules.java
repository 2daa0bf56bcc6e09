package etal.hub.sync;

import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.protocol.scheme.Scheme;
import etal.protocol.sync.Document;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What of the rules, as they are named now, is to be published anew, or what speaks against it. What is published stays: a
 * change is a new version with a date, and a date never lies before a sale that was made under other rules.
 */
final class NewRules {
    private final PublishedRules named;
    private final List<Document> schemes;
    private final List<Document> lists;
    private final Optional<Scheme> before;
    private final long nowMillis;
    private final LocalDate earliest;
    private final long above;
    private final List<Document> documents = new ArrayList<>();
    private final List<String> complaints = new ArrayList<>();

    /**
     * Compares what is named with what is published.
     *
     * @param schemes the published ones, versions ascending
     * @param lists the published ones, versions ascending
     * @param before the newest published scheme, if there is one
     * @param earliest the first day from which something new may hold, once something is published
     * @param above lists of versions up to this one are published anew: a restored hub has forgotten what came after them
     */
    NewRules(
            PublishedRules named,
            List<Document> schemes,
            List<Document> lists,
            Optional<Scheme> before,
            long nowMillis,
            LocalDate earliest,
            long above) {
        this.named = named;
        this.schemes = List.copyOf(schemes);
        this.lists = List.copyOf(lists);
        this.before = before;
        this.nowMillis = nowMillis;
        this.earliest = earliest;
        this.above = above;
        schemes();
        if (named.lists().size() == 1 && named.lists().getFirst().holdsFrom().isEmpty()) {
            onlyList(named.lists().getFirst());
        } else {
            lists();
        }
    }

    /** To be signed and kept, in order; nothing of it if there is a complaint. */
    List<Document> documents() {
        return List.copyOf(documents);
    }

    /** What speaks against it, each with the place in the files. */
    List<String> complaints() {
        return List.copyOf(complaints);
    }

    private void schemes() {
        int had = complaints.size();
        for (SchemeVersion version : named.schemes()) {
            Optional<Document> known = schemes.stream()
                    .filter(document -> document.version() == version.scheme().version())
                    .findFirst();
            if (known.isPresent()) {
                same(version, known.get());
            } else {
                scheme(version);
            }
        }
        SchemeVersion last = named.schemes().getLast();
        long newest = newest(schemes);
        if (complaints.size() == had && last.scheme().version() < newest) {
            complaints.add(last.complaint(
                    "version", "" + last.scheme().version(), newest + " too, for it is published already"));
        }
        tooMany(schemes, Document.SCHEME)
                .ifPresent(count -> complaints.add(last.complaint("version", count, allowedToCome())));
    }

    private void same(SchemeVersion version, Document known) {
        boolean same = known.id().equals(version.scheme().id())
                && Arrays.equals(known.content(), version.yaml().getBytes(StandardCharsets.UTF_8));
        if (!same) {
            complaints.add(version.complaint(
                    "version",
                    version.scheme().version() + " is published already with other words",
                    "a higher number and a date"));
        }
    }

    private void scheme(SchemeVersion version) {
        Scheme scheme = version.scheme();
        if (scheme.version() < newest(schemes)) {
            complaints.add(version.complaint(
                    "version",
                    scheme.version() + " while " + newest(schemes) + " is published already",
                    "a higher number"));
            return;
        }
        if (before.isPresent() && !continues(version, before.get())) {
            return;
        }
        if (before.isPresent() && scheme.holdsFrom().isBefore(earliest)) {
            complaints.add(version.complaint("holdsFrom", scheme.holdsFrom().toString(), allowedDay()));
            return;
        }
        documents.add(new Document(
                Document.SCHEME,
                scheme.id(),
                scheme.version(),
                scheme.holdsFromMillis(),
                version.yaml().getBytes(StandardCharsets.UTF_8)));
    }

    /** What days begin with and what amounts count cannot change: the books go on. */
    private boolean continues(SchemeVersion version, Scheme earlier) {
        Scheme scheme = version.scheme();
        if (!scheme.id().equals(earlier.id())) {
            complaints.add(version.complaint("id", scheme.id(), earlier.id() + " as published"));
        } else if (!scheme.zone().equals(earlier.zone())) {
            complaints.add(version.complaint("zone", scheme.zone().toString(), earlier.zone() + " as published"));
        } else if (!scheme.unit().equals(earlier.unit())) {
            complaints.add(version.complaint(
                    "unit", scheme.unit().code(), earlier.unit().code() + " as published"));
        } else {
            return true;
        }
        return false;
    }

    /** The only list without a date holds since the fund began; another one needs a date. */
    private void onlyList(ProductList list) {
        byte[] content = list.catalogue().encode();
        if (!lists.isEmpty() && !Arrays.equals(lists.getLast().content(), content)) {
            complaints.add(list.complaint(
                    "another list than the one published",
                    "a list of { file, holdsFrom } in which the new one holds from " + allowedDay()));
        } else if (lists.isEmpty() || newest(lists) <= above) {
            documents.add(
                    list(Math.max(newest(lists), above) + 1, named.scheme().holdsFromMillis(), content));
        }
    }

    /** Each named list as of its date, so that the timetable published is the one named, whatever was published before. */
    private void lists() {
        List<Document> matched = new ArrayList<>();
        long version = 0;
        for (ProductList list : named.lists()) {
            byte[] content = list.catalogue().encode();
            LocalDate day = list.holdsFrom().orElse(named.scheme().holdsFrom());
            long fromMillis =
                    day.atStartOfDay(named.scheme().zone()).toInstant().toEpochMilli();
            long least = version;
            List<Document> same = lists.stream()
                    .filter(document ->
                            document.holdsFromMillis() == fromMillis && Arrays.equals(document.content(), content))
                    .toList();
            Optional<Document> known = same.stream()
                    .filter(document -> document.version() > Math.max(least, above))
                    .findFirst();
            if (known.isPresent()) {
                matched.add(known.get());
                version = known.get().version();
            } else if (!lists.isEmpty() && day.isBefore(earliest) && (above == 0 || same.isEmpty())) {
                complaints.add(list.complaint(day + " for a list not published for that day", allowedDay()));
            } else {
                version = Math.max(version, Math.max(newest(lists), above)) + 1;
                documents.add(list(version, fromMillis, content));
            }
        }
        forgotten(matched);
        ProductList last = named.lists().getLast();
        tooMany(lists, Document.CATALOGUE).ifPresent(count -> complaints.add(last.complaint(count, allowedToCome())));
    }

    /** A list that is published and will hold cannot be recalled by silence: something has to be named for its day. */
    private void forgotten(List<Document> matched) {
        for (Document list : lists) {
            boolean superseded = documents.stream()
                            .anyMatch(document -> document.kind().equals(Document.CATALOGUE)
                                    && document.holdsFromMillis() <= list.holdsFromMillis())
                    || lists.stream()
                            .anyMatch(other -> other.version() > list.version()
                                    && other.holdsFromMillis() <= list.holdsFromMillis());
            if (list.holdsFromMillis() > nowMillis && !superseded && !matched.contains(list)) {
                LocalDate day = Instant.ofEpochMilli(list.holdsFromMillis())
                        .atZone(named.scheme().zone())
                        .toLocalDate();
                complaints.add(named.lists()
                        .getLast()
                        .complaint("no list for " + day + ", for which one is published", "that one or another"));
            }
        }
    }

    private Document list(long version, long holdsFromMillis, byte[] content) {
        return new Document(Document.CATALOGUE, named.scheme().id(), version, holdsFromMillis, content);
    }

    /** Beside the version that holds. */
    private Optional<String> tooMany(List<Document> published, String kind) {
        long toCome = published.stream()
                        .filter(document ->
                                toCome(document) && (kind.equals(Document.SCHEME) || document.version() > above))
                        .count()
                + documents.stream()
                        .filter(document -> document.kind().equals(kind) && toCome(document))
                        .count();
        return toCome < Document.PUBLISHED_MAX ? Optional.empty() : Optional.of(toCome + " versions to come");
    }

    private boolean toCome(Document document) {
        return document.holdsFromMillis() > nowMillis;
    }

    private static String allowedToCome() {
        return "at most " + (Document.PUBLISHED_MAX - 1);
    }

    private String allowedDay() {
        return earliest + " or later: sales before it stay as they are";
    }

    private static long newest(List<Document> published) {
        return published.isEmpty() ? 0 : published.getLast().version();
    }
}
