package etal.hub.reconcile;

import etal.hub.books.Sql;
import etal.hub.ingest.Reason;
import etal.hub.ingest.SaleCheck;
import etal.hub.members.Cards;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.hub.members.Timeline;
import etal.hub.prices.DayEnvelopes;
import etal.hub.prices.PooledPrices;
import etal.hub.reconcile.cards.CardsSeen;
import etal.hub.reconcile.cards.Purses;
import etal.hub.reconcile.rules.Replay;
import etal.hub.reconcile.undone.CancelledSales;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.PriceChosen;
import etal.protocol.ledger.SchemeRef;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.split.PooledClaim;
import etal.protocol.sync.Document;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Instant;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.TreeSet;

/**
 * What the stored bytes say, decoded again without a look at what the books made of them: the second way of computing
 * everything. What cannot be decoded is named among the faults.
 */
final class Sources {
    /** A record's card and counter. */
    record Key(String card, long counter) implements Comparable<Key> {
        @Override
        public int compareTo(Key other) {
            int byCard = card.compareTo(other.card);
            return byCard != 0 ? byCard : Long.compare(counter, other.counter);
        }

        @Override
        public String toString() {
            return "card " + card + " record " + counter;
        }
    }

    /**
     * A sale as its entry has it.
     *
     * @param receivedDay the day on which it came
     * @param askedMillis when the card was asked to pay, without one the entry's time
     * @param hash of the entry, in hexadecimal
     * @param point where, if the fund knows the seller there
     * @param key the record that backs it, if a card paid
     * @param listVersion of the product list its ledger had named last; 0 for one the fund has not published, -1 for none
     * @param price the price chosen, if the entry continues its ledger and says one
     * @param withheld whether a check refused it, so that it moves no money
     */
    record SaleSeen(
            LedgerId ledger,
            long number,
            long sale,
            String day,
            String receivedDay,
            long askedMillis,
            String hash,
            boolean chain,
            boolean trusted,
            SchemeRef scheme,
            long listVersion,
            Optional<PointOfSale> point,
            Optional<Key> key,
            long fundedCents,
            long cardCents,
            Optional<PriceChosen> price,
            boolean withheld) {}

    /** What the pooled fund owes for a price chosen, reckoned anew in the order in which the hub took them. */
    record PriceSeen(SaleSeen sale, PooledClaim claim) {}

    /** A closing as its entry has it. */
    record ClosingSeen(LedgerId ledger, long number, Body.Closing closing) {}

    private final Fund fund;
    private final ZoneId zone;
    private final TreeSet<String> withheld = new TreeSet<>();
    private final Replay replay;
    private final Timeline timeline;
    private final List<Member> members;
    private final TreeMap<Key, CardRecord> records = new TreeMap<>();
    private final List<SaleSeen> sales = new ArrayList<>();
    private final TreeMap<LedgerId, List<SaleSeen>> chains = new TreeMap<>();
    /** Those that move money, by the hash of their entry. */
    private final TreeMap<String, SaleSeen> standing = new TreeMap<>();

    private final List<ClosingSeen> closings = new ArrayList<>();
    private final TreeSet<Key> refunds = new TreeSet<>();
    private final CancelledSales cancelled = new CancelledSales();
    private final StallWord stallWord = new StallWord();
    private final TreeMap<LedgerId, Long> listVersions = new TreeMap<>();
    private final TreeSet<LedgerId> successors = new TreeSet<>();
    private final CardsSeen cards;
    private final TreeMap<String, Member> byCard = new TreeMap<>();
    private final List<PriceSeen> prices = new ArrayList<>();
    private final TreeSet<String> stolen = new TreeSet<>();
    private final List<String> faults = new ArrayList<>();

    /** What stands besides entries and cards' records; these are heard next, the records first. */
    Sources(Connection connection, Fund fund, ZoneId zone) throws SQLException {
        this.fund = fund;
        this.zone = zone;
        Sql.list(
                connection,
                "SELECT reason, hash FROM quarantine WHERE resolved_millis IS NULL ORDER BY id",
                row -> Reason.of(row.getString(1)).withholds() && withheld.add(Hash.hex(row.getBytes(2))));
        replay = Replay.of(connection);
        timeline = Timeline.read(connection);
        members = Cards.all(connection);
        cards = CardsSeen.read(connection);
        members.forEach(member -> byCard.put(Hash.hex(member.card()), member));
    }

    /** All that is stored. */
    static Sources read(Connection connection, Fund fund, ZoneId zone) throws SQLException {
        Sources sources = new Sources(connection, fund, zone);
        Sql.list(
                connection,
                "SELECT card, counter, bytes FROM card_record ORDER BY card, counter",
                row -> sources.record(new Key(Hash.hex(row.getBytes(1)), row.getLong(2)), row.getBytes(3)));
        Sql.list(
                connection,
                "SELECT bytes, received_millis FROM entry ORDER BY terminal, epoch, number",
                row -> sources.entry(row.getBytes(1), row.getLong(2), true));
        Sql.list(
                connection,
                "SELECT bytes, received_millis FROM fork ORDER BY terminal, epoch, number, hash",
                row -> sources.entry(row.getBytes(1), row.getLong(2), false));
        sources.heard(connection);
        return sources;
    }

    /** All that is to be heard was heard: what follows from all of it together. */
    void heard(Connection connection) throws SQLException {
        stolen.addAll(Sql.list(
                connection,
                "SELECT hash FROM quarantine WHERE reason = ? ORDER BY id",
                row -> Hash.hex(row.getBytes(1)),
                Reason.STOLEN_TERMINAL.code()));
        prices(PooledPrices.taken(connection));
        faults.addAll(cancelled.faults(
                this::sold, (card, counter) -> Optional.ofNullable(records.get(new Key(card, counter)))));
    }

    /** Which came first is the hub's to say; what is owed for each is not: a price it has not taken comes last. */
    private void prices(List<String> order) {
        TreeMap<String, Integer> place = new TreeMap<>();
        order.forEach(hash -> place.put(hash, place.size()));
        DayEnvelopes envelopes = new DayEnvelopes();
        sales.stream()
                .filter(sale -> sale.price().isPresent()
                        && !sale.withheld()
                        && !stolen.contains(sale.hash())
                        && sale.point().isPresent())
                .sorted(Comparator.comparingInt(sale -> place.getOrDefault(sale.hash(), order.size())))
                .forEach(sale -> replay.scheme(sale.scheme())
                        .ifPresent(scheme -> prices.add(new PriceSeen(
                                sale,
                                envelopes.claim(
                                        sale.point().get().id(),
                                        sale.day(),
                                        sale.price().get(),
                                        scheme)))));
    }

    List<Member> members() {
        return members;
    }

    /** The households by their card's id, in hexadecimal. */
    TreeMap<String, Member> byCard() {
        return byCard;
    }

    /** The cards as their records and the orders to them say. */
    CardsSeen cards() {
        return cards;
    }

    /** The record before that one, if it is here; before the first of a card stands an empty card. */
    Optional<CardRecord> before(Key key) {
        return key.counter() == 1
                ? Optional.of(CardRecord.first(0))
                : Optional.ofNullable(records.get(new Key(key.card(), key.counter() - 1)));
    }

    TreeMap<Key, CardRecord> records() {
        return records;
    }

    List<SaleSeen> sales() {
        return sales;
    }

    /** The sales that continue that ledger, in its order. */
    List<SaleSeen> sales(LedgerId ledger) {
        return chains.getOrDefault(ledger, List.of());
    }

    List<ClosingSeen> closings() {
        return closings;
    }

    TreeSet<Key> refunds() {
        return refunds;
    }

    /** The sales that were cancelled. */
    CancelledSales cancelled() {
        return cancelled;
    }

    /** The sale of that entry, if it moves money. */
    Optional<CancelledSales.Sold> sold(String hash) {
        return Optional.ofNullable(standing.get(hash))
                .flatMap(sale -> sale.point()
                        .map(point -> new CancelledSales.Sold(
                                sale.ledger(),
                                sale.sale(),
                                sale.key().map(key -> new CancelledSales.Record(key.card(), key.counter())),
                                point.id())));
    }

    /** What is owed for the prices chosen. */
    List<PriceSeen> prices() {
        return prices;
    }

    /** What stalls have said of their sales in doubt. */
    StallWord stallWord() {
        return stallWord;
    }

    /** Whether the ledger continues an earlier epoch, whose totals are not all here. */
    boolean succeeds(LedgerId ledger) {
        return successors.contains(ledger);
    }

    /** What the fund has published, and when it held. */
    Timeline timeline() {
        return timeline;
    }

    List<String> faults() {
        return faults;
    }

    boolean record(Key key, byte[] bytes) {
        try {
            CardRecord record = CardRecord.decode(bytes);
            if (record.counter() != key.counter()) {
                faults.add(key + ": the record has counter " + record.counter());
            }
            records.put(key, record);
            cards.add(key.card(), record);
            return true;
        } catch (Malformed e) {
            faults.add(key + ": " + e.getMessage());
            return false;
        }
    }

    boolean entry(byte[] bytes, long receivedMillis, boolean chain) {
        Entry entry;
        try {
            entry = SignedEntry.decode(bytes).entry();
        } catch (Malformed e) {
            faults.add("an entry cannot be read: " + e.getMessage());
            return false;
        }
        String hash = Hash.hex(Hash.sha256(bytes));
        boolean refused = withheld.contains(hash);
        if (chain) {
            stallWord.hear(entry);
        }
        switch (entry.body()) {
            case Body.Sale sale -> sale(entry, sale, hash, day(receivedMillis), chain, refused);
            case Body.Cancellation undone ->
                cancelled.hear(entry, undone, day(entry.timeMillis()), hash, chain, refused);
            case Body.Closing closing
            when chain -> closings.add(new ClosingSeen(entry.ledger(), entry.number(), closing));
            case Body.RefundRequest request
            when chain && !refused -> key(request.card()).ifPresent(refunds::add);
            case Body.RulesApplied rules
            when chain ->
                listVersions.put(entry.ledger(), timeline.versionOf(Document.CATALOGUE, rules.catalogueHash()));
            case Body.Genesis genesis when chain && genesis.succession() != null -> successors.add(entry.ledger());
            default -> {}
        }
        return true;
    }

    private void sale(Entry entry, Body.Sale sale, String hash, String receivedDay, boolean chain, boolean refused) {
        CardProof proof = sale.card();
        Optional<Key> key = proof == null ? Optional.empty() : key(proof);
        SaleSeen seen = new SaleSeen(
                entry.ledger(),
                entry.number(),
                sale.sale(),
                day(entry.timeMillis()),
                receivedDay,
                key.map(records::get)
                        .map(record -> SaleCheck.askedMillis(entry, record))
                        .orElse(entry.timeMillis()),
                hash,
                chain,
                entry.trusted(),
                sale.scheme(),
                listVersions.getOrDefault(entry.ledger(), -1L),
                fund.pointOfSale(entry.terminal(), sale.seller()),
                key,
                sale.lines().stream().mapToLong(FundedLine::priceCents).sum(),
                proof == null ? 0 : paidCents(proof),
                Optional.ofNullable(chain ? sale.price() : null),
                refused);
        add(seen);
        if (proof != null && !refused) {
            CardRecord stored = key.map(records::get).orElse(null);
            if (stored == null || !Arrays.equals(stored.encode(), proof.record())) {
                faults.add(entry.ledger() + " entry " + entry.number() + ": its card record is not the one stored");
            } else {
                Optional<PointOfSale> point = fund.pointOfSale(entry.terminal(), sale.seller());
                replay.complaint(entry, sale, stored, point, places(key.get()))
                        .ifPresent(why -> faults.add(
                                entry.ledger() + " entry " + entry.number() + ": it should not be paid: " + why));
            }
        }
    }

    private void add(SaleSeen sale) {
        sales.add(sale);
        if (sale.chain()) {
            chains.computeIfAbsent(sale.ledger(), none -> new ArrayList<>()).add(sale);
        }
        if (!sale.withheld()) {
            standing.putIfAbsent(sale.hash(), sale);
        }
    }

    private List<Long> places(Key key) {
        Member member = byCard.get(key.card());
        return member == null ? List.of(0L) : cards.terms(member).places(key.counter());
    }

    private String day(long millis) {
        return Instant.ofEpochMilli(millis).atZone(zone).toLocalDate().toString();
    }

    static Optional<Key> key(CardProof proof) {
        try {
            CardCertificate certificate = CardCertificate.decode(proof.certificate());
            return Optional.of(new Key(
                    Hash.hex(certificate.cardId()),
                    CardRecord.decode(proof.record()).counter()));
        } catch (Malformed e) {
            // Ingest has withheld it: an entry that is not is named by its caller.
            return Optional.empty();
        }
    }

    private static long paidCents(CardProof proof) {
        try {
            return Purses.paidCents(CardRecord.decode(proof.record()));
        } catch (Malformed e) {
            return 0;
        }
    }
}
