package etal.hub.members;

import etal.hub.books.Sql;
import etal.port.Database.Damaged;
import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * The loads of one card as they stand once a further record is in store: which of its entitlements may have given each, by
 * all that is known of the card. As of one moment, within a transaction.
 */
public final class LoadsOfCard {
    private final Connection connection;
    private final byte[] card;
    private final CardEntitlements entitlements;
    private final CardRecord coming;
    private @Nullable TreeMap<Long, CardRecord> loads;

    /** With {@code coming}, a record of the card that is or will be stored. */
    public LoadsOfCard(Connection connection, byte[] card, CardEntitlements entitlements, CardRecord coming) {
        this.connection = connection;
        this.card = card.clone();
        this.entitlements = entitlements;
        this.coming = coming;
    }

    /** The loads that the record tells something about: itself, those after it, and all of a card that vouchers changed. */
    public List<CardRecord> touched() throws SQLException {
        if (!entitlements.single()) {
            return List.copyOf(loads().values());
        }
        if (coming.tag() == Tag.LOAD) {
            return List.copyOf(loads().tailMap(coming.counter()).values());
        }
        return find(connection, card, coming.counter() + 1)
                .filter(next -> next.tag() == Tag.LOAD)
                .map(List::of)
                .orElse(List.of());
    }

    /** All loads of the card that have come. */
    List<CardRecord> all() throws SQLException {
        return List.copyOf(loads().values());
    }

    /** Whether each load that it touches is one that the card may have been given. */
    public boolean allDue() throws SQLException {
        for (CardRecord load : touched()) {
            if (giving(load).isEmpty()) {
                return false;
            }
        }
        return true;
    }

    /** The entitlements that may have given a load. */
    public List<Entitlement> giving(CardRecord load) throws SQLException {
        Optional<CardRecord> before = before(load);
        int cardPeriod = before.map(CardRecord::period).orElse(0);
        if (before.isEmpty()) {
            for (CardRecord earlier : loads().headMap(load.counter()).values()) {
                cardPeriod = Math.max(cardPeriod, earlier.period());
            }
        }
        List<Entitlement> possible = entitlements.possible(load.counter(), coming.counter());
        return Loads.giving(possible, load, cardPeriod, before.isPresent());
    }

    /** The record before, if it is known. A card begins empty, and its first record need not have come. */
    public Optional<CardRecord> before(CardRecord record) throws SQLException {
        if (record.counter() == 1) {
            return Optional.of(CardRecord.first(0));
        }
        return coming.counter() == record.counter() - 1
                ? Optional.of(coming)
                : find(connection, card, record.counter() - 1);
    }

    private TreeMap<Long, CardRecord> loads() throws SQLException {
        TreeMap<Long, CardRecord> known = loads;
        if (known == null) {
            known = new TreeMap<>();
            for (CardRecord load : Sql.list(
                    connection,
                    "SELECT bytes FROM card_record WHERE card = ? AND tag = 'LOAD' ORDER BY counter",
                    row -> stored(row.getBytes(1)),
                    card)) {
                known.put(load.counter(), load);
            }
            if (coming.tag() == Tag.LOAD) {
                known.put(coming.counter(), coming);
            }
            loads = known;
        }
        return known;
    }

    /** The card's record of that counter, if it has come. */
    public static Optional<CardRecord> find(Connection connection, byte[] card, long counter) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                row -> stored(row.getBytes(1)),
                card,
                counter);
    }

    /** The card's newest record that has come. */
    static Optional<CardRecord> newest(Connection connection, byte[] card) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? ORDER BY counter DESC",
                row -> stored(row.getBytes(1)),
                card);
    }

    static CardRecord stored(byte[] bytes) throws SQLException {
        try {
            return CardRecord.decode(bytes);
        } catch (Malformed e) {
            throw new Damaged("a card record does not read", e);
        }
    }
}
