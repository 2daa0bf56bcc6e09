package etal.protocol.catalogue;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/**
 * The product list the citizens have voted. Immutable.
 *
 * @param products in the list's order, each id once, at most {@link #PRODUCTS_MAX}
 */
public record Catalogue(List<Product> products) {
    /** The longest list. */
    public static final int PRODUCTS_MAX = 2_000;

    private static final int PARTS = 6;
    private static final int WEIGHED_PARTS = 8;
    /** The unit of a price that is not by the piece. */
    private static final int KILOGRAM = 1;

    /** @throws IllegalArgumentException if the list is too long or names a product twice */
    public Catalogue {
        products = List.copyOf(products);
        if (products.size() > PRODUCTS_MAX) {
            throw new IllegalArgumentException("more than " + PRODUCTS_MAX + " products");
        }
        Set<String> ids = new LinkedHashSet<>();
        for (Product product : products) {
            if (!ids.add(product.id())) {
                throw new IllegalArgumentException("twice in the list: " + product.id());
            }
        }
    }

    /** The product of that id. */
    public Optional<Product> find(String id) {
        return products.stream().filter(product -> product.id().equals(id)).findFirst();
    }

    /** Deterministic CBOR: {@code catalogue} of etal.cddl. */
    public byte[] encode() {
        CBORObject list = CBORObject.NewArray();
        for (Product product : products) {
            CBORObject fields = CBORObject.NewArray()
                    .Add(product.id())
                    .Add(product.name())
                    .Add(product.family())
                    .Add(product.unitPriceCents())
                    .Add(product.vatPermille())
                    .Add(product.coveragePercent());
            // As short as ever by the piece and without labels, because past lists are signed.
            if (product.byWeight()) {
                fields.Add(Label.write(product.labels())).Add(KILOGRAM);
            } else if (!product.labels().isEmpty()) {
                fields.Add(Label.write(product.labels()));
            }
            list.Add(fields);
        }
        return Cbor.encode(list);
    }

    /** Reads {@code catalogue} of etal.cddl. */
    public static Catalogue decode(byte[] bytes) throws Malformed {
        CBORObject list = Cbor.decode(bytes);
        if (list.isTagged() || list.getType() != CBORType.Array) {
            throw new Malformed("catalogue: not an array");
        }
        try {
            List<Product> products = new ArrayList<>();
            for (CBORObject product : list.getValues()) {
                products.add(product(product));
            }
            return new Catalogue(products);
        } catch (IllegalArgumentException outOfBounds) {
            // The records hold the bounds; what comes from outside and breaks them is malformed.
            throw new Malformed("catalogue: " + outOfBounds.getMessage());
        }
    }

    /** No labels are left out, except where the unit follows them. */
    private static List<String> labels(CBORObject value, boolean mayBeNone) throws Malformed {
        boolean none = value.getType() == CBORType.Array && value.size() == 0;
        return mayBeNone && none ? List.of() : Label.read(value);
    }

    private static Product product(CBORObject value) throws Malformed {
        int size = value.getType() == CBORType.Array ? Math.clamp(value.size(), PARTS, WEIGHED_PARTS) : PARTS;
        CBORObject fields = Cbor.asArray(value, size, "product");
        boolean byWeight = size == WEIGHED_PARTS;
        if (byWeight) {
            var unused = Cbor.asInt(fields.get(7), KILOGRAM, KILOGRAM, "product unit");
        }
        return new Product(
                Cbor.asLine(fields.get(0), Product.NAME_LENGTH_MAX, "product id"),
                Cbor.asLine(fields.get(1), Product.NAME_LENGTH_MAX, "product name"),
                Cbor.asLine(fields.get(2), Product.FAMILY_LENGTH_MAX, "product family"),
                Cbor.asInt(fields.get(3), 1, Product.PRICE_MAX_CENTS, "unit price"),
                (int) Cbor.asInt(fields.get(4), 0, Product.VAT_MAX_PERMILLE, "VAT"),
                (int) Cbor.asInt(fields.get(5), 0, 100, "coverage"),
                size == PARTS ? List.of() : labels(fields.get(6), byWeight),
                byWeight);
    }
}
