package etal.terminal.basket;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import java.util.ArrayList;
import java.util.List;

/**
 * What the seller keeps of a sale and the fund does not see: all lines and the tender. The ledger holds its salted hash.
 *
 * <p>CBOR: {@code {1: [[product, name, family, quantity, price, VAT per mille, coverage per cent]...], 2: card, 3: cash}}.
 */
public record Details(Basket basket, long cardCents, long cashCents) {
    /** Bytes of salt before the details in the hash. */
    public static final int SALT_LENGTH = 16;

    private static final int LINE_PARTS = 7;
    private static final int TEXT_CHARS_MAX = 200;
    private static final long NUMBER_MAX = Integer.MAX_VALUE;

    /** The bytes kept. */
    public byte[] encode() {
        CBORObject lines = CBORObject.NewArray();
        for (BasketLine line : basket.lines()) {
            lines.Add(CBORObject.NewArray()
                    .Add(line.productId())
                    .Add(line.name())
                    .Add(line.family())
                    .Add(line.quantity())
                    .Add(line.priceCents())
                    .Add(line.vatPermille())
                    .Add(line.coveragePercent()));
        }
        return Cbor.encode(CBORObject.NewMap().Add(1, lines).Add(2, cardCents).Add(3, cashCents));
    }

    /** Reads what was kept. */
    public static Details decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3);
        List<BasketLine> lines = new ArrayList<>();
        for (CBORObject value : Cbor.array(map, 1).getValues()) {
            CBORObject line = Cbor.asArray(value, LINE_PARTS, "a line");
            lines.add(new BasketLine(
                    Cbor.asLine(line.get(0), TEXT_CHARS_MAX, "product"),
                    Cbor.asLine(line.get(1), TEXT_CHARS_MAX, "name"),
                    Cbor.asLine(line.get(2), TEXT_CHARS_MAX, "family"),
                    Cbor.asInt(line.get(3), 0, NUMBER_MAX, "quantity"),
                    Cbor.asInt(line.get(4), 0, NUMBER_MAX, "price"),
                    (int) Cbor.asInt(line.get(5), 0, 1000, "VAT"),
                    (int) Cbor.asInt(line.get(6), 0, 100, "coverage")));
        }
        return new Details(new Basket(lines), Cbor.uint(map, 2), Cbor.uint(map, 3));
    }

    /** Reads what this terminal wrote itself; anything else there is damage the store did not notice. */
    public static Details decodeOwn(byte[] bytes) {
        try {
            return decode(bytes);
        } catch (Malformed malformed) {
            throw new IllegalStateException("the terminal's own details do not read", malformed);
        }
    }

    /** SHA-256 of salt and bytes, as entry and intention name it. */
    public static byte[] hash(byte[] salt, byte[] encoded) {
        return Hash.sha256(salt, encoded);
    }
}
