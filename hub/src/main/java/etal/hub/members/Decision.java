package etal.hub.members;

import com.upokecenter.cbor.CBORObject;
import etal.hub.books.Sql;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import etal.protocol.cose.Hash;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.List;
import java.util.TreeMap;

/**
 * The operator's word on a card's record without a sale, kept as a COSE_Sign1 under the hub's key for documents: postings
 * alone do not say that anyone decided. Array not copied: nobody may change it.
 *
 * @param card the card's id, 8 bytes
 * @param counter of the record
 * @param payable whether the producer is paid, or the member gets the money back
 * @param atMillis the hub's time, milliseconds since 1970
 * @param by who decided, as they gave their name, at most 70 characters
 */
public record Decision(byte[] card, long counter, boolean payable, long atMillis, String by) {
    /** The longest name. */
    public static final int BY_CHARS_MAX = 70;

    private static final String TYPE = "etal/decision";
    private static final int CARD_ID_LENGTH = 8;

    /** The signed form. */
    public byte[] sign(HubKeys keys) {
        CBORObject payload = CBORObject.NewMap()
                .Add(1, card)
                .Add(2, counter)
                .Add(3, payable)
                .Add(4, atMillis)
                .Add(5, by);
        return CoseSign1.sign(TYPE, keys.documentsKid(), Cbor.encode(payload), keys.documents()::sign);
    }

    /** Reads one and checks that it is this hub's. */
    public static Decision verified(byte[] bytes, HubKeys keys) throws Malformed {
        CoseSign1 message = CoseSign1.decode(bytes, TYPE);
        if (!keys.isOwn(message::verify)) {
            throw new Malformed("its signature is not the hub's");
        }
        CBORObject map = Cbor.decodeMap(message.payload());
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5);
        return new Decision(
                Cbor.bytes(map, 1, CARD_ID_LENGTH),
                Cbor.uint(map, 2),
                Cbor.bool(map, 3),
                Cbor.uint(map, 4),
                Cbor.text(map, 5, BY_CHARS_MAX));
    }

    /** Keeps the signed form; a second word on the same record is refused by the store. */
    public void keep(Connection connection, HubKeys keys) throws SQLException {
        Sql.update(
                connection, "INSERT INTO decision (card, counter, bytes) VALUES (?, ?, ?)", card, counter, sign(keys));
    }

    /** What the hub has signed, by card and counter as in references; the rest is named in {@code faults}. */
    public static TreeMap<String, Decision> all(Connection connection, HubKeys keys, List<String> faults)
            throws SQLException {
        TreeMap<String, Decision> all = new TreeMap<>();
        Sql.list(connection, "SELECT card, counter, bytes FROM decision ORDER BY card, counter", row -> {
            String key = Hash.hex(row.getBytes(1)) + "/" + row.getLong(2);
            try {
                Decision decision = verified(row.getBytes(3), keys);
                if (!key.equals(Hash.hex(decision.card()) + "/" + decision.counter())) {
                    throw new Malformed("it is about another record");
                }
                return all.put(key, decision);
            } catch (Malformed e) {
                return faults.add("decision on " + key + ": " + e.getMessage());
            }
        });
        return all;
    }
}
