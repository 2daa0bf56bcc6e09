package etal.hub.sync;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.members.Rulebook;
import etal.hub.orders.OrderBook;
import etal.hub.restore.Gates;
import etal.hub.restore.MonthTokens;
import etal.hub.restore.Restored;
import etal.hub.wanted.WantedBook;
import etal.port.Database.Damaged;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.Scheme;
import etal.protocol.sync.CardOrders;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.KeyUpdates;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.WantedRecords;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/**
 * The documents a fund publishes: scheme, catalogue, the token that opens the month; and of its cards the denied ones, the
 * orders to them, their new keys, and which of their records are wanted. Each version is signed once; published are those that hold and those that will. Used
 * from the loop only.
 */
public final class Publication {
    private static final List<String> OF_THE_RULES = List.of(Document.SCHEME, Document.CATALOGUE, Document.PERIOD);

    /** What is about the fund's cards, whatever its rules are called: one row of versions for ever, the newest obeyed at once. */
    private static final List<String> OF_CARDS = Stream.concat(
                    Stream.of(Document.DENY, Document.KEYS, Document.WANTED),
                    IntStream.range(0, CardOrders.SHARDS).mapToObj(Document::orders))
            .toList();
    /** As many as may stand published before a hub starts and beside what it then adds. */
    private static final int TAKEN_AWAY_MAX = 2 * Document.PUBLISHED_MAX;

    private static final int SALE_KIND = 3;

    private final Fund fund;
    private final HubKeys keys;
    private final Rulebook rulebook;
    private final PublishedRules rules;
    private final MonthTokens tokens;

    /** What that fund publishes under those keys. */
    public Publication(Fund fund, HubKeys keys, Rulebook rulebook, PublishedRules rules, MonthTokens tokens) {
        this.tokens = tokens;
        this.fund = fund;
        this.keys = keys;
        this.rulebook = rulebook;
        this.rules = rules;
    }

    /** What speaks against publishing these rules, each with the place in the files that say so. */
    public List<String> complaints(Connection connection, long nowMillis) throws SQLException {
        List<String> complaints = new ArrayList<>();
        for (SchemeVersion version : rules.schemes()) {
            if (version.scheme().fund() != fund.id()) {
                complaints.add(version.complaint("fund", "" + version.scheme().fund(), "" + fund.id()));
            }
        }
        List<String> spoken = news(connection, nowMillis).complaints();
        if (!spoken.isEmpty()) {
            requireWhole(connection);
        }
        complaints.addAll(spoken);
        return complaints;
    }

    /** Before files are blamed for not being what is published: what is published is what this hub has signed. */
    private void requireWhole(Connection connection) throws SQLException {
        for (SignedDocument signed : rulebook.all(connection)) {
            if (Arrays.equals(signed.kid(), keys.documentsKid())
                    && !signed.verify(keys.documents().publicKey())) {
                Document document = signed.document();
                throw new Damaged("the signature of the document " + document.kind() + " " + document.version()
                        + " does not hold");
            }
        }
    }

    /** Signs and keeps what is not published yet; nothing may speak against it. */
    public void enter(Connection connection, long nowMillis) throws SQLException {
        for (Document document : news(connection, nowMillis).documents()) {
            enter(connection, document);
        }
        tokens.open(connection, fund.period());
    }

    private NewRules news(Connection connection, long nowMillis) throws SQLException {
        List<Document> schemes = published(connection, Document.SCHEME);
        Optional<Scheme> before = schemes.isEmpty()
                ? Optional.empty()
                : rulebook.scheme(
                        connection,
                        new SchemeRef(schemes.getLast().id(), schemes.getLast().version()));
        return new NewRules(
                rules,
                schemes,
                published(connection, Document.CATALOGUE),
                before,
                nowMillis,
                earliest(connection, nowMillis),
                Restored.versionsAbove(connection));
    }

    /**
     * Today, unless something has been sold today already: a day has one rule. What a restored hub has forgotten was published
     * in its time, and is published again with its own date.
     */
    private LocalDate earliest(Connection connection, long nowMillis) throws SQLException {
        long sinceMillis = Gates.knownMillis(connection).orElse(nowMillis);
        LocalDate today =
                Instant.ofEpochMilli(sinceMillis).atZone(rules.scheme().zone()).toLocalDate();
        if (sinceMillis < nowMillis) {
            return today;
        }
        boolean sold = Sql.first(
                        connection,
                        "SELECT number FROM entry WHERE kind = ? AND day = ? ORDER BY number LIMIT 1",
                        row -> row.getLong(1),
                        SALE_KIND,
                        today.toString())
                .isPresent();
        return sold ? today.plusDays(1) : today;
    }

    private List<Document> published(Connection connection, String kind) throws SQLException {
        return rulebook.ofKind(connection, kind).stream()
                .map(SignedDocument::document)
                .toList();
    }

    /** Signs and keeps the list of denied cards when it has changed; a fund that never denied a card publishes none. */
    public void deny(Connection connection, DenyList denied, long nowMillis) throws SQLException {
        ofCards(connection, Document.DENY, denied.encode(), DenyList.empty().encode(), nowMillis);
    }

    /**
     * What speaks against these new keys for cards: those published stay, for a card may have taken them; and cards must go on
     * taking what this hub signs.
     */
    public List<String> complaints(Connection connection, KeyUpdates updates) throws SQLException {
        List<String> complaints = new ArrayList<>();
        List<KeyUpdate> listed = updates.updates();
        Optional<SignedDocument> newest = rulebook.newest(connection, Document.KEYS, Document.CARDS);
        List<KeyUpdate> published = newest.isEmpty() ? List.of() : stored(newest.get());
        boolean grown = listed.size() >= published.size()
                && listed.subList(0, published.size()).equals(published);
        if (!grown) {
            complaints.add("keys: " + listed.size() + " updates, the " + published.size()
                    + " that are published, and more after them");
        }
        KeySlot slot = keys.issuingSlot() == 0 ? KeySlot.ISSUING_0 : KeySlot.ISSUING_1;
        Optional<KeyUpdate> issuing =
                listed.stream().filter(update -> update.slot() == slot).reduce((older, newer) -> newer);
        if (issuing.isPresent()
                && !Arrays.equals(issuing.get().publicKey65(), keys.documents().publicKey())) {
            complaints.add("keys: generation " + issuing.get().generation()
                    + " gives cards another key for what this hub signs, the hub's own");
        }
        return complaints;
    }

    private static List<KeyUpdate> stored(SignedDocument signed) throws SQLException {
        try {
            return KeyUpdates.decode(signed.document().content()).updates();
        } catch (Malformed e) {
            throw new Damaged("a document does not read", e);
        }
    }

    /** Signs and keeps the updates of the cards' keys when there are more. */
    public void keys(Connection connection, KeyUpdates updates, long nowMillis) throws SQLException {
        ofCards(connection, Document.KEYS, updates.encode(), KeyUpdates.none().encode(), nowMillis);
    }

    /**
     * Signs and keeps the orders to the cards of each shard in which something has changed. Versions that are superseded for
     * long leave the store: the orders themselves stay there.
     *
     * @return what is new, ready to be sent
     */
    public List<SignedDocument> orders(Connection connection, OrderBook book, long nowMillis) throws SQLException {
        List<SignedDocument> fresh = new ArrayList<>();
        List<Integer> changed = book.changed();
        if (changed.isEmpty()) {
            return fresh;
        }
        Set<Integer> waiting = book.waiting(connection);
        Set<String> said = rulebook.kinds(connection);
        boolean anew = Restored.versionsAbove(connection) > 0;
        for (int shard : changed) {
            String kind = Document.orders(shard);
            byte[] none = CardOrders.none(shard).encode();
            if (!waiting.contains(shard) && !said.contains(kind) && !anew) {
                // Nothing was ever ordered there, nothing was said, and a hub as it starts asks for every shard.
                continue;
            }
            byte[] content =
                    waiting.contains(shard) ? book.open(connection, shard).encode() : none;
            Optional<SignedDocument> entered = ofCards(connection, kind, content, none, nowMillis);
            if (entered.isPresent()) {
                fresh.add(entered.get());
                forget(connection, entered.get().document());
            }
        }
        return fresh;
    }

    /** Signs and keeps what is wanted of cards' records when that has changed; ready to be sent if it has. */
    public Optional<SignedDocument> wanted(Connection connection, long nowMillis) throws SQLException {
        byte[] content = WantedBook.open(connection).encode();
        byte[] none = WantedRecords.none().encode();
        Optional<SignedDocument> entered = ofCards(connection, Document.WANTED, content, none, nowMillis);
        if (entered.isPresent()) {
            forget(connection, entered.get().document());
        }
        return entered;
    }

    /** The last ones of an earlier generation stay: they tell what a broker may still keep. */
    private void forget(Connection connection, Document newest) throws SQLException {
        long above = Restored.versionsAbove(connection);
        rulebook.forget(connection, newest.kind(), above, newest.version() - TAKEN_AWAY_MAX);
    }

    private Optional<SignedDocument> ofCards(
            Connection connection, String kind, byte[] content, byte[] nothing, long nowMillis) throws SQLException {
        Optional<Document> newest =
                rulebook.newest(connection, kind, Document.CARDS).map(SignedDocument::document);
        long known = newest.map(Document::version).orElse(0L);
        long above = Restored.versionsAbove(connection);
        // What was published after the backup is forgotten, so a restored hub says everything anew, be it the same.
        boolean said = above == 0 || known > above;
        if (said && Arrays.equals(newest.map(Document::content).orElse(nothing), content)) {
            return Optional.empty();
        }
        long version = Math.max(known, above) + 1;
        return Optional.of(enter(connection, new Document(kind, Document.CARDS, version, nowMillis, content)));
    }

    /**
     * What stands published at a moment: of each kind the version that holds and those that will, of what is about cards the
     * newest. Ready to be sent.
     */
    public List<SignedDocument> current(Connection connection, long nowMillis) throws SQLException {
        List<SignedDocument> current = new ArrayList<>();
        long lastPeriod = Gates.lastPeriod(connection);
        for (String kind : OF_THE_RULES) {
            List<SignedDocument> all = rulebook.ofKind(connection, kind);
            long holding = holding(all, nowMillis);
            all.stream()
                    .filter(signed -> signed.document().version() >= holding)
                    .filter(signed ->
                            !kind.equals(Document.PERIOD) || signed.document().version() <= lastPeriod)
                    .forEach(current::add);
        }
        Set<String> said = rulebook.kinds(connection);
        for (String kind : OF_CARDS) {
            if (said.contains(kind)) {
                rulebook.newest(connection, kind, Document.CARDS).ifPresent(current::add);
            }
        }
        return current;
    }

    /** The tokens among {@link #current}: what a restored hub has held back. */
    public List<SignedDocument> months(Connection connection, long nowMillis) throws SQLException {
        return current(connection, nowMillis).stream()
                .filter(signed -> signed.document().kind().equals(Document.PERIOD))
                .toList();
    }

    /** What has stood published lately and is superseded, newest last: a broker need not keep it. */
    public List<Document> superseded(Connection connection, long nowMillis) throws SQLException {
        List<Document> superseded = new ArrayList<>();
        Set<String> said = rulebook.kinds(connection);
        for (String kind : Stream.concat(OF_THE_RULES.stream(), OF_CARDS.stream())
                .filter(said::contains)
                .toList()) {
            List<SignedDocument> all = rulebook.ofKind(connection, kind);
            long holding = holding(all, Document.obeyedAtOnce(kind) ? Long.MAX_VALUE : nowMillis);
            List<Document> old = all.stream()
                    .map(SignedDocument::document)
                    .filter(document -> document.version() < holding)
                    .toList();
            superseded.addAll(old.subList(Math.max(0, old.size() - TAKEN_AWAY_MAX), old.size()));
        }
        superseded.addAll(forgotten(connection));
        return superseded;
    }

    /** What a restored hub may have published after its backup: as many versions of each kind as are told of elsewhere. */
    private List<Document> forgotten(Connection connection) throws SQLException {
        List<Document> forgotten = new ArrayList<>();
        if (!Gates.closed(connection)) {
            return forgotten;
        }
        long above = Restored.versionsAbove(connection);
        for (String kind :
                Stream.concat(Stream.of(Document.CATALOGUE), OF_CARDS.stream()).toList()) {
            long last = rulebook.newestUpTo(connection, kind, above);
            for (long version = last + 1; version <= last + TAKEN_AWAY_MAX; version++) {
                forgotten.add(new Document(kind, Document.CARDS, version, 0, new byte[0]));
            }
        }
        return forgotten;
    }

    /** The version that holds at a moment, 0 before the first. */
    private static long holding(List<SignedDocument> ofOneKind, long nowMillis) {
        return ofOneKind.stream()
                .map(SignedDocument::document)
                .filter(document -> document.holdsFromMillis() <= nowMillis)
                .mapToLong(Document::version)
                .max()
                .orElse(0);
    }

    private SignedDocument enter(Connection connection, Document document) throws SQLException {
        SignedDocument signed = SignedDocument.sign(document, keys.documentsKid(), keys.documents()::sign);
        rulebook.enter(connection, signed);
        return signed;
    }
}
