package etal.hub.ingest;

import etal.hub.books.Sql;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Cards;
import etal.hub.members.Loads;
import etal.hub.members.Loads.Origin;
import etal.hub.members.LoadsOfCard;
import etal.hub.members.Member;
import etal.hub.orders.TakenOrders;
import etal.hub.restore.MonthTokens;
import etal.hub.wanted.WantedBook;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.CardProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.Optional;

/**
 * What cards have signed, whichever way it comes and in whatever order: each record once by card and counter. A load is
 * posted when it is first seen; a debit waits for the sale it backs. Used from the loop only, within a transaction.
 */
final class CardRecords {
    private final Loads loads;
    private final MonthTokens tokens;
    private final TakenOrders orders;
    private boolean stored;

    CardRecords(Loads loads, MonthTokens tokens, TakenOrders orders) {
        this.loads = loads;
        this.tokens = tokens;
        this.orders = orders;
    }

    /** What became of a record. */
    sealed interface Outcome {
        /** It stands in the store, now or since before. */
        record Stands(Member member, CardRecord record) implements Outcome {}

        /** It does not, and why. */
        record Refused(Reason reason, String detail) implements Outcome {}
    }

    /** Whether a record has come since this was asked last: what waited for it may be taken again. */
    boolean stored() {
        boolean before = stored;
        stored = false;
        return before;
    }

    /** Checks a record and stores it unless it is known. {@code source} says by which way it came. */
    Outcome take(Connection connection, CardProof proof, String source, Received received) throws SQLException {
        CardCertificate certificate;
        CardRecord record;
        try {
            certificate = CardCertificate.decode(proof.certificate());
            record = CardRecord.decode(proof.record());
        } catch (Malformed e) {
            return new Outcome.Refused(Reason.MALFORMED, String.valueOf(e.getMessage()));
        }
        Optional<Member> member = Cards.find(connection, certificate.cardId());
        if (member.isEmpty() || !Arrays.equals(member.get().certificate(), proof.certificate())) {
            return new Outcome.Refused(Reason.UNKNOWN_CARD, Hash.hex(certificate.cardId()));
        }
        Outcome.Stands stands = new Outcome.Stands(member.get(), record);
        Optional<byte[]> known = bytes(connection, certificate.cardId(), record.counter());
        if (known.isPresent() && Arrays.equals(known.get(), proof.record())) {
            return stands;
        }
        if (!record.verify(certificate.publicKey33(), proof.signature())) {
            return new Outcome.Refused(Reason.BAD_CARD_SIGNATURE, name(member.get(), record));
        }
        if (known.isPresent()) {
            return new Outcome.Refused(Reason.CARD_FORKED, name(member.get(), record));
        }
        Optional<Outcome.Refused> refused = check(connection, member.get(), record);
        if (refused.isPresent()) {
            return refused.get();
        }
        store(connection, member.get(), record, proof, source);
        stored = true;
        post(connection, member.get(), record, received);
        return stands;
    }

    /**
     * A load's money moves when it comes, unless vouchers leave open what it was a load of; which months it left out shows
     * once the record before it is there too. So each record may settle a load that is in store already.
     */
    private void post(Connection connection, Member member, CardRecord record, Received received) throws SQLException {
        Origin origin = new Origin(received.day(), received.source(), received.nowMillis());
        if (isOrder(record)) {
            orders.take(connection, member.card(), record, origin);
        }
        if (record.tag() == CardRecord.Tag.LOAD && tokens.takeBack(connection, member.card(), record)) {
            loads.forgotten(connection, record.period(), tokens.beginMillis(record.period()), origin);
        }
        CardEntitlements entitlements = CardEntitlements.of(connection, member);
        LoadsOfCard known = new LoadsOfCard(connection, member.card(), entitlements, record);
        for (CardRecord load : known.touched()) {
            Optional<Entitlement> by = Loads.settled(known.giving(load), load);
            if (by.isPresent()) {
                loads.post(connection, member, entitlements, by.get(), load, origin);
                Optional<CardRecord> before = known.before(load);
                if (before.isPresent()) {
                    int first = Loads.firstMonth(by.get(), load);
                    loads.lapse(connection, member, entitlements, before.get().period(), first, origin);
                }
            }
        }
        if (record.tag() == CardRecord.Tag.BLOCKED) {
            loads.lapseAll(connection, member, entitlements, record.period(), origin);
        }
    }

    private Optional<Outcome.Refused> check(Connection connection, Member member, CardRecord record)
            throws SQLException {
        CardEntitlements entitlements = CardEntitlements.of(connection, member).with(record);
        LoadsOfCard known = new LoadsOfCard(connection, member.card(), entitlements, record);
        Deltas deltas = record.deltas();
        boolean sound = switch (record.tag()) {
            case FIRST -> record.counter() == 0 && deltas.equals(Deltas.NONE) && Balances.NONE.equals(record.after());
            case LOAD -> tokens.isOurs(connection, record) && known.allDue();
            case DEBIT ->
                record.counter() > 0
                        && deltas.allocation() <= 0
                        && deltas.earnable() <= 0
                        && deltas.bonus() <= -deltas.earnable()
                        && record.before().fitsCard()
                        && Cancellations.pairs(connection, member.card(), record);
            case CANCEL -> Cancellations.sound(connection, member.card(), record);
            case ADDED, SET, BLOCKED -> orders.isOurs(connection, member.card(), record);
        };
        if (!sound) {
            Reason reason = switch (record.tag()) {
                case LOAD -> Reason.WRONG_LOAD;
                case ADDED, SET, BLOCKED -> Reason.UNKNOWN_ORDER;
                case FIRST, DEBIT, CANCEL -> Reason.NOT_CONTINUOUS;
            };
            String why = reason == Reason.UNKNOWN_ORDER ? orders.waitsFor(connection, member, record) : "";
            return Optional.of(new Outcome.Refused(reason, name(member, record) + why));
        }
        return continues(connection, member, record) && known.allDue()
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(Reason.NOT_CONTINUOUS, name(member, record)));
    }

    /** Records come in any order: continuity is checked as soon as a neighbour is known, on either side. */
    private static boolean continues(Connection connection, Member member, CardRecord record) throws SQLException {
        Optional<CardRecord> before = record.counter() == 1
                ? Optional.of(CardRecord.first(0))
                : LoadsOfCard.find(connection, member.card(), record.counter() - 1);
        Optional<CardRecord> next = LoadsOfCard.find(connection, member.card(), record.counter() + 1);
        return (before.isEmpty() || follows(before.get(), record))
                && (next.isEmpty() || follows(record, next.get()))
                && !beyondTheLast(connection, member.card(), record);
    }

    private static boolean follows(CardRecord earlier, CardRecord later) {
        return earlier.after().equals(later.before())
                && (later.tag() == CardRecord.Tag.LOAD || earlier.period() <= later.period());
    }

    /** A blocked card signs nothing more. */
    private static boolean beyondTheLast(Connection connection, byte[] card, CardRecord record) throws SQLException {
        return Sql.number(
                        connection,
                        "SELECT COUNT(*) FROM card_record WHERE card = ? AND"
                                + (record.tag() == CardRecord.Tag.BLOCKED
                                        ? " counter > ?"
                                        : " tag = 'BLOCKED' AND counter < ?"),
                        card,
                        record.counter())
                > 0;
    }

    private static boolean isOrder(CardRecord record) {
        return switch (record.tag()) {
            case ADDED, SET, BLOCKED -> true;
            case FIRST, LOAD, DEBIT, CANCEL -> false;
        };
    }

    private static void store(Connection connection, Member member, CardRecord record, CardProof proof, String source)
            throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO card_record (card, counter, tag, source, bytes, signature) VALUES (?, ?, ?, ?, ?, ?)",
                member.card(),
                record.counter(),
                record.tag().name(),
                source,
                proof.record(),
                proof.signature());
        WantedBook.came(connection, member.card(), record.counter());
    }

    private static Optional<byte[]> bytes(Connection connection, byte[] card, long counter) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                row -> row.getBytes(1),
                card,
                counter);
    }

    private static String name(Member member, CardRecord record) {
        return Hash.hex(member.card()) + " " + record.counter();
    }
}
