package etal.protocol.sync;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Collection;
import java.util.Comparator;
import java.util.List;

/**
 * Cards' records that the hub knows of and does not hold: a stall where such a card taps reads them from its ring, when the
 * tap itself is done. It says nothing of who holds a card. Immutable.
 *
 * @param spans by card, of one card by counter, at least one counter apart, at most {@link #SPANS_MAX}
 */
public record WantedRecords(List<Span> spans) {
    /** The most that one document holds: less than 100 kB. What does not fit is wanted once some of these have come. */
    public static final int SPANS_MAX = 4_000;

    /** By card id, byte by byte; of one card by counter. */
    private static final Comparator<Span> ORDER =
            Comparator.comparing(Span::card, Arrays::compareUnsigned).thenComparingLong(Span::first);

    private static final int CARD_ID_LENGTH = 8;
    private static final long COUNTER_MAX = 0xffff_ffffL;

    /** @throws IllegalArgumentException if there are too many, out of order, or two that are one */
    public WantedRecords {
        spans = List.copyOf(spans);
        if (spans.size() > SPANS_MAX) {
            throw new IllegalArgumentException("more than " + SPANS_MAX + " spans");
        }
        for (int i = 1; i < spans.size(); i++) {
            Span before = spans.get(i - 1);
            Span span = spans.get(i);
            boolean sameCard = Arrays.equals(before.card(), span.card());
            if (sameCard ? span.first() <= before.last() + 1 : ORDER.compare(before, span) >= 0) {
                throw new IllegalArgumentException("not ascending: span " + i + " of " + Hash.hex(span.card()));
            }
        }
    }

    /**
     * Records of one card without a gap. Array not copied: nobody may change it.
     *
     * @param card its id, 8 bytes
     * @param first counter, from 1
     * @param last counter, 32 bits
     */
    public record Span(byte[] card, long first, long last) {
        /** @throws IllegalArgumentException if it is no span of a card's records */
        public Span {
            if (card.length != CARD_ID_LENGTH || first < 1 || last < first || last > COUNTER_MAX) {
                throw new IllegalArgumentException("no span: " + Hash.hex(card) + " " + first + " to " + last);
            }
        }

        /** Whether the record of that counter is one of them. */
        public boolean holds(long counter) {
            return counter >= first && counter <= last;
        }
    }

    /** These spans in whatever order they come; none may touch another. */
    public static WantedRecords of(Collection<Span> spans) {
        return new WantedRecords(spans.stream().sorted(ORDER).toList());
    }

    /** Nothing is wanted. */
    public static WantedRecords none() {
        return new WantedRecords(List.of());
    }

    /** What is wanted of that card, by counter. */
    public List<Span> of(byte[] cardId) {
        return spans.stream().filter(span -> Arrays.equals(span.card(), cardId)).toList();
    }

    /** Deterministic CBOR: {@code wanted} of etal.cddl. */
    public byte[] encode() {
        CBORObject list = CBORObject.NewArray();
        for (Span span : spans) {
            list.Add(CBORObject.NewArray().Add(span.card()).Add(span.first()).Add(span.last()));
        }
        return Cbor.encode(list);
    }

    /** Reads {@code wanted} of etal.cddl. */
    public static WantedRecords decode(byte[] bytes) throws Malformed {
        CBORObject list = Cbor.decode(bytes);
        if (list.isTagged() || list.getType() != CBORType.Array || list.size() > SPANS_MAX) {
            throw new Malformed("wanted records: not an array of at most " + SPANS_MAX);
        }
        List<Span> spans = new ArrayList<>();
        for (CBORObject each : list.getValues()) {
            CBORObject span = Cbor.asArray(each, 3, "a span");
            byte[] card = Cbor.asBytes(span.get(0), CARD_ID_LENGTH, "a card id");
            long first = Cbor.asInt(span.get(1), 1, COUNTER_MAX, "a counter");
            spans.add(new Span(card, first, Cbor.asInt(span.get(2), first, COUNTER_MAX, "a counter")));
        }
        try {
            return new WantedRecords(spans);
        } catch (IllegalArgumentException outOfBounds) {
            // The record holds the bounds; what comes from outside and breaks them is malformed.
            throw new Malformed("wanted records: " + outOfBounds.getMessage());
        }
    }
}
