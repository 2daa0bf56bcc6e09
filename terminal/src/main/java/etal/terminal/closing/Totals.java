package etal.terminal.closing;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.split.BasketLine;
import etal.terminal.basket.Details;
import etal.terminal.basket.Tender;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the seller keeps of a closing: totals by VAT rate, card and cash, and the perpetual grand total, of what was sold
 * and beside it of what was cancelled.
 *
 * <p>CBOR: {@code {1: [[VAT per mille, cents]...], 2: card, 3: the rest, 4: perpetual grand total}}, and once something was
 * cancelled {@code 5: [[[VAT per mille, cents]...], card, rest, perpetual total of what was cancelled]}; where not all of the
 * rest was cash {@code 6: [[means, cents]...]}, and of what was cancelled {@code 7}.
 */
public record Totals(Side sold, Side cancelled) {
    /**
     * One side of it.
     *
     * @param byVatPermille prices with VAT by rate, ascending
     * @param cashCents what cards did not pay
     * @param byMeans what of it was not cash, by its means, in their order
     * @param perpetualCents all ever: what the seller earns, whoever pays it. Nothing lowers it
     */
    public record Side(
            Map<Integer, Long> byVatPermille,
            long cardCents,
            long cashCents,
            Map<Tender.Means, Long> byMeans,
            long perpetualCents) {
        /** In the order of the rates. */
        public Side {
            byVatPermille = java.util.Collections.unmodifiableMap(new TreeMap<>(byVatPermille));
            byMeans = java.util.Collections.unmodifiableMap(new TreeMap<>(byMeans));
        }

        private static Side after(long perpetualCents) {
            return new Side(Map.of(), 0, 0, Map.of(), perpetualCents);
        }

        /** What was paid in cash alone. */
        public long coinsCents() {
            return cashCents
                    - byMeans.values().stream().mapToLong(Long::longValue).sum();
        }

        private Side plus(Details details) {
            Map<Integer, Long> rates = new TreeMap<>(byVatPermille);
            for (BasketLine line : details.basket().lines()) {
                rates.merge(line.vatPermille(), details.basket().turnoverCents(line), Math::addExact);
            }
            Map<Tender.Means, Long> means = new TreeMap<>(byMeans);
            details.paying()
                    .tenders()
                    .forEach(tender -> means.merge(tender.means(), tender.amountCents(), Math::addExact));
            return new Side(
                    rates,
                    Math.addExact(cardCents, details.cardCents()),
                    Math.addExact(cashCents, details.cashCents()),
                    means,
                    Math.addExact(perpetualCents, details.basket().turnoverCents()));
        }

        private CBORObject rates() {
            CBORObject rates = CBORObject.NewArray();
            byVatPermille.forEach(
                    (rate, cents) -> rates.Add(CBORObject.NewArray().Add(rate).Add(cents)));
            return rates;
        }

        private CBORObject means() {
            CBORObject array = CBORObject.NewArray();
            byMeans.forEach((means, cents) ->
                    array.Add(CBORObject.NewArray().Add(means.code()).Add(cents)));
            return array;
        }

        private static Map<Tender.Means, Long> means(CBORObject map, int key) throws Malformed {
            Map<Tender.Means, Long> means = new TreeMap<>();
            if (Cbor.has(map, key)) {
                for (CBORObject value : Cbor.array(map, key).getValues()) {
                    CBORObject pair = Cbor.asArray(value, 2, "a means");
                    long code = Cbor.asInt(pair.get(0), 1, Tender.Means.values().length, "means");
                    means.put(Tender.Means.of(code), Cbor.asUint(pair.get(1), "cents"));
                }
            }
            return means;
        }

        private static Map<Integer, Long> rates(CBORObject array) throws Malformed {
            Map<Integer, Long> rates = new TreeMap<>();
            for (CBORObject value : array.getValues()) {
                CBORObject pair = Cbor.asArray(value, 2, "a rate");
                rates.put((int) Cbor.asInt(pair.get(0), 0, 1000, "VAT"), Cbor.asUint(pair.get(1), "cents"));
            }
            return rates;
        }
    }

    /** Before the first sale. */
    static Totals none() {
        return new Totals(Side.after(0), Side.after(0));
    }

    /** Where the next closing begins: nothing yet, and so much before. */
    Totals next() {
        return new Totals(Side.after(sold.perpetualCents()), Side.after(cancelled.perpetualCents()));
    }

    Totals plus(Details sale) {
        return new Totals(sold.plus(sale), cancelled);
    }

    Totals cancelled(Details back) {
        return new Totals(sold, cancelled.plus(back));
    }

    byte[] encode() {
        CBORObject map = CBORObject.NewMap()
                .Add(1, sold.rates())
                .Add(2, sold.cardCents())
                .Add(3, sold.cashCents())
                .Add(4, sold.perpetualCents());
        if (cancelled.perpetualCents() != 0 || !cancelled.byVatPermille().isEmpty()) {
            map.Add(
                    5,
                    CBORObject.NewArray()
                            .Add(cancelled.rates())
                            .Add(cancelled.cardCents())
                            .Add(cancelled.cashCents())
                            .Add(cancelled.perpetualCents()));
        }
        // Left out as ever where all was cash: the hashes of past closings are signed.
        if (!sold.byMeans().isEmpty()) {
            map.Add(6, sold.means());
        }
        return Cbor.encode(cancelled.byMeans().isEmpty() ? map : map.Add(7, cancelled.means()));
    }

    /** Reads what was kept of a closing. */
    public static Totals decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6, 7);
        Side sold = new Side(
                Side.rates(Cbor.array(map, 1)),
                Cbor.uint(map, 2),
                Cbor.uint(map, 3),
                Side.means(map, 6),
                Cbor.uint(map, 4));
        if (!Cbor.has(map, 5)) {
            return new Totals(sold, Side.after(0));
        }
        CBORObject back = Cbor.asArray(Cbor.value(map, 5), 4, "what was cancelled");
        Side cancelled = new Side(
                Side.rates(back.get(0)),
                Cbor.asUint(back.get(1), "card"),
                Cbor.asUint(back.get(2), "cash"),
                Side.means(map, 7),
                Cbor.asUint(back.get(3), "perpetual"));
        return new Totals(sold, cancelled);
    }
}
