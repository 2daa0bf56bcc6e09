package etal.hub.sync;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.members.Rulebook;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.Scheme;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The documents a fund publishes: scheme, catalogue, the token that opens the month, and the denied cards. Each version is signed once and
 * kept for ever; published are those that hold and those that will. Used from the loop only.
 */
public final class Publication {
    private static final int ISSUING_SLOT = 0;
    /** The deny list is the fund's, whatever its rules are called: one row of versions for ever. */
    private static final String CARDS = "cards";

    private static final List<String> OF_THE_RULES = List.of(Document.SCHEME, Document.CATALOGUE, Document.PERIOD);

    private static final List<String> KINDS =
            List.of(Document.SCHEME, Document.CATALOGUE, Document.PERIOD, Document.DENY);
    /** As many as may stand published before a hub starts and beside what it then adds. */
    private static final int TAKEN_AWAY_MAX = 2 * Document.PUBLISHED_MAX;

    private static final int SALE_KIND = 3;

    private final Fund fund;
    private final HubKeys keys;
    private final Rulebook rulebook;
    private final PublishedRules rules;

    /** What that fund publishes under those keys. */
    public Publication(Fund fund, HubKeys keys, Rulebook rulebook, PublishedRules rules) {
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
        complaints.addAll(news(connection, nowMillis).complaints());
        return complaints;
    }

    /** Signs and keeps what is not published yet; nothing may speak against it. */
    public void enter(Connection connection, long nowMillis) throws SQLException {
        for (Document document : news(connection, nowMillis).documents()) {
            enter(connection, document);
        }
        if (rulebook.find(connection, Document.PERIOD, rules.scheme().id(), fund.period())
                .isEmpty()) {
            enter(connection, month());
        }
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
                earliest(connection, nowMillis));
    }

    /** Today, unless something has been sold today already: a day has one rule. */
    private LocalDate earliest(Connection connection, long nowMillis) throws SQLException {
        LocalDate today =
                Instant.ofEpochMilli(nowMillis).atZone(rules.scheme().zone()).toLocalDate();
        long sold = Sql.number(
                connection, "SELECT COUNT(*) FROM entry WHERE kind = ? AND day = ?", SALE_KIND, today.toString());
        return sold == 0 ? today : today.plusDays(1);
    }

    private List<Document> published(Connection connection, String kind) throws SQLException {
        return rulebook.ofKind(connection, kind).stream()
                .map(SignedDocument::document)
                .toList();
    }

    /** Signs and keeps the list of denied cards when it has changed; a fund that never denied a card publishes none. */
    public void deny(Connection connection, DenyList denied, long nowMillis) throws SQLException {
        Optional<Document> newest =
                rulebook.newest(connection, Document.DENY, CARDS).map(SignedDocument::document);
        byte[] before =
                newest.map(Document::content).orElseGet(() -> DenyList.empty().encode());
        if (!Arrays.equals(before, denied.encode())) {
            long version = newest.map(document -> document.version() + 1).orElse(1L);
            enter(connection, new Document(Document.DENY, CARDS, version, nowMillis, denied.encode()));
        }
    }

    /**
     * What stands published at a moment: of each kind the version that holds and those that will, of the denied cards the
     * newest list. Ready to be sent.
     */
    public List<SignedDocument> current(Connection connection, long nowMillis) throws SQLException {
        List<SignedDocument> current = new ArrayList<>();
        for (String kind : OF_THE_RULES) {
            List<SignedDocument> all = rulebook.ofKind(connection, kind);
            long holding = holding(all, nowMillis);
            all.stream()
                    .filter(signed -> signed.document().version() >= holding)
                    .forEach(current::add);
        }
        rulebook.newest(connection, Document.DENY, CARDS).ifPresent(current::add);
        return current;
    }

    /** What has stood published lately and is superseded, newest last: a broker need not keep it. */
    public List<Document> superseded(Connection connection, long nowMillis) throws SQLException {
        List<Document> superseded = new ArrayList<>();
        for (String kind : KINDS) {
            List<SignedDocument> all = rulebook.ofKind(connection, kind);
            long holding = holding(all, kind.equals(Document.DENY) ? Long.MAX_VALUE : nowMillis);
            List<Document> old = all.stream()
                    .map(SignedDocument::document)
                    .filter(document -> document.version() < holding)
                    .toList();
            superseded.addAll(old.subList(Math.max(0, old.size() - TAKEN_AWAY_MAX), old.size()));
        }
        return superseded;
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

    /** The token is issued as of the month's first moment, so that it is the same bytes whenever the hub starts. */
    private Document month() {
        long beginMillis = Period.yearMonth(fund.period())
                .atDay(1)
                .atStartOfDay(rules.scheme().zone())
                .toInstant()
                .toEpochMilli();
        PeriodToken token =
                PeriodToken.sign(fund.id(), fund.period(), ISSUING_SLOT, beginMillis / 1_000, keys.documents()::sign);
        return new Document(Document.PERIOD, rules.scheme().id(), fund.period(), beginMillis, token.encode());
    }

    private void enter(Connection connection, Document document) throws SQLException {
        rulebook.enter(connection, SignedDocument.sign(document, keys.documentsKid(), keys.documents()::sign));
    }
}
