package etal.hub.ingest;

import etal.hub.books.Sql;
import etal.hub.members.Cards;
import etal.hub.members.Loads;
import etal.hub.members.Loads.Origin;
import etal.hub.members.Member;
import etal.hub.members.Rulebook;
import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.CardProof;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;

/**
 * What cards have signed, whichever way it comes and in whatever order: each record once by card and counter. A load is
 * posted when it is first seen; a debit waits for the sale it backs. Used from the loop only, within a transaction.
 */
final class CardRecords {
    private final Loads loads;
    private final Rulebook rulebook;

    CardRecords(Loads loads, Rulebook rulebook) {
        this.loads = loads;
        this.rulebook = rulebook;
    }

    /** What became of a record. */
    sealed interface Outcome {
        /** It stands in the store, now or since before. */
        record Stands(Member member, CardRecord record) implements Outcome {}

        /** It does not, and why. */
        record Refused(Reason reason, String detail) implements Outcome {}
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
        post(connection, member.get(), record, received);
        return stands;
    }

    /** A load's money moves when it comes; which months it left out shows once the record before it is there too. */
    private void post(Connection connection, Member member, CardRecord record, Received received) throws SQLException {
        Origin origin = new Origin(received.day(), received.source(), received.nowMillis());
        if (isLoad(record)) {
            loads.post(connection, member, record, origin);
            Optional<CardRecord> before = before(connection, member, record);
            if (before.isPresent()) {
                loads.lapse(connection, member, before.get().period(), record, origin);
            }
        }
        Optional<CardRecord> next =
                find(connection, member.card(), record.counter() + 1).filter(CardRecords::isLoad);
        if (next.isPresent()) {
            loads.lapse(connection, member, record.period(), next.get(), origin);
        }
    }

    private Optional<Outcome.Refused> check(Connection connection, Member member, CardRecord record)
            throws SQLException {
        Deltas deltas = record.deltas();
        boolean sound = switch (record.tag()) {
            case FIRST -> record.counter() == 0 && deltas.equals(Deltas.NONE) && Balances.NONE.equals(record.after());
            case LOAD -> loadIsDue(connection, member, record);
            case DEBIT ->
                record.counter() > 0
                        && deltas.allocation() <= 0
                        && deltas.earnable() <= 0
                        && deltas.bonus() <= -deltas.earnable()
                        && record.before().fitsCard();
            case CANCEL, ADDED, SET, BLOCKED -> false;
        };
        if (!sound) {
            Reason reason = record.tag() == CardRecord.Tag.LOAD ? Reason.WRONG_LOAD : Reason.NOT_CONTINUOUS;
            return Optional.of(new Outcome.Refused(reason, name(member, record)));
        }
        return continues(connection, member, record)
                ? Optional.empty()
                : Optional.of(new Outcome.Refused(Reason.NOT_CONTINUOUS, name(member, record)));
    }

    private boolean loadIsDue(Connection connection, Member member, CardRecord record) throws SQLException {
        Optional<byte[]> token = rulebook.tokenHash(connection, record.period());
        if (token.isEmpty() || !Arrays.equals(token.get(), record.intentHash())) {
            return false;
        }
        Optional<CardRecord> before = before(connection, member, record);
        int cardPeriod = before.map(CardRecord::period).orElse(0);
        for (CardRecord other : loads(connection, member)) {
            boolean earlier = other.counter() < record.counter();
            cardPeriod = earlier ? Math.max(cardPeriod, other.period()) : cardPeriod;
            // The card's month before a later load was this one, or one still later.
            if (!earlier && !Loads.due(member, other, record.period(), false)) {
                return false;
            }
        }
        return Loads.due(member, record, cardPeriod, before.isPresent());
    }

    private static List<CardRecord> loads(Connection connection, Member member) throws SQLException {
        return Sql.list(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND tag = 'LOAD' ORDER BY counter",
                row -> stored(row.getBytes(1)),
                member.card());
    }

    /** Records come in any order: continuity is checked as soon as a neighbour is known, on either side. */
    private static boolean continues(Connection connection, Member member, CardRecord record) throws SQLException {
        Optional<CardRecord> before = before(connection, member, record);
        Optional<CardRecord> next = find(connection, member.card(), record.counter() + 1);
        return (before.isEmpty() || follows(member, before.get(), record))
                && (next.isEmpty() || follows(member, record, next.get()));
    }

    private static boolean follows(Member member, CardRecord earlier, CardRecord later) {
        return earlier.after().equals(later.before())
                && (isLoad(later)
                        ? Loads.due(member, later, earlier.period(), true)
                        : earlier.period() <= later.period());
    }

    private static boolean isLoad(CardRecord record) {
        return record.tag() == CardRecord.Tag.LOAD;
    }

    /** The record before, if it is known. A card begins empty, and its first record need not have come. */
    private static Optional<CardRecord> before(Connection connection, Member member, CardRecord record)
            throws SQLException {
        return record.counter() == 1
                ? Optional.of(CardRecord.first(0))
                : find(connection, member.card(), record.counter() - 1);
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
    }

    private static Optional<CardRecord> find(Connection connection, byte[] card, long counter) throws SQLException {
        return bytes(connection, card, counter).map(CardRecords::stored);
    }

    private static Optional<byte[]> bytes(Connection connection, byte[] card, long counter) throws SQLException {
        return Sql.first(
                connection,
                "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                row -> row.getBytes(1),
                card,
                counter);
    }

    private static CardRecord stored(byte[] bytes) {
        try {
            return CardRecord.decode(bytes);
        } catch (Malformed e) {
            throw new IllegalStateException("a stored card record is damaged: check the store", e);
        }
    }

    private static String name(Member member, CardRecord record) {
        return Hash.hex(member.card()) + " " + record.counter();
    }
}
