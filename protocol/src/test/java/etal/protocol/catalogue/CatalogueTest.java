package etal.protocol.catalogue;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.Seeds;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.List;
import java.util.Optional;
import java.util.stream.IntStream;
import org.junit.jupiter.api.Test;

class CatalogueTest {
    private static final Product MILK = new Product("whole milk", "Lait entier 1 l", "laitier", 135, 55, 100);
    private static final Product EGGS = new Product("eggs", "Œufs, les six", "oeufs", 250, 55, 100);
    private static final Catalogue CATALOGUE = new Catalogue(List.of(MILK, EGGS));

    @Test
    void a_product_is_found_by_its_id() {
        assertEquals(Optional.of(EGGS), CATALOGUE.find("eggs"));
        assertEquals(Optional.empty(), CATALOGUE.find("Eggs"));
    }

    @Test
    void it_travels_as_an_array_of_arrays_in_the_lists_order() throws Exception {
        byte[] bytes = new Catalogue(List.of(EGGS)).encode();
        // [["eggs", "Œufs, les six", "oeufs", 250, 55, 100]], by hand from RFC 8949
        assertEquals(
                "8186646567677" + "36ec59275" + "66732c206c657320736978" + "656f65756673" + "18fa" + "1837" + "1864",
                Hash.hex(bytes));
        assertEquals(CATALOGUE, Catalogue.decode(CATALOGUE.encode()));
        assertArrayEquals(CATALOGUE.encode(), CATALOGUE.encode());
    }

    @Test
    void labels_travel_as_a_seventh_element_only_when_there_are_some() throws Exception {
        Product organic = new Product("eggs", "E", "oeufs", 250, 55, 100, List.of("local", "bio", "bio"));
        byte[] bytes = new Catalogue(List.of(organic)).encode();
        // [["eggs", "E", "oeufs", 250, 55, 100, ["bio", "local"]]], by hand from RFC 8949
        assertEquals(
                "8187646567677" + "36145" + "656f65756673" + "18fa" + "1837" + "1864" + "82" + "6362696f"
                        + "656c6f63616c",
                Hash.hex(bytes));
        assertEquals(
                List.of("bio", "local"),
                Catalogue.decode(bytes).products().getFirst().labels());
        for (List<String> wrong :
                List.of(List.<String>of(), List.of("local", "bio"), List.of("bio", "bio"), List.of("Bio"))) {
            CBORObject labels = CBORObject.NewArray();
            wrong.forEach(labels::Add);
            byte[] malformed = Cbor.encode(CBORObject.NewArray()
                    .Add(product("a", "b", "c", 100, 55, 100).Add(labels)));
            assertThrows(Malformed.class, () -> Catalogue.decode(malformed), wrong::toString);
        }
    }

    @Test
    void a_product_twice_is_refused() throws Exception {
        assertThrows(IllegalArgumentException.class, () -> new Catalogue(List.of(MILK, MILK)));
        CBORObject milk = Cbor.decode(new Catalogue(List.of(MILK)).encode()).get(0);
        byte[] twice = Cbor.encode(CBORObject.NewArray().Add(milk).Add(milk));
        assertThrows(Malformed.class, () -> Catalogue.decode(twice));
    }

    @Test
    void values_outside_the_bounds_are_malformed() {
        List<CBORObject> wrong = List.of(
                product("a", "b", "c", 0, 55, 100),
                product("a", "b", "c", 1_000_001, 55, 100),
                product("a", "b", "c", 100, 1_001, 100),
                product("a", "b", "c", 100, 55, 101),
                product("", "b", "c", 100, 55, 100),
                product(" ", "b", "c", 100, 55, 100),
                product("a", "b\n", "c", 100, 55, 100),
                product("a", "b", "c".repeat(41), 100, 55, 100),
                CBORObject.NewArray().Add("a"),
                CBORObject.FromObject("a"));
        for (CBORObject product : wrong) {
            byte[] bytes = Cbor.encode(CBORObject.NewArray().Add(product));
            assertThrows(Malformed.class, () -> Catalogue.decode(bytes), product::toString);
        }
        assertThrows(Malformed.class, () -> Catalogue.decode(Cbor.encode(CBORObject.NewMap())));
    }

    private static CBORObject product(String id, String name, String family, long cents, int vat, int coverage) {
        return CBORObject.NewArray()
                .Add(id)
                .Add(name)
                .Add(family)
                .Add(cents)
                .Add(vat)
                .Add(coverage);
    }

    @Test
    void any_list_within_the_bounds_comes_back() {
        Seeds.each(200, random -> {
            List<Product> products = IntStream.range(0, random.nextInt(60))
                    .mapToObj(index -> new Product(
                            "p" + index,
                            "é".repeat(1 + random.nextInt(80)),
                            "f" + random.nextInt(9),
                            1 + random.nextLong(Product.PRICE_MAX_CENTS),
                            random.nextInt(1_001),
                            random.nextInt(101)))
                    .toList();
            Catalogue catalogue = new Catalogue(products);
            assertEquals(catalogue, Catalogue.decode(catalogue.encode()));
        });
    }

    @Test
    void damaged_bytes_are_read_or_malformed() {
        byte[] sound = CATALOGUE.encode();
        Seeds.each(5_000, random -> {
            byte[] damaged = sound.clone();
            for (int flips = random.nextInt(3); flips >= 0; flips--) {
                damaged[random.nextInt(damaged.length)] ^= (byte) (1 << random.nextInt(8));
            }
            try {
                assertArrayEquals(damaged, Catalogue.decode(damaged).encode());
            } catch (Malformed refused) {
                assertEquals(false, String.valueOf(refused.getMessage()).isEmpty());
            }
        });
    }
}
