package etal.terminal.closing;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.split.BasketLine;
import etal.terminal.basket.Details;
import java.util.Map;
import java.util.TreeMap;

/**
 * What the seller keeps of a closing: totals by VAT rate, card and cash, and the perpetual grand total.
 *
 * <p>CBOR: {@code {1: [[VAT per mille, cents]...], 2: card, 3: cash, 4: perpetual grand total}}.
 *
 * @param byVatPermille prices with VAT by rate, ascending
 * @param perpetualCents all sales ever: what the seller earns, whoever pays it
 */
public record Totals(Map<Integer, Long> byVatPermille, long cardCents, long cashCents, long perpetualCents) {
    /** In the order of the rates. */
    public Totals {
        byVatPermille = java.util.Collections.unmodifiableMap(new TreeMap<>(byVatPermille));
    }

    /** Nothing sold since, and so much before. */
    static Totals none(long perpetualCents) {
        return new Totals(Map.of(), 0, 0, perpetualCents);
    }

    Totals plus(Details sale) {
        Map<Integer, Long> rates = new TreeMap<>(byVatPermille);
        for (BasketLine line : sale.basket().lines()) {
            rates.merge(line.vatPermille(), sale.basket().turnoverCents(line), Math::addExact);
        }
        return new Totals(
                rates,
                Math.addExact(cardCents, sale.cardCents()),
                Math.addExact(cashCents, sale.cashCents()),
                Math.addExact(perpetualCents, sale.basket().turnoverCents()));
    }

    byte[] encode() {
        CBORObject rates = CBORObject.NewArray();
        byVatPermille.forEach(
                (rate, cents) -> rates.Add(CBORObject.NewArray().Add(rate).Add(cents)));
        return Cbor.encode(CBORObject.NewMap()
                .Add(1, rates)
                .Add(2, cardCents)
                .Add(3, cashCents)
                .Add(4, perpetualCents));
    }

    static Totals decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3, 4);
        Map<Integer, Long> rates = new TreeMap<>();
        for (CBORObject value : Cbor.array(map, 1).getValues()) {
            CBORObject pair = Cbor.asArray(value, 2, "a rate");
            rates.put((int) Cbor.asInt(pair.get(0), 0, 1000, "VAT"), Cbor.asUint(pair.get(1), "cents"));
        }
        return new Totals(rates, Cbor.uint(map, 2), Cbor.uint(map, 3), Cbor.uint(map, 4));
    }
}
