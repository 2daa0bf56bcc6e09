package etal.protocol.ledger;

import static etal.protocol.ledger.Parts.NAME_CHARS_MAX;
import static etal.protocol.ledger.Parts.UINT32_MAX;

import com.upokecenter.cbor.CBORObject;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body.Closing.Undone;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/** Bodies from CBOR: every key known, every size and range bounded. {@link BodyWriter} is the way there. */
final class BodyReader {
    private static final int CHAIN_MAX = 4;
    private static final int NOTE_CHARS_MAX = 500;
    private static final int ANSWER_MAX = 512;
    /** Terminals learn to say more before every reader does. */
    private static final int EVENT_CODE_MAX = 0xFFFF;

    private static final int SEALED_MAX = 4096;
    private static final int CARD_ID_LENGTH = 8;
    private static final Pattern YEAR = Pattern.compile("[0-9]{4}");
    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-[0-9]{2}");
    private static final Pattern DAY = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private BodyReader() {}

    static Body read(long kind, CBORObject map) throws Malformed {
        return switch ((int) kind) {
            case 1 -> genesis(map);
            case 2 -> checkpoint(map);
            case 3 -> sale(map);
            case 4 -> cancellation(map);
            case 6 -> refundRequest(map);
            case 7 -> abandoned(map);
            case 8 -> inDoubt(map);
            case 9 -> carried(map);
            case 11 -> closing(map);
            case 12 -> event(map);
            case 13 -> rules(map);
            case 14 -> clock(map);
            case 16 -> training(map);
            case 17 -> retirement(map);
            default -> throw new Malformed("kind " + kind + " is not in use");
        };
    }

    private static Body genesis(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5);
        List<byte[]> hashes = new ArrayList<>();
        for (CBORObject hash : Cbor.array(map, 2, 1, CHAIN_MAX).getValues()) {
            hashes.add(Cbor.asBytes(hash, Hash.LENGTH, "a certificate's hash"));
        }
        return new Body.Genesis(
                uint32(map, 1),
                hashes,
                Cbor.text(map, 3, NAME_CHARS_MAX),
                Cbor.text(map, 4, NAME_CHARS_MAX),
                Cbor.has(map, 5) ? Parts.succession(Cbor.value(map, 5)) : null);
    }

    private static Body checkpoint(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1);
        return new Body.CheckpointReceived(bytesUpTo(map, 1, SEALED_MAX));
    }

    private static Body sale(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6, 7, 8, 9);
        return new Body.Sale(
                number(map, 1),
                Cbor.text(map, 2, NAME_CHARS_MAX),
                Parts.scheme(Cbor.value(map, 3)),
                Parts.lines(Cbor.value(map, 4)),
                Cbor.bytes(map, 5, Hash.LENGTH),
                Cbor.has(map, 6) ? Parts.proof(Cbor.value(map, 6)) : null,
                bytesOrNull(map, 7, SEALED_MAX),
                Cbor.has(map, 8) ? Parts.price(Cbor.value(map, 8)) : null,
                Cbor.has(map, 9) ? Cbor.uint(map, 9, 1, Parts.LINE_MAX) : null);
    }

    private static Body cancellation(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6);
        return new Body.Cancellation(
                number(map, 1),
                Cbor.bytes(map, 2, Hash.LENGTH),
                (int) Cbor.uint(map, 3, 1, Body.Cancellation.OTHER),
                Cbor.bytes(map, 4, Hash.LENGTH),
                Cbor.has(map, 5) ? Parts.proof(Cbor.value(map, 5)) : null,
                bytesOrNull(map, 6, SEALED_MAX));
    }

    private static Body refundRequest(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2);
        return new Body.RefundRequest(number(map, 1), Parts.proof(Cbor.value(map, 2)));
    }

    private static Body abandoned(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3);
        return new Body.Abandoned(number(map, 1), (int) Cbor.uint(map, 2, 1, 4), marked(map, 3));
    }

    private static Body inDoubt(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6, 7);
        return new Body.InDoubt(
                number(map, 1),
                Cbor.bytes(map, 2, CARD_ID_LENGTH),
                uint32(map, 3),
                Parts.deltas(Cbor.value(map, 4)),
                Cbor.bytes(map, 5, Hash.LENGTH),
                bytesOrNull(map, 6, ANSWER_MAX),
                marked(map, 7));
    }

    private static Body carried(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2);
        if (map.size() != 1) throw new Malformed("a carried record is either a card's proof or sealed");
        CardProof card = Cbor.has(map, 1) ? Parts.proof(Cbor.value(map, 1)) : null;
        return new Body.RecordCarried(card, bytesOrNull(map, 2, SEALED_MAX));
    }

    private static Body closing(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4, 5, 6, 7);
        int period = (int) Cbor.uint(map, 1, 1, 3);
        return new Body.Closing(
                period,
                day(period, Cbor.text(map, 2, NAME_CHARS_MAX)),
                Cbor.uint(map, 3),
                Cbor.uint(map, 4),
                Cbor.uint(map, 5),
                Cbor.bytes(map, 6, Hash.LENGTH),
                Cbor.has(map, 7) ? Parts.undone(Cbor.value(map, 7)) : Undone.NONE);
    }

    /** A day, month or year that the calendar knows. */
    private static String day(int period, String text) throws Malformed {
        Pattern pattern = period == Body.Closing.DAY ? DAY : period == Body.Closing.MONTH ? MONTH : YEAR;
        if (!pattern.matcher(text).matches()) throw new Malformed("not a day, month or year of its closing");
        try {
            var unused = LocalDate.parse(text + "-01-01".substring(text.length() - 4));
        } catch (DateTimeException e) {
            throw new Malformed("not in the calendar", e);
        }
        return text;
    }

    private static Body event(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2);
        return new Body.TechnicalEvent(
                (int) Cbor.uint(map, 1, 1, EVENT_CODE_MAX),
                Cbor.has(map, 2) ? Cbor.text(map, 2, NOTE_CHARS_MAX) : null);
    }

    private static Body rules(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4);
        return new Body.RulesApplied(
                Cbor.text(map, 1, NAME_CHARS_MAX),
                Cbor.uint(map, 2),
                Cbor.bytes(map, 3, Hash.LENGTH),
                Cbor.bytes(map, 4, Hash.LENGTH));
    }

    private static Body clock(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2);
        return new Body.ClockAdjusted(Cbor.uint(map, 1), Cbor.uint(map, 2));
    }

    private static Body training(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3, 4);
        long totalCents = Cbor.uint(map, 2);
        return new Body.TrainingSale(
                number(map, 1), totalCents, Cbor.uint(map, 3, 0, totalCents), Cbor.bytes(map, 4, Hash.LENGTH));
    }

    private static Body retirement(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1);
        return new Body.Retirement((int) Cbor.uint(map, 1, 1, Body.Retirement.SWAPPED));
    }

    /** True or left out: there are no two ways of saying no. */
    private static boolean marked(CBORObject map, int key) throws Malformed {
        if (Cbor.has(map, key) && !Cbor.bool(map, key)) throw new Malformed("a mark that says no is left out");
        return Cbor.has(map, key);
    }

    private static long uint32(CBORObject map, int key) throws Malformed {
        return Cbor.uint(map, key, 0, UINT32_MAX);
    }

    private static long number(CBORObject map, int key) throws Malformed {
        return Cbor.uint(map, key, 1, UINT32_MAX);
    }

    private static byte @Nullable [] bytesOrNull(CBORObject map, int key, int max) throws Malformed {
        return Cbor.has(map, key) ? bytesUpTo(map, key, max) : null;
    }

    private static byte[] bytesUpTo(CBORObject map, int key, int max) throws Malformed {
        byte[] bytes = Cbor.bytes(map, key);
        if (bytes.length > max) throw new Malformed("key " + key + " is longer than " + max + " bytes");
        return bytes;
    }
}
