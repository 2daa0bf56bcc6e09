package etal.fsck.bytes;

import java.io.ByteArrayOutputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;

/** Writes values in deterministic CBOR, to recompute the hashes that a ledger only quotes. */
public final class CborWriter {
    private final ByteArrayOutputStream out = new ByteArrayOutputStream();

    private CborWriter() {}

    /** The bytes of {@code value}. */
    public static byte[] write(Value value) {
        CborWriter writer = new CborWriter();
        writer.value(value);
        return writer.out.toByteArray();
    }

    private void value(Value value) {
        switch (value) {
            case Value.Whole whole when whole.value() >= 0 -> head(0, whole.value());
            case Value.Whole whole -> head(1, -1 - whole.value());
            case Value.Bytes bytes -> string(2, bytes.value());
            case Value.Text text -> string(3, text.value().getBytes(StandardCharsets.UTF_8));
            case Value.Items items -> {
                head(4, items.values().size());
                items.values().forEach(this::value);
            }
            case Value.Fields fields -> fields(fields);
            case Value.Truth truth -> out.write(truth.value() ? 0xf5 : 0xf4);
            case Value.Signed signed -> {
                head(6, 18);
                value(signed.content());
            }
        }
    }

    private void fields(Value.Fields fields) {
        head(5, fields.values().size());
        for (Map.Entry<Long, Value> field : fields.values().entrySet()) {
            if (field.getKey() < 0) {
                throw new IllegalArgumentException("only keys from 0 are ever written");
            }
            head(0, field.getKey());
            value(field.getValue());
        }
    }

    private void string(int major, byte[] bytes) {
        head(major, bytes.length);
        out.writeBytes(bytes);
    }

    private void head(int major, long argument) {
        if (argument < 24) {
            out.write(major << 5 | (int) argument);
            return;
        }
        int low = argument < 1L << 8 ? 24 : argument < 1L << 16 ? 25 : argument < 1L << 32 ? 26 : 27;
        out.write(major << 5 | low);
        for (int shift = (8 << (low - 24)) - 8; shift >= 0; shift -= 8) {
            out.write((int) (argument >>> shift));
        }
    }
}
