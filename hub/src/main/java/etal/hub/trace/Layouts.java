package etal.hub.trace;

import etal.hub.trace.Piece.As;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import java.math.BigInteger;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/** The card's fixed layouts, byte by byte, as {@code protocol/docs/card.md} has them. Stateless. */
final class Layouts {
    private record Field(String name, int length, Kind kind, As as) {}

    private enum Kind {
        UNSIGNED,
        SIGNED,
        BYTES
    }

    private static final List<Field> RECORD = List.of(
            bytes("record.tag", 2),
            number("record.counter", 4, As.PLAIN),
            number("record.terminal", 4, As.PLAIN),
            number("record.epoch", 4, As.PLAIN),
            number("record.sale", 4, As.PLAIN),
            change("record.delta.allocation"),
            change("record.delta.bonus"),
            change("record.delta.earnable"),
            number("record.after.allocation", 4, As.CENTS),
            number("record.after.bonus", 4, As.CENTS),
            number("record.after.earnable", 4, As.CENTS),
            number("record.period", 2, As.MONTH),
            number("record.time", 4, As.SECONDS),
            bytes("record.intent", 32));

    private static final List<Field> CERTIFICATE = List.of(
            bytes("certificate.tag", 1),
            number("certificate.fund", 4, As.PLAIN),
            number("certificate.ca", 1, As.PLAIN),
            bytes("certificate.card", 8),
            bytes("certificate.key", 33),
            number("certificate.last", 2, As.MONTH),
            number("certificate.flags", 1, As.PLAIN),
            bytes("certificate.signature", 64));

    private Layouts() {}

    /** A card's record of 80 bytes that begins at {@code offset} of the whole. */
    static List<Piece> record(byte[] bytes, int offset, int depth) {
        return pieces(RECORD, CardRecord.LENGTH, bytes, offset, depth);
    }

    /** A card's certificate of 114 bytes that begins at {@code offset} of the whole. */
    static List<Piece> certificate(byte[] bytes, int offset, int depth) {
        return pieces(CERTIFICATE, CardCertificate.LENGTH, bytes, offset, depth);
    }

    private static List<Piece> pieces(List<Field> layout, int length, byte[] bytes, int offset, int depth) {
        if (bytes.length != length) {
            return List.of(new Piece(offset, depth, bytes, "bytes", null, As.PLAIN));
        }
        List<Piece> pieces = new ArrayList<>();
        int at = 0;
        for (Field field : layout) {
            byte[] part = Arrays.copyOfRange(bytes, at, at + field.length());
            Object says = switch (field.kind()) {
                case UNSIGNED -> new BigInteger(1, part).longValueExact();
                case SIGNED -> new BigInteger(part).longValueExact();
                case BYTES -> null;
            };
            pieces.add(new Piece(offset + at, depth, part, field.name(), says, field.as()));
            at += field.length();
        }
        return pieces;
    }

    private static Field number(String name, int length, As as) {
        return new Field(name, length, Kind.UNSIGNED, as);
    }

    private static Field change(String name) {
        return new Field(name, 4, Kind.SIGNED, As.CENTS);
    }

    private static Field bytes(String name, int length) {
        return new Field(name, length, Kind.BYTES, As.PLAIN);
    }
}
