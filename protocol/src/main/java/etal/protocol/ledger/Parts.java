package etal.protocol.ledger;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.card.Deltas;
import etal.protocol.catalogue.Label;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.Body.Closing.Undone;
import java.util.ArrayList;
import java.util.List;

/** The parts that several kinds of entry and the intention share, to CBOR and back. */
final class Parts {
    static final int NAME_CHARS_MAX = 64;
    static final long UINT32_MAX = 0xffff_ffffL;

    /** Card money is 31 bits wide, so no line need be wider. */
    static final long LINE_MAX = Integer.MAX_VALUE;

    static final int LINES_MAX = 1_000;
    private static final int VAT_PERMILLE_MAX = 1_000;

    private Parts() {}

    static CBORObject scheme(SchemeRef scheme) {
        return CBORObject.NewArray().Add(scheme.id()).Add(scheme.version());
    }

    static SchemeRef scheme(CBORObject value) throws Malformed {
        CBORObject pair = Cbor.asArray(value, 2, "the scheme");
        return new SchemeRef(
                Cbor.asLine(pair.get(0), NAME_CHARS_MAX, "the scheme's id"),
                Cbor.asUint(pair.get(1), "the scheme's version"));
    }

    static CBORObject lines(List<FundedLine> lines) {
        CBORObject array = CBORObject.NewArray();
        for (FundedLine line : lines) {
            CBORObject fields = CBORObject.NewArray()
                    .Add(line.family())
                    .Add(line.quantity())
                    .Add(line.priceCents())
                    .Add(line.vatPermille())
                    .Add(line.coveragePercent());
            // Five elements as ever without labels, because the bytes of past sales are signed.
            array.Add(line.labels().isEmpty() ? fields : fields.Add(Label.write(line.labels())));
        }
        return array;
    }

    static List<FundedLine> lines(CBORObject value) throws Malformed {
        if (value.getType() != CBORType.Array || value.size() > LINES_MAX) {
            throw new Malformed("not an array of at most " + LINES_MAX + " lines");
        }
        List<FundedLine> lines = new ArrayList<>();
        for (CBORObject item : value.getValues()) {
            boolean labelled = item.getType() == CBORType.Array && item.size() == 6;
            CBORObject line = Cbor.asArray(item, labelled ? 6 : 5, "a line");
            lines.add(new FundedLine(
                    Cbor.asLine(line.get(0), NAME_CHARS_MAX, "a family"),
                    Cbor.asInt(line.get(1), 0, LINE_MAX, "a quantity"),
                    Cbor.asInt(line.get(2), 0, LINE_MAX, "a price"),
                    (int) Cbor.asInt(line.get(3), 0, VAT_PERMILLE_MAX, "a VAT rate"),
                    (int) Cbor.asInt(line.get(4), 1, 100, "a coverage"),
                    labelled ? Label.read(line.get(5)) : List.of()));
        }
        return lines;
    }

    static CBORObject price(PriceChosen price) {
        return CBORObject.NewArray().Add(price.choice()).Add(price.fairCents()).Add(price.paidCents());
    }

    static PriceChosen price(CBORObject value) throws Malformed {
        CBORObject three = Cbor.asArray(value, 3, "the price chosen");
        return new PriceChosen(
                Cbor.asLine(three.get(0), NAME_CHARS_MAX, "a choice"),
                Cbor.asInt(three.get(1), 0, LINE_MAX, "a fair price"),
                Cbor.asInt(three.get(2), 0, LINE_MAX, "a price paid"));
    }

    static CBORObject deltas(Deltas deltas) {
        return CBORObject.NewArray()
                .Add(deltas.allocation())
                .Add(deltas.bonus())
                .Add(deltas.earnable());
    }

    static Deltas deltas(CBORObject value) throws Malformed {
        CBORObject three = Cbor.asArray(value, 3, "the deltas");
        return new Deltas(delta(three.get(0)), delta(three.get(1)), delta(three.get(2)));
    }

    private static long delta(CBORObject value) throws Malformed {
        return Cbor.asInt(value, Integer.MIN_VALUE, Integer.MAX_VALUE, "a delta");
    }

    static CBORObject proof(CardProof proof) {
        return CBORObject.NewMap()
                .Add(1, proof.certificate())
                .Add(2, proof.record())
                .Add(3, proof.signature());
    }

    static CardProof proof(CBORObject map) throws Malformed {
        Cbor.onlyKeys(map, 1, 2, 3);
        return new CardProof(
                Cbor.bytes(map, 1, CardProof.CERTIFICATE_LENGTH),
                Cbor.bytes(map, 2, CardProof.RECORD_LENGTH),
                Cbor.bytes(map, 3, P256.SIGNATURE_LENGTH));
    }

    static CBORObject undone(Undone undone) {
        return CBORObject.NewArray().Add(undone.count()).Add(undone.cardCents()).Add(undone.perpetualCardCents());
    }

    static Undone undone(CBORObject value) throws Malformed {
        CBORObject three = Cbor.asArray(value, 3, "what was cancelled");
        Undone undone = new Undone(
                Cbor.asUint(three.get(0), "cancellations"),
                Cbor.asUint(three.get(1), "card money given back"),
                Cbor.asUint(three.get(2), "all card money given back"));
        if (undone.equals(Undone.NONE)) throw new Malformed("nothing cancelled is left out");
        return undone;
    }

    static CBORObject succession(Succession succession) {
        return CBORObject.NewArray()
                .Add(succession.epoch())
                .Add(succession.number())
                .Add(succession.headHash());
    }

    static Succession succession(CBORObject value) throws Malformed {
        CBORObject three = Cbor.asArray(value, 3, "the succession");
        return new Succession(
                Cbor.asInt(three.get(0), 0, UINT32_MAX, "an epoch"),
                Cbor.asUint(three.get(1), "a number"),
                Cbor.asBytes(three.get(2), Hash.LENGTH, "a head hash"));
    }
}
