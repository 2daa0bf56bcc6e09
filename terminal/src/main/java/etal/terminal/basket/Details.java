package etal.terminal.basket;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.port.Database.Damaged;
import etal.protocol.catalogue.Label;
import etal.protocol.catalogue.Product;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.split.Basket;
import etal.protocol.split.BasketLine;
import etal.protocol.split.TariffSide;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;

/**
 * What the seller keeps of a sale and the fund does not see: all lines and the tender. The ledger holds its salted hash.
 *
 * <p>CBOR: {@code {1: [[product, name, family, quantity, price, VAT per mille, coverage per cent]...], 2: card, 3: cash}}.
 * A line with labels, or asked at another than the fair price, has three elements more: {@code [labels, fair price, part
 * of the discount]}, a weighed one a fourth: the price of a kilogram. Key 4 is there where a price was chosen:
 * {@code [choice, fair, paid, owed by the pooled fund]}, 5 where the member has said what the card may pay at most, 6 where
 * not all of the rest is cash: {@code [[means, cents]...]}.
 *
 * @param cashCents what the card does not pay, in whatever it is paid
 * @param paying what was said of how to pay
 */
public record Details(Basket basket, long cardCents, long cashCents, Paying paying) {
    /** Bytes of salt before the details in the hash. */
    public static final int SALT_LENGTH = 16;

    private static final int LINE_PARTS = 7;
    private static final int PRICED_PARTS = 10;
    private static final int WEIGHED_PARTS = 11;
    private static final int TENDERS_MAX = Tender.Means.values().length;
    private static final int TEXT_CHARS_MAX = 200;
    private static final long NUMBER_MAX = Integer.MAX_VALUE;

    /** Of a sale of which nobody has said how to pay. */
    public Details(Basket basket, long cardCents, long cashCents) {
        this(basket, cardCents, cashCents, Paying.UNSAID);
    }

    /** The bytes kept. */
    public byte[] encode() {
        CBORObject lines = CBORObject.NewArray();
        for (BasketLine line : basket.lines()) {
            CBORObject parts = CBORObject.NewArray()
                    .Add(line.productId())
                    .Add(line.name())
                    .Add(line.family())
                    .Add(line.quantity())
                    .Add(line.priceCents())
                    .Add(line.vatPermille())
                    .Add(line.coveragePercent());
            boolean plain = line.labels().isEmpty()
                    && line.fairCents() == line.priceCents()
                    && line.discountCents() == 0
                    && !line.weighed();
            if (!plain) {
                parts.Add(Label.write(line.labels())).Add(line.fairCents()).Add(line.discountCents());
            }
            lines.Add(line.weighed() ? parts.Add(line.perKiloCents()) : parts);
        }
        CBORObject map = CBORObject.NewMap().Add(1, lines).Add(2, cardCents).Add(3, cashCents);
        basket.tariff()
                .ifPresent(side -> map.Add(
                        4,
                        CBORObject.NewArray()
                                .Add(side.choice())
                                .Add(side.fairCents())
                                .Add(side.paidCents())
                                .Add(side.fundCents())));
        paying.cardMostCents().ifPresent(most -> map.Add(5, most));
        if (!paying.tenders().isEmpty()) {
            CBORObject tenders = CBORObject.NewArray();
            paying.tenders()
                    .forEach(tender -> tenders.Add(
                            CBORObject.NewArray().Add(tender.means().code()).Add(tender.amountCents())));
            map.Add(6, tenders);
        }
        return Cbor.encode(map);
    }

    /** Reads what was kept. */
    public static Details decode(byte[] bytes) throws Malformed {
        CBORObject map = Cbor.decodeMap(bytes);
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6);
        List<BasketLine> lines = new ArrayList<>();
        for (CBORObject value : Cbor.array(map, 1).getValues()) {
            lines.add(line(value));
        }
        Optional<TariffSide> tariff = Cbor.has(map, 4) ? Optional.of(tariff(Cbor.value(map, 4))) : Optional.empty();
        return new Details(new Basket(lines, tariff), Cbor.uint(map, 2), Cbor.uint(map, 3), paying(map));
    }

    private static Paying paying(CBORObject map) throws Malformed {
        OptionalLong most = Cbor.has(map, 5) ? OptionalLong.of(Cbor.uint(map, 5, 1, NUMBER_MAX)) : OptionalLong.empty();
        List<Tender> tenders = new ArrayList<>();
        if (Cbor.has(map, 6)) {
            for (CBORObject value : Cbor.array(map, 6, 1, TENDERS_MAX).getValues()) {
                CBORObject pair = Cbor.asArray(value, 2, "a tender");
                tenders.add(new Tender(
                        Tender.Means.of(Cbor.asInt(pair.get(0), 1, TENDERS_MAX, "means")),
                        Cbor.asInt(pair.get(1), 1, NUMBER_MAX, "tendered")));
            }
        }
        return new Paying(most, tenders);
    }

    private static TariffSide tariff(CBORObject value) throws Malformed {
        CBORObject parts = Cbor.asArray(value, 4, "the price chosen");
        return new TariffSide(
                Cbor.asLine(parts.get(0), TEXT_CHARS_MAX, "choice"),
                Cbor.asInt(parts.get(1), 0, NUMBER_MAX, "fair price"),
                Cbor.asInt(parts.get(2), 0, NUMBER_MAX, "price paid"),
                Cbor.asInt(parts.get(3), -NUMBER_MAX, NUMBER_MAX, "owed by the fund"));
    }

    private static BasketLine line(CBORObject value) throws Malformed {
        int size = value.getType() == CBORType.Array ? value.size() : LINE_PARTS;
        boolean weighed = size == WEIGHED_PARTS;
        boolean priced = weighed || size == PRICED_PARTS;
        CBORObject line = Cbor.asArray(value, priced ? size : LINE_PARTS, "a line");
        long priceCents = Cbor.asInt(line.get(4), 0, NUMBER_MAX, "price");
        return new BasketLine(
                Cbor.asLine(line.get(0), TEXT_CHARS_MAX, "product"),
                Cbor.asLine(line.get(1), TEXT_CHARS_MAX, "name"),
                Cbor.asLine(line.get(2), TEXT_CHARS_MAX, "family"),
                Cbor.asInt(line.get(3), 0, NUMBER_MAX, "quantity"),
                priceCents,
                (int) Cbor.asInt(line.get(5), 0, 1000, "VAT"),
                (int) Cbor.asInt(line.get(6), 0, 100, "coverage"),
                priced ? labels(line.get(7)) : List.of(),
                priced ? Cbor.asInt(line.get(8), 0, NUMBER_MAX, "fair price") : priceCents,
                priced ? Cbor.asInt(line.get(9), 0, NUMBER_MAX, "discount") : 0,
                weighed ? Cbor.asInt(line.get(10), 1, Product.PRICE_MAX_CENTS, "price of a kilogram") : 0);
    }

    private static List<String> labels(CBORObject value) throws Malformed {
        return value.getType() == CBORType.Array && value.size() == 0 ? List.of() : Label.read(value);
    }

    /** Reads what this terminal has stored, within a transaction. */
    public static Details stored(byte[] bytes) throws SQLException {
        try {
            return decode(bytes);
        } catch (Malformed malformed) {
            throw new Damaged("the lines of a basket do not read", malformed);
        }
    }

    /** SHA-256 of salt and bytes, as entry and intention name it. */
    public static byte[] hash(byte[] salt, byte[] encoded) {
        return Hash.sha256(salt, encoded);
    }
}
