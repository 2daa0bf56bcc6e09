package etal.hub.trace;

import etal.hub.books.CardBookings;
import etal.hub.books.Chart;
import etal.hub.books.Sql;
import etal.hub.members.CardEntitlements;
import etal.hub.members.Cards;
import etal.hub.members.Fund;
import etal.hub.members.HubKeys;
import etal.hub.members.Loads;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.hub.members.Rulebook;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.money.Apportion;
import etal.protocol.money.Rounding;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Split;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** Finds the way of a sale. Everything is read and verified anew. Used from the loop only, within a transaction. */
public final class Ways {
    private final Fund fund;
    private final HubKeys keys;
    private final Rulebook rulebook;
    private final Chart chart;

    /** Ways through the books of that fund. */
    public Ways(Fund fund, HubKeys keys, Rulebook rulebook, Chart chart) {
        this.fund = fund;
        this.keys = keys;
        this.rulebook = rulebook;
        this.chart = chart;
    }

    /** The way of the sale that is entry {@code number} of that ledger. */
    public Found find(Connection connection, LedgerId ledger, long number) throws SQLException {
        Optional<Stored> stored = Stored.entry(connection, ledger, number);
        if (stored.isEmpty()) {
            return new Found.Nothing();
        }
        try {
            SignedEntry signed = SignedEntry.decode(stored.get().bytes());
            return signed.entry().body() instanceof Body.Sale sale
                    ? new Found.Shown(way(connection, stored.get(), signed, sale))
                    : new Found.Nothing();
        } catch (Malformed e) {
            return new Found.Damaged(ledger, number);
        }
    }

    private Way way(Connection connection, Stored stored, SignedEntry signed, Body.Sale sale)
            throws SQLException, Malformed {
        Entry entry = signed.entry();
        Optional<Scheme> scheme = rulebook.scheme(connection, sale.scheme());
        CardProof proof = sale.card();
        CardPart card = proof == null ? null : CardPart.read(connection, proof);
        Bookings bookings = new Bookings(connection, fund, chart);
        Checks checks = new Checks(connection, fund, keys, rulebook);
        return new Way(
                stored.ledger(),
                stored.number(),
                sale.sale(),
                stall(entry, sale),
                sale.scheme(),
                entry.timeMillis(),
                entry.trusted(),
                stored.receivedMillis(),
                card == null
                        ? Optional.empty()
                        : Optional.of(byCard(connection, card, bookings, entry, sale, signed.hash())),
                lines(sale, scheme, fund.pointOfSale(entry.terminal(), sale.seller()), card),
                signed.hash(),
                entry.previous(),
                CborPieces.of(stored.bytes()),
                checks.all(stored, signed, sale, scheme, card, bookings));
    }

    private String stall(Entry entry, Body.Sale sale) {
        return fund.pointOfSale(entry.terminal(), sale.seller())
                .map(point -> point.name())
                .orElse("");
    }

    private Way.ByCard byCard(
            Connection connection, CardPart card, Bookings bookings, Entry entry, Body.Sale sale, byte[] saleHash)
            throws SQLException, Malformed {
        byte[] id = card.certificate().cardId();
        String third = fund.pointOfSale(entry.terminal(), sale.seller())
                .map(point -> point.third())
                .orElse("");
        List<Way.Event> events =
                new ArrayList<>(bookings.ofRecord(id, card.record().counter()));
        Optional<TakenBack> back = TakenBack.find(connection, id, saleHash);
        if (back.isPresent()) {
            events.addAll(bookings.ofCancellation(id, back.get().record().counter()));
        }
        return new Way.ByCard(
                Bookings.shortCard(Hash.hex(id)),
                card.record(),
                Layouts.record(card.proof().record(), 0, 0),
                load(bookings, card),
                events,
                bookings.paidBy(events, third));
    }

    private static Optional<Way.Load> load(Bookings bookings, CardPart card) throws SQLException {
        if (card.load().isEmpty() || card.member().isEmpty()) {
            return Optional.empty();
        }
        CardPart.Loaded load = card.load().get();
        Member member = card.member().get();
        Entitlement by =
                load.giving().isEmpty() ? member.entitlement() : load.giving().getFirst();
        return Optional.of(new Way.Load(
                load.record(),
                Layouts.record(load.bytes(), 0, 0),
                bookings.ofLoad(member.card(), load.record(), Loads.firstMonth(by, load.record())),
                Loads.loadedCents(by, load.record()),
                Loads.expiredCents(by, load.record())));
    }

    /** The card's cents come down to the lines by what the rules cover of each: every cent has its line. */
    private static List<Way.Line> lines(
            Body.Sale sale, Optional<Scheme> scheme, Optional<PointOfSale> point, @Nullable CardPart card) {
        List<Long> covered = new ArrayList<>();
        for (FundedLine line : sale.lines()) {
            covered.add(
                    scheme.isPresent() && point.isPresent()
                            ? Split.coveredCents(line, scheme.get(), point.get().underRules())
                            : Rounding.percentHalfEven(line.priceCents(), line.coveragePercent()));
        }
        long sum = covered.stream().mapToLong(Long::longValue).sum();
        long paid = card == null ? 0 : CardBookings.paidCents(card.record().deltas());
        List<Long> paidOf = paid < 0 || sum == 0
                ? covered.stream().map(none -> 0L).toList()
                : Apportion.byLargestRemainder(paid, covered);
        List<Way.Line> lines = new ArrayList<>();
        for (int i = 0; i < covered.size(); i++) {
            lines.add(new Way.Line(sale.lines().get(i), covered.get(i), paidOf.get(i)));
        }
        return lines;
    }

    /** An entry as it is stored. */
    record Stored(LedgerId ledger, long number, byte[] bytes, byte[] hash, long receivedMillis) {
        static Optional<Stored> entry(Connection connection, LedgerId ledger, long number) throws SQLException {
            return Sql.first(
                    connection,
                    "SELECT bytes, hash, received_millis FROM entry WHERE terminal = ? AND epoch = ? AND number = ?",
                    row -> new Stored(ledger, number, row.getBytes(1), row.getBytes(2), row.getLong(3)),
                    ledger.terminal(),
                    ledger.epoch(),
                    number);
        }
    }

    /** What a card has signed of a sale, read. */
    record CardPart(
            CardProof proof,
            CardCertificate certificate,
            CardRecord record,
            Optional<Member> member,
            Optional<Loaded> load) {
        /**
         * The last load before it, with the card's signature, and the record before that, if it has come.
         *
         * @param giving the entitlements the card may have had that give this load
         */
        record Loaded(
                byte[] bytes,
                byte[] signature,
                CardRecord record,
                Optional<CardRecord> before,
                List<Entitlement> giving) {}

        static CardPart read(Connection connection, CardProof proof) throws SQLException, Malformed {
            CardCertificate certificate = CardCertificate.decode(proof.certificate());
            CardRecord record = CardRecord.decode(proof.record());
            Optional<byte[][]> load = Sql.first(
                    connection,
                    "SELECT bytes, signature FROM card_record WHERE card = ? AND tag = 'LOAD' AND counter < ?"
                            + " ORDER BY counter DESC LIMIT 1",
                    row -> new byte[][] {row.getBytes(1), row.getBytes(2)},
                    certificate.cardId(),
                    record.counter());
            Optional<Member> member = Cards.find(connection, certificate.cardId());
            return new CardPart(
                    proof,
                    certificate,
                    record,
                    member,
                    load.isEmpty()
                            ? Optional.empty()
                            : Optional.of(loaded(connection, member, certificate.cardId(), load.get())));
        }

        private static Loaded loaded(Connection connection, Optional<Member> member, byte[] card, byte[][] signed)
                throws SQLException, Malformed {
            CardRecord load = CardRecord.decode(signed[0]);
            Optional<CardRecord> before = before(connection, card, load);
            int cardPeriod = before.map(CardRecord::period).orElse(0);
            List<Entitlement> possible = member.isEmpty()
                    ? List.of()
                    : CardEntitlements.of(connection, member.get()).possible(load.counter(), load.counter());
            List<Entitlement> giving = Loads.giving(possible, load, cardPeriod, before.isPresent());
            return new Loaded(signed[0], signed[1], load, before, giving);
        }

        private static Optional<CardRecord> before(Connection connection, byte[] card, CardRecord load)
                throws SQLException, Malformed {
            if (load.counter() == 1) {
                return Optional.of(CardRecord.first(0));
            }
            Optional<byte[]> before = Sql.first(
                    connection,
                    "SELECT bytes FROM card_record WHERE card = ? AND counter = ?",
                    row -> row.getBytes(1),
                    card,
                    load.counter() - 1);
            return before.isEmpty() ? Optional.empty() : Optional.of(CardRecord.decode(before.get()));
        }
    }
}
