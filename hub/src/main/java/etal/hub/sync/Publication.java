package etal.hub.sync;

import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.PublishedRules;
import etal.hub.members.Rulebook;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.scheme.Scheme;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import java.nio.charset.StandardCharsets;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * The documents a fund publishes: scheme, catalogue, the token that opens the month, and the denied cards. Each version is signed once and
 * kept. Used from the loop only.
 */
public final class Publication {
    private static final int ISSUING_SLOT = 0;
    /** The deny list is the fund's, whatever its rules are called: one row of versions for ever. */
    private static final String CARDS = "cards";

    private static final List<String> OF_THE_RULES = List.of(Document.SCHEME, Document.CATALOGUE, Document.PERIOD);

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

    /** What speaks against publishing these rules: a version that was published before and said something else. */
    public Optional<String> complaint(Connection connection) throws SQLException {
        Scheme scheme = rules.scheme();
        boolean changed = rulebook.find(connection, Document.SCHEME, scheme.id(), scheme.version())
                .filter(known -> !Arrays.equals(known.document().content(), yaml()))
                .isPresent();
        // Terminals and ledgers count versions whatever the id, or another id would bring old rules back.
        boolean older = rulebook.all(connection).stream()
                .map(SignedDocument::document)
                .filter(document -> document.kind().equals(Document.SCHEME))
                .anyMatch(document -> document.version() > scheme.version()
                        || document.version() == scheme.version()
                                && !document.id().equals(scheme.id()));
        if (scheme.fund() != fund.id()) {
            return Optional.of("fund: " + scheme.fund() + ", " + fund.id());
        }
        return changed || older
                ? Optional.of("version: " + scheme.version()
                        + " is published already with other or newer rules, a higher number")
                : Optional.empty();
    }

    /** Signs and keeps what is not published yet. */
    public void enter(Connection connection) throws SQLException {
        Scheme scheme = rules.scheme();
        if (rulebook.find(connection, Document.SCHEME, scheme.id(), scheme.version())
                .isEmpty()) {
            enter(
                    connection,
                    new Document(Document.SCHEME, scheme.id(), scheme.version(), scheme.holdsFromMillis(), yaml()));
        }
        byte[] catalogue = rules.catalogue().encode();
        Optional<Document> newest =
                rulebook.newest(connection, Document.CATALOGUE, scheme.id()).map(SignedDocument::document);
        if (newest.isEmpty() || !Arrays.equals(newest.get().content(), catalogue)) {
            long version = newest.map(document -> document.version() + 1).orElse(1L);
            enter(
                    connection,
                    new Document(Document.CATALOGUE, scheme.id(), version, scheme.holdsFromMillis(), catalogue));
        }
        if (rulebook.find(connection, Document.PERIOD, scheme.id(), fund.period())
                .isEmpty()) {
            enter(connection, month());
        }
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

    /** The newest document of each kind, ready to be sent. */
    public List<SignedDocument> current(Connection connection) throws SQLException {
        List<SignedDocument> current = new ArrayList<>();
        for (String kind : OF_THE_RULES) {
            rulebook.newest(connection, kind, rules.scheme().id()).ifPresent(current::add);
        }
        rulebook.newest(connection, Document.DENY, CARDS).ifPresent(current::add);
        return current;
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

    private byte[] yaml() {
        return rules.schemeYaml().getBytes(StandardCharsets.UTF_8);
    }
}
