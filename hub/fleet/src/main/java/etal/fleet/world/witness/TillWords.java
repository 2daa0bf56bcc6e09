package etal.fleet.world.witness;

import etal.edge.sqlite.SqliteDatabase;
import etal.fleet.auditor.cards.TillSeen;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.ledger.Succession;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.sale.Answer;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What a till says: its ledger, its screen, and what it still asks. Stateless. */
public final class TillWords {
    private TillWords() {}

    /**
     * All of it.
     *
     * @param store the till's
     * @param entries its ledger
     * @param screen what it answers about each basket
     */
    public static TillSeen seen(LedgerId ledger, SqliteDatabase store, List<byte[]> entries, Map<String, Answer> screen)
            throws StorageFailed, Malformed {
        Ledger says = Ledger.read(entries);
        var basketOf = new TreeMap<Long, String>();
        Rows.of(
                store,
                "SELECT sale, basket FROM intention ORDER BY id",
                row -> basketOf.put(row.getLong(1), row.getString(2)));
        var shown = new LinkedHashMap<String, TillSeen.Shown>();
        screen.forEach((key, answer) -> shown.put(key, shown(answer)));
        return new TillSeen(
                ledger.terminal(),
                ledger.epoch(),
                says.sold(),
                says.cancelled(),
                says.refunded(),
                basketOf,
                says.applied(),
                says.trained(),
                undecided(store),
                shown,
                null);
    }

    /** What moves value in a ledger, the rules it names, and what was practised. */
    private record Ledger(
            List<TillSeen.Sold> sold,
            List<TillSeen.Sold> cancelled,
            List<String> refunded,
            List<TillSeen.Applied> applied,
            TillSeen.Trained trained) {
        static Ledger read(List<byte[]> entries) throws Malformed {
            var sold = new ArrayList<TillSeen.Sold>();
            var cancelled = new ArrayList<TillSeen.Sold>();
            var refunded = new ArrayList<String>();
            var applied = new ArrayList<TillSeen.Applied>();
            var trained = new Training();
            for (byte[] bytes : entries) {
                Entry entry = SignedEntry.decode(bytes).entry();
                trained.hear(entry);
                switch (entry.body()) {
                    case Body.Sale sale ->
                        sold.add(new TillSeen.Sold(
                                sale.sale(), record(sale.card()), sale.scheme().version()));
                    case Body.Cancellation back ->
                        cancelled.add(new TillSeen.Sold(back.sale(), record(back.card()), 0));
                    case Body.RulesApplied rules ->
                        applied.add(new TillSeen.Applied(
                                rules.version(), Hash.hex(rules.catalogueHash()), entry.timeMillis()));
                    case Body.ClockAdjusted clock
                    when clock.toMillis() < clock.fromMillis() ->
                        applied.add(new TillSeen.Applied(0, "", clock.toMillis()));
                    case Body.RefundRequest refund ->
                        refunded.add(Hash.hex(refund.card().record()));
                    default -> {
                        // The others move no value: they are the way, and not what came of it.
                    }
                }
            }
            return new Ledger(sold, cancelled, refunded, applied, trained.heard());
        }
    }

    /**
     * Of a machine that sells no more.
     *
     * @param heard up to where the hub has its ledger, if it has anything of it
     * @param kept how many entries its second medium holds
     */
    public static TillSeen gone(LedgerId ledger, SqliteDatabase store, Optional<Succession> heard, long kept)
            throws StorageFailed, Malformed {
        var entries = new ArrayList<byte[]>();
        Rows.of(store, "SELECT bytes FROM entry ORDER BY number", row -> entries.add(row.getBytes(1)));
        int many = (int) Math.min(entries.size(), heard.map(Succession::number).orElse(0L));
        boolean same = heard.isEmpty()
                || heard.get().number() == many
                        && Arrays.equals(heard.get().headHash(), Hash.sha256(entries.get(many - 1)));
        TillSeen left = seen(ledger, store, entries.subList(0, many), Map.of());
        List<String> lost = seen(ledger, store, entries.subList(many, entries.size()), Map.of()).sold().stream()
                .map(TillSeen.Sold::record)
                .filter(Objects::nonNull)
                .toList();
        return new TillSeen(
                left.stall(),
                left.epoch(),
                left.sold(),
                left.cancelled(),
                left.refunded(),
                left.basketOf(),
                left.applied(),
                left.trained(),
                Set.of(),
                Map.of(),
                new TillSeen.Gone(many, same, kept, lost));
    }

    private static @Nullable String record(@Nullable CardProof proof) {
        return proof == null ? null : Hash.hex(proof.record());
    }

    private static TillSeen.Shown shown(Answer answer) {
        return answer instanceof Answer.Basket(TillBasket basket)
                ? new TillSeen.Shown(
                        basket.state() == BasketState.PAID, basket.sale(), basket.cardCents(), basket.cashCents())
                : new TillSeen.Shown(false, 0, 0, 0);
    }

    /** The sales of which a till still asks whether the card has paid. */
    public static Set<Long> undecided(SqliteDatabase store) throws StorageFailed {
        var undecided = new TreeSet<Long>();
        Rows.of(
                store,
                "SELECT sale FROM intention WHERE state <> 'CLOSED' ORDER BY id",
                row -> undecided.add(row.getLong(1)));
        return undecided;
    }

    /** The cards, hexadecimal, of which a till still asks whether they have paid, with the newest record that would tell. */
    public static Map<String, Long> asked(SqliteDatabase store) throws StorageFailed {
        var asked = new TreeMap<String, Long>();
        Rows.of(
                store,
                "SELECT lower(hex(card)), MAX(counter) + 1 FROM intention WHERE state <> 'CLOSED' GROUP BY card",
                row -> asked.put(row.getString(1), row.getLong(2)));
        return asked;
    }
}
