package etal.terminal.closing;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.split.BasketLine;
import etal.terminal.basket.Details;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the seller keeps of a closing: totals by VAT rate, card and cash, and the perpetual grand total, of what was sold
 * and beside it of what was cancelled.
 *
 * <p>CBOR: {@code {1: [[VAT per mille, cents]...], 2: card, 3: cash, 4: perpetual grand total}}, and once something was
 * cancelled {@code 5: [[[VAT per mille, cents]...], card, cash, perpetual total of what was cancelled]}.
 */
public record Totals(Side sold, Side cancelled) {
    /**
     * One side of it.
     *
     * @param byVatPermille prices with VAT by rate, ascending
     * @param perpetualCents all ever: what the seller earns, whoever pays it. Nothing lowers it
     */
    public record Side(Map<Integer, Long> byVatPermille, long cardCents, long cashCents, long perpetualCents) {
        /** In the order of the rates. */
        public Side {
            byVatPermille = java.util.Collections.unmodifiableMap(new TreeMap<>(byVatPermille));
        }

        private static Side after(long perpetualCents) {
            return new Side(Map.of(), 0, 0, perpetualCents);
        }

        private Side plus(Details details) {
            Map<Integer, Long> rates = new TreeMap<>(byVatPermille);
            for (BasketLine line : details.basket().lines()) {
                rates.merge(line.vatPermille(), details.basket().turnoverCents(line), Math::addExact);
            }
            return new Side(
                    rates,
                    Math.addExact(cardCents, details.cardCents()),
                    Math.addExact(cashCents, details.cashCents()),
                    Math.addExact(perpetualCents, details.basket().turnoverCents()));
        }

        private CBORObject rates() {
            CBORObject rates = CBORObject.NewArray();
            byVatPermille.forEach(
                    (rate, cents) -> rates.Add(CBORObject.NewArray().Add(rate).Add(cents)));
            return rates;
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
        boolean nothing =
                cancelled.perpetualCents() == 0 && cancelled.byVatPermille().isEmpty();
        return Cbor.encode(
                nothing
                        ? map
                        : map.Add(
                                5,
                                CBORObject.NewArray()
                                        .Add(cancelled.rates())
                                        .Add(cancelled.cardCents())
                                        .Add(cancelled.cashCents())
                                        .Add(cancelled.perpetualCents())));
    }

    static Totals decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5);
        Side sold = new Side(Side.rates(Cbor.array(map, 1)), Cbor.uint(map, 2), Cbor.uint(map, 3), Cbor.uint(map, 4));
        if (!Cbor.has(map, 5)) {
            return new Totals(sold, Side.after(0));
        }
        CBORObject back = Cbor.asArray(Cbor.value(map, 5), 4, "what was cancelled");
        Side cancelled = new Side(
                Side.rates(back.get(0)),
                Cbor.asUint(back.get(1), "card"),
                Cbor.asUint(back.get(2), "cash"),
                Cbor.asUint(back.get(3), "perpetual"));
        return new Totals(sold, cancelled);
    }
}
