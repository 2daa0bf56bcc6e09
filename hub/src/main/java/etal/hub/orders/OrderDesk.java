package etal.hub.orders;

import etal.hub.books.Journal;
import etal.hub.books.OrderBookings;
import etal.hub.books.Sql;
import etal.hub.members.Cards;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.Member;
import etal.hub.orders.OrderBook.Cause;
import etal.hub.restore.Gates;
import etal.hub.restore.Restored;
import etal.protocol.card.Balances;
import etal.protocol.card.Deltas;
import etal.protocol.card.order.CardOrder;
import etal.protocol.cose.Hash;
import etal.protocol.scheme.CardRules;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/** All by which orders to cards come about, but refunds. Used from the loop only, within a transaction. */
public final class OrderDesk {
    /** More than a card remembers could not be taken in any order. */
    private static final int UNTAKEN_MAX = 60;

    private final int period;
    private final OrderBook book;
    private final Journal journal;
    private final ZoneId zone;
    private final CardRules rules;
    private final MemberOrders members;
    private final Refunds refunds;
    private final Replacements replacements;
    private final Gates gates;
    private List<Member> listed = List.of();
    private boolean raisesWait;

    /** The orders of that fund under those rules; days are of that zone. */
    public OrderDesk(Fund fund, HubKeys keys, Journal journal, ZoneId zone, CardRules rules) {
        period = fund.period();
        book = new OrderBook(fund.id(), keys);
        this.journal = journal;
        this.zone = zone;
        this.rules = rules;
        members = new MemberOrders(book, journal, zone);
        refunds = new Refunds(book);
        replacements = new Replacements(book, journal, period);
        gates = new Gates(fund, rules.offlineDaysMost());
    }

    /** What keeps a restored hub from issuing. */
    public Gates gates() {
        return gates;
    }

    /** Where they stand. */
    public OrderBook book() {
        return book;
    }

    /** What speaks against the list of members. */
    public List<String> complaints(Connection connection, List<Member> listed, long nowMillis) throws SQLException {
        return members.complaints(connection, listed, nowMillis);
    }

    /**
     * Issues what the members, as they are entered now, and the books ask for; done again it changes nothing. A restored hub
     * waits with it until its gates are open: it may have issued the same already.
     */
    public void enter(Connection connection, List<Member> listed, long nowMillis) throws SQLException {
        listed(listed);
        if (Gates.closed(connection)) {
            return;
        }
        raisesWait = members.issue(connection, listed, period, nowMillis);
        members.block(connection, nowMillis);
        refunds.issueMissing(connection, nowMillis);
    }

    /** What the list of members names, also of versions that were forgotten; issues nothing yet. */
    public void listed(List<Member> members) {
        listed = List.copyOf(members);
        book.listed(members);
    }

    /** Issues what a restored hub has waited with; its gates are open now. */
    public void opened(Connection connection, long nowMillis) throws SQLException {
        enter(connection, listed, nowMillis);
        settle(connection, nowMillis);
    }

    /** Issues what has waited for cards' records: raises of entitlements, and what blocked cards held. */
    public void settle(Connection connection, long nowMillis) throws SQLException {
        if (Gates.closed(connection)) {
            return;
        }
        // The list is long, and on most days nothing of it waits.
        raisesWait = raisesWait && members.issue(connection, listed, period, nowMillis);
        if (Restored.ever(connection)) {
            refunds.issueMissing(connection, nowMillis);
        }
        replacements.settle(connection, day(nowMillis), nowMillis);
    }

    /** Issues the voucher of a correction. One person's word is enough yet; it is bounded by what a card may hold. */
    public Correction.Outcome correct(Connection connection, Correction correction, long nowMillis)
            throws SQLException {
        String card = Hash.hex(correction.card());
        Cause cause = new Cause("correction/" + card + "/" + correction.note(), correction.note(), correction.by());
        Optional<IssuedOrder> known = book.find(connection, cause.why());
        if (known.isPresent() && known.get().order() instanceof CardOrder.Add add) {
            return add.deltas().equals(correction.deltas())
                    ? new Correction.Outcome.Issued(add.number())
                    : new Correction.Outcome.Refused("that note stands for another correction of the card");
        }
        Optional<String> refused = refused(connection, correction);
        if (refused.isPresent()) {
            return new Correction.Outcome.Refused(refused.get());
        }
        CardOrder.Add add = book.add(
                connection, correction.card(), CardOrder.Reason.CORRECTION, correction.deltas(), cause, nowMillis);
        journal.post(connection, OrderBookings.correctionIssued(card, add, day(nowMillis)), nowMillis);
        return new Correction.Outcome.Issued(add.number());
    }

    /** What waits for cards, oldest first. */
    public List<OpenOrder> open(Connection connection, long nowMillis) throws SQLException {
        return new OpenOrders(connection, zone, rules.offlineDaysMost()).all(nowMillis);
    }

    private Optional<String> refused(Connection connection, Correction correction) throws SQLException {
        if (Gates.closed(connection)) {
            return Optional.of("the hub was restored from a backup and has not read everything back");
        }
        Optional<Member> member = Cards.find(connection, correction.card());
        if (member.isEmpty() || member.get().denied()) {
            return Optional.of(member.isEmpty() ? "the fund has no such card" : "the card is denied");
        }
        Deltas deltas = correction.deltas();
        long mostCents = Math.min(rules.loadCapCents(), Balances.PURSE_MAX);
        if (deltas.equals(Deltas.NONE) || beyond(deltas.allocation(), mostCents) || beyond(deltas.bonus(), mostCents)) {
            return Optional.of("a correction is of 1 to " + mostCents + " a purse, up or down");
        }
        long untaken = Sql.number(
                connection,
                "SELECT COUNT(*) FROM card_order WHERE card = ? AND kind = 'ADD' AND taken IS NULL",
                correction.card());
        return untaken < UNTAKEN_MAX
                ? Optional.empty()
                : Optional.of(UNTAKEN_MAX + " vouchers wait for the card already");
    }

    private static boolean beyond(long cents, long mostCents) {
        return cents > mostCents || cents < -mostCents;
    }

    private String day(long nowMillis) {
        return Instant.ofEpochMilli(nowMillis).atZone(zone).toLocalDate().toString();
    }
}
