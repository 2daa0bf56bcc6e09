package etal.protocol.cbor;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.Mutations;
import etal.protocol.cose.Hash;
import java.util.ArrayList;
import java.util.List;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

final class CborTest {
    @ParameterizedTest(name = "{1}: {0}")
    @CsvSource({
        "1800, one byte more than needed",
        "1817, one byte more than needed",
        "190018, one byte more than needed",
        "1900ff, one byte more than needed",
        "1a0000ffff, two bytes more than needed",
        "1b00000000ffffffff, four bytes more than needed",
        "3800, a negative longer than needed",
        "5800, a length longer than needed",
        "7801 61, a length longer than needed",
        "980100, a count longer than needed",
        "b8010102, a count longer than needed",
        "d81280, a tag longer than needed",
        "1c, a reserved length",
        "1f, a reserved length",
        "5f4100ff, an indefinite byte string",
        "7f6161ff, an indefinite text",
        "9f00ff, an indefinite array",
        "bf0001ff, an indefinite map",
        "ff, a break",
        "a201000100, a key twice",
        "a202000100, keys out of order",
        "a2616100 0100, a text key before a number",
        "a2626161006162 00, a longer text key first",
        "a1800 0, an array for a key",
        "a1f400, false for a key",
        "f6, null",
        "f7, undefined",
        "e0, a simple value",
        "f800, a simple value in two bytes",
        "f820, a simple value in two bytes",
        "f93c00, a half float",
        "fa47c35000, a float",
        "fb3ff199999999999a, a double",
        "c100, another tag",
        "81d280, our tag within an array",
        "d2d280, our tag twice",
        "1b8000000000000000, 64 bits",
        "3b8000000000000000, 64 bits below zero",
        "61ff, text that is not UTF-8",
        "62c080, zero in two bytes of UTF-8",
        "63eda080, half of a surrogate pair",
        "5affffffff, four gigabytes of nothing",
        "5b7fffffffffffffff, eight exabytes of nothing",
        "5bffffffffffffffff, sixteen exabytes of nothing",
        "9b7fffffffffffffff, an array as large",
        "bb7fffffffffffffff, a map as large",
        "bbffffffffffffffff, a map as large",
        "9a00010000, an array longer than the input",
        "42 00, a string cut short",
        "18, a head cut short",
        "8200, an array cut short",
        "a101, a map without its value",
        "0000, a second item",
        "818181818181818181 00, nine levels"
    })
    void what_has_another_form_is_refused(String hex, String why) throws Malformed {
        byte[] bytes = Hash.unhex(hex.replace(" ", ""));
        assertThrows(Malformed.class, () -> Cbor.decode(bytes), why);
    }

    @Test
    void nothing_and_too_much_are_refused() {
        assertThrows(Malformed.class, () -> Cbor.decode(new byte[0]));
        byte[] tooLong = new byte[Cbor.LENGTH_MAX + 1];
        tooLong[0] = 0x5a;
        assertThrows(Malformed.class, () -> Cbor.decode(tooLong));
    }

    @Test
    void eight_levels_and_our_tags_are_read() throws Malformed {
        for (String hex : List.of("8181818181818181 00", "d280", "d86080", "a0", "f4", "3b7fffffffffffffff")) {
            byte[] bytes = Hash.unhex(hex.replace(" ", ""));
            assertArrayEquals(bytes, Cbor.encode(Cbor.decode(bytes)), hex);
        }
    }

    @Test
    void maps_are_written_in_the_order_of_their_encoded_keys() throws Malformed {
        CBORObject map = CBORObject.NewMap();
        for (String key : List.of("z", "aa", "b")) map.Add(key, 0);
        for (int key : new int[] {-1, 100, 24, 10, -25, 1000, 0}) map.Add(key, 0);
        String keys = "00 0a 1818 1864 1903e8 20 3818 6162 617a 626161";
        assertEquals("aa" + keys.replace(" ", "00") + "00", Hash.hex(Cbor.encode(map)));
    }

    @Test
    void what_lies_outside_the_subset_is_never_written() {
        assertThrows(IllegalStateException.class, () -> Cbor.encode(CBORObject.FromObject(1.5d)));
        assertThrows(IllegalStateException.class, () -> Cbor.encode(CBORObject.Null));
    }

    @Test
    void the_getters_refuse_what_is_missing_of_another_type_or_out_of_range() throws Malformed {
        // {1: 2^53, 2: -1, 3: h'00', 4: "a\n", 5: [], 6: true, 7: 2^53 - 1}
        CBORObject map = Cbor.decode(Hash.unhex(
                "a7011b00200000000000000220034100046261 0a 0580 06f5 071b001fffffffffffff".replace(" ", "")));
        assertThrows(Malformed.class, () -> Cbor.uint(map, 1));
        assertThrows(Malformed.class, () -> Cbor.uint(map, 2));
        assertThrows(Malformed.class, () -> Cbor.uint(map, 3));
        assertThrows(Malformed.class, () -> Cbor.uint(map, 9));
        assertEquals(Cbor.UINT_LIMIT - 1, Cbor.uint(map, 7));
        assertThrows(Malformed.class, () -> Cbor.uint(map, 7, 0, 10));
        assertThrows(Malformed.class, () -> Cbor.bytes(map, 3, 2));
        assertArrayEquals(new byte[1], Cbor.bytes(map, 3, 1));
        assertThrows(Malformed.class, () -> Cbor.text(map, 4, 10));
        assertEquals("a\n", Cbor.text(map, 4));
        assertThrows(Malformed.class, () -> Cbor.array(map, 5, 1, 2));
        assertTrue(Cbor.bool(map, 6));
        assertThrows(Malformed.class, () -> Cbor.bool(map, 5));
        assertThrows(Malformed.class, () -> Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6));
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6, 7, 8);
        assertThrows(Malformed.class, () -> Cbor.uint(Cbor.array(map, 5), 1));
        assertThrows(Malformed.class, () -> Cbor.onlyKeys(Cbor.array(map, 5)), "an empty array is no empty map");
    }

    @Test
    void changed_bytes_are_refused_or_are_the_one_form_of_something() throws Exception {
        List<byte[]> good = new ArrayList<>();
        for (String hex : List.of("a2010203a1182a83010203", "d28443a10126a0420102410a", "8262c3bc3903e7", "a16161f5")) {
            good.add(Hash.unhex(hex));
        }
        int accepted = Mutations.feed(good, 50_000, input -> {
            CBORObject value = Cbor.decode(input);
            assertArrayEquals(input, Cbor.encode(value));
        });
        assertTrue(accepted > 100, "the changes leave some inputs good, else this proves little: " + accepted);
    }
}
