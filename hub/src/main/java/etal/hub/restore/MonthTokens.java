package etal.hub.restore;

import etal.hub.books.Sql;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.Rulebook;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.ZoneId;
import java.util.Arrays;
import java.util.Optional;

/**
 * The tokens that open months, also those that a restored hub has forgotten: it signs the month's token once more, and if that
 * is the one a card has loaded under, it is back. If the zone or the key has changed since, other bytes come out, and the
 * card's word counts: a card loads under nothing that the hub has not signed. Used from the loop only, within a transaction.
 */
public final class MonthTokens {
    private final Fund fund;
    private final HubKeys keys;
    private final Rulebook rulebook;
    private final String scheme;
    private final ZoneId zone;

    /** The tokens of that fund, whose months begin at midnight in that zone, kept beside the rules of that name. */
    public MonthTokens(Fund fund, HubKeys keys, Rulebook rulebook, String scheme, ZoneId zone) {
        this.fund = fund;
        this.keys = keys;
        this.rulebook = rulebook;
        this.scheme = scheme;
        this.zone = zone;
    }

    /** The token as of the month's first moment, so that it is the same bytes whenever the hub starts. */
    public Document document(int period) {
        long beginMillis = beginMillis(period);
        PeriodToken token =
                PeriodToken.sign(fund.id(), period, keys.issuingSlot(), beginMillis / 1_000, keys.documents()::sign);
        return new Document(Document.PERIOD, scheme, period, beginMillis, token.encode());
    }

    /** When a month begins, milliseconds since 1970. */
    public long beginMillis(int period) {
        return Period.yearMonth(period).atDay(1).atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /** Signs and keeps the token of a month that has none. */
    public void open(Connection connection, int period) throws SQLException {
        if (rulebook.find(connection, Document.PERIOD, scheme, period).isEmpty()) {
            rulebook.enter(
                    connection, SignedDocument.sign(document(period), keys.documentsKid(), keys.documents()::sign));
        }
    }

    /** Whether the hub has issued, or must have issued and forgotten, the token under which a card has loaded. */
    public boolean isOurs(Connection connection, CardRecord load) throws SQLException {
        return known(connection, load) || forgotten(connection, load.period());
    }

    /** Takes the token of a load back if it was forgotten; true if the month itself was. */
    public boolean takeBack(Connection connection, byte[] card, CardRecord load) throws SQLException {
        if (known(connection, load)) {
            return false;
        }
        boolean month = rulebook.tokenHash(connection, load.period()).isEmpty();
        if (month) {
            open(connection, load.period());
        }
        if (!known(connection, load)) {
            Sql.update(
                    connection,
                    "INSERT INTO token_recognised (period, hash, card, counter) VALUES (?, ?, ?, ?)",
                    load.period(),
                    load.intentHash(),
                    card,
                    load.counter());
        }
        return month;
    }

    private boolean known(Connection connection, CardRecord load) throws SQLException {
        Optional<byte[]> token = rulebook.tokenHash(connection, load.period());
        return token.isPresent() && Arrays.equals(token.get(), load.intentHash())
                || Sql.number(
                                connection,
                                "SELECT COUNT(*) FROM token_recognised WHERE period = ? AND hash = ?",
                                load.period(),
                                load.intentHash())
                        > 0;
    }

    /** Months after the last one that a backup knew of, up to the fund's own. */
    private boolean forgotten(Connection connection, int period) throws SQLException {
        return period <= fund.period()
                && Sql.number(connection, "SELECT COUNT(*) FROM restored WHERE last_period < ?", period) > 0;
    }
}
