package etal.hub.ingest;

import static etal.hub.ingest.SaleCheck.refusal;

import etal.hub.books.CardBookings;
import etal.hub.books.Journal;
import etal.hub.books.Sql;
import etal.hub.ingest.CardRecords.Outcome;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Fund;
import etal.hub.members.PointOfSale;
import etal.hub.members.Rulebook;
import etal.hub.prices.PooledPrices;
import etal.hub.prices.PooledPrices.Chosen;
import etal.protocol.card.CardRecord;
import etal.protocol.ledger.Body.Sale;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.scheme.Scheme;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Sales on their way into the books. A sale that fails a check is kept as an entry and moves no money: the producer never
 * gets more than the card has signed under the rules. Used from the loop only, within a transaction.
 */
final class Sales {
    private final Fund fund;
    private final Rulebook rulebook;
    private final Journal journal;
    private final CardRecords records;

    Sales(Fund fund, Rulebook rulebook, Journal journal, CardRecords records) {
        this.fund = fund;
        this.rulebook = rulebook;
        this.journal = journal;
        this.records = records;
    }

    /** Takes a sale; what is wrong with it, if anything. {@code chain} is how far the ledger had come before it. */
    Optional<Refusal> take(Connection connection, Received received, Sale sale, Chain chain) throws SQLException {
        Optional<PointOfSale> point = fund.pointOfSale(received.entry().terminal(), sale.seller());
        CardProof proof = sale.card();
        if (proof == null) {
            return point.isEmpty()
                    ? refusal(Reason.UNKNOWN_SELLER, sale.seller())
                    : withoutCard(connection, received, sale, chain, point.get());
        }
        // The record is the card's own word: it is kept even when the sale around it is refused.
        Outcome outcome = records.take(connection, proof, "sale " + place(received), received);
        return switch (outcome) {
            case Outcome.Refused refused -> refusal(refused.reason(), refused.detail());
            case Outcome.Stands stands ->
                point.isEmpty()
                        ? refusal(Reason.UNKNOWN_SELLER, sale.seller())
                        : pay(connection, received, sale, chain, point.get(), stands);
        };
    }

    /** Whether the sale of that entry is in the books. */
    boolean taken(Connection connection, Received received) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM sale WHERE entry_hash = ?", received.hash()) > 0;
    }

    /** Without card nothing moves, unless the price was chosen: then under rules that hold, like any money. */
    private Optional<Refusal> withoutCard(
            Connection connection, Received received, Sale sale, Chain chain, PointOfSale point) throws SQLException {
        Optional<Scheme> scheme = rulebook.scheme(connection, sale.scheme());
        if (sale.price() != null) {
            Optional<Refusal> refused = inTime(connection, received, sale, null, chain)
                    .or(() -> holding(sale, scheme, received.entry().timeMillis()));
            if (refused.isPresent()) {
                return refused;
            }
        }
        insert(connection, received, sale, point, null, null);
        return price(connection, received, sale, point, scheme);
    }

    private Optional<Refusal> pay(
            Connection connection, Received received, Sale sale, Chain chain, PointOfSale point, Outcome.Stands stands)
            throws SQLException {
        byte[] card = stands.member().card();
        CardRecord record = stands.record();
        Optional<Refusal> refused = SaleCheck.signedByCard(received.entry(), sale, record);
        if (refused.isEmpty()) {
            refused = inTime(connection, received, sale, record, chain);
        }
        if (refused.isPresent()) {
            return refused;
        }
        Optional<Scheme> scheme = rulebook.scheme(connection, sale.scheme());
        refused = holding(sale, scheme, SaleCheck.askedMillis(received.entry(), record));
        if (refused.isEmpty()) {
            List<Long> chosen = CardEntitlements.of(connection, stands.member()).places(record.counter());
            refused = SaleCheck.asTheRulesSay(sale, record, scheme.orElseThrow(), point.underRules(), chosen);
        }
        if (refused.isPresent()) {
            return refused;
        }
        if (used(connection, card, record.counter())) {
            return refusal(Reason.RECORD_USED, CardBookings.reference("sale", card, record.counter()));
        }
        insert(connection, received, sale, point, card, record);
        post(connection, received, point, card, record);
        return price(connection, received, sale, point, scheme);
    }

    private static Optional<Refusal> holding(Sale sale, Optional<Scheme> scheme, long timeMillis) {
        if (scheme.isEmpty()) {
            return refusal(Reason.UNKNOWN_RULES, sale.scheme().toString());
        }
        return timeMillis < scheme.get().holdsFromMillis()
                ? refusal(
                        Reason.EARLY_RULES,
                        sale.scheme() + " before " + scheme.get().holdsFrom())
                : Optional.empty();
    }

    /**
     * No card vouches for a price: beside its ledger an entry moves none of the pooled fund's money, and none in the hands of a
     * thief; the sale around it stands.
     */
    private Optional<Refusal> price(
            Connection connection, Received received, Sale sale, PointOfSale point, Optional<Scheme> scheme)
            throws SQLException {
        PriceChosen price = sale.price();
        if (price != null
                && fund.underSuspicion(
                        received.entry().ledger(),
                        received.entry().number(),
                        received.entry().timeMillis(),
                        received.nowMillis())) {
            return refusal(Reason.STOLEN_TERMINAL, "the price of sale " + sale.sale());
        }
        if (price != null && scheme.isPresent() && received.branch() == Received.Branch.CHAIN) {
            Chosen chosen = new Chosen(received.entry(), received.hash(), received.day(), point, price);
            PooledPrices.take(connection, journal, chosen, scheme.get(), received.nowMillis());
        }
        return Optional.empty();
    }

    private Optional<Refusal> inTime(
            Connection connection, Received received, Sale sale, @Nullable CardRecord record, Chain chain)
            throws SQLException {
        long version = sale.scheme().version();
        boolean askedBefore = record != null && Doubts.askedUnder(connection, record, version);
        if (chain.knowsNewerThan(version) && !askedBefore) {
            return refusal(Reason.OLD_RULES, sale.scheme() + " after version " + chain.schemeVersion());
        }
        long timeMillis = received.entry().timeMillis();
        return timeMillis < chain.checkpointMillis() - fund.skewMillisMax()
                ? refusal(Reason.TOO_EARLY, timeMillis + " after an acknowledgement of " + chain.checkpointMillis())
                : Optional.empty();
    }

    private boolean used(Connection connection, byte[] card, long counter) throws SQLException {
        return Sql.number(connection, "SELECT COUNT(*) FROM sale WHERE card = ? AND counter = ?", card, counter) > 0
                || journal.posted(connection, CardBookings.reference("orphan-returned", card, counter));
    }

    /** A record that waits in suspense for its sale leaves it for the producer; any other is paid from the card. */
    private void post(Connection connection, Received received, PointOfSale point, byte[] card, CardRecord record)
            throws SQLException {
        boolean suspended = journal.posted(connection, CardBookings.reference("orphan", card, record.counter()));
        journal.post(
                connection,
                suspended
                        ? CardBookings.payable(card, record, point.third(), received.day(), received.source())
                        : CardBookings.sale(card, record, point.third(), received.day(), received.source()),
                received.nowMillis());
    }

    private static void insert(
            Connection connection,
            Received received,
            Sale sale,
            PointOfSale point,
            byte @Nullable [] card,
            @Nullable CardRecord record)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO sale (entry_hash, terminal, epoch, number, sale, branch, day, point_of_sale, card,"
                        + " counter, funded_cents, card_cents) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)"
                        + " ON CONFLICT DO NOTHING",
                received.hash(),
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number(),
                sale.sale(),
                received.branch() == Received.Branch.CHAIN ? "chain" : "fork",
                received.day(),
                point.id(),
                card,
                record == null ? null : record.counter(),
                sale.lines().stream().mapToLong(FundedLine::priceCents).sum(),
                record == null ? 0L : CardBookings.paidCents(record.deltas()));
    }

    /**
     * The terminal's clock was wrong and is set back. Never to before what it was told: an acknowledgement cannot be
     * unheard. Rules that do not hold yet at the time it is now were used too early, and those of before hold again.
     */
    Chain adjusted(Connection connection, long toMillis, Chain chain) throws SQLException {
        if (toMillis < chain.checkpointMillis() - fund.skewMillisMax() || chain.schemeVersion() == 0) {
            return chain;
        }
        Optional<Scheme> newest = rulebook.scheme(connection, new SchemeRef(chain.scheme(), chain.schemeVersion()));
        return newest.filter(scheme -> scheme.holdsFromMillis() > toMillis)
                .map(early -> chain.withoutRules())
                .orElse(chain);
    }

    static String place(Received received) {
        return "t" + received.entry().terminal() + "-e" + received.entry().epoch() + ":"
                + received.entry().number();
    }
}
