package etal.fsck.ledger;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import etal.fsck.bytes.Fields;
import etal.fsck.bytes.ItemStream;
import etal.fsck.bytes.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Reads the body of an entry by its kind. */
final class BodyReader {
    private static final List<Integer> NONE = List.of();
    private static final long TRAINING_BEGINS = 13;
    private static final long TRAINING_ENDS = 14;

    private BodyReader() {}

    static Body read(long kind, Value body) throws Damage {
        return switch ((int) Math.min(kind, 99)) {
            case 1 -> genesis(body);
            case 2 -> checkpoint(body);
            case 3 -> sale(body);
            case 4 -> cancellation(body);
            case 6 -> refund(body);
            case 7 -> abandoned(body);
            case 8 -> inDoubt(body);
            case 9 -> carried(body);
            case 11 -> closing(body);
            case 12 -> event(body);
            case 13 -> rules(body);
            case 14 -> clock(body);
            case 16 -> training(body);
            case 17 -> retirement(body);
            default -> throw new Damage("an entry of a kind that nobody knows: " + kind);
        };
    }

    private static Body checkpoint(Value body) throws Damage {
        byte[] received =
                Fields.of("a checkpoint received", body, List.of(1), NONE).bytes(1);
        try {
            return new Body.CheckpointReceived(Checkpoint.read(received));
        } catch (Damage damage) {
            throw damage.in("the checkpoint received");
        }
    }

    private static Body genesis(Value body) throws Damage {
        Fields fields = Fields.of("the genesis", body, List.of(1, 2, 3, 4), List.of(5));
        List<Digest> chain = new ArrayList<>();
        for (Value hash : fields.items(2)) {
            chain.add(digest("a certificate's hash", hash));
        }
        fields.text(4);
        if (fields.has(5)) {
            List<Value> last = fields.items(5, 3);
            Fields.uint("the epoch before", last.get(0));
            Fields.uint("the last number before", last.get(1));
            digest("the last hash before", last.get(2));
        }
        return new Body.Genesis(fields.uint(1), List.copyOf(chain), fields.text(3), fields.has(5));
    }

    private static Body sale(Value body) throws Damage {
        Fields fields = Fields.of("the sale", body, List.of(1, 2, 3, 4, 5), List.of(6, 7, 8, 9));
        List<Value> scheme = fields.items(3, 2);
        if (!(scheme.get(0) instanceof Value.Text)) {
            throw new Damage("the sale, scheme: not a text");
        }
        Fields.uint("the sale, scheme version,", scheme.get(1));
        long priceCents = 0;
        for (Value line : fields.items(4)) {
            priceCents = add(priceCents, linePriceCents(line));
        }
        fields.digest(5);
        if (fields.has(7)) {
            sealed(fields.bytes(7));
        }
        if (fields.has(8)) {
            price(fields.items(8, 3));
        }
        if (fields.has(9) && fields.uint(9) == 0) {
            throw new Damage("the sale: a card that was to pay nothing");
        }
        Optional<CardProof> card = fields.has(6) ? Optional.of(CardProof.read(fields.value(6))) : Optional.empty();
        List<Value> terms = List.of(fields.value(2), fields.value(3), fields.value(4), fields.value(5));
        return new Body.Sale(saleNumber(fields), fields.text(2), terms, priceCents, card);
    }

    private static void price(List<Value> chosen) throws Damage {
        if (!(chosen.get(0) instanceof Value.Text)) {
            throw new Damage("the price chosen: its choice is not a text");
        }
        Fields.uint("the price chosen, fair,", chosen.get(1));
        Fields.uint("the price chosen, paid,", chosen.get(2));
    }

    private static void labels(Value value) throws Damage {
        String before = "";
        for (Value label : Fields.items("a line, labels", value)) {
            if (!(label instanceof Value.Text text) || !text.value().matches("[a-z][a-z0-9-]{0,39}")) {
                throw new Damage("a line, labels: one is no small word");
            }
            if (text.value().compareTo(before) <= 0) {
                throw new Damage("a line, labels: out of order");
            }
            before = text.value();
        }
        if (before.isEmpty()) {
            throw new Damage("a line, labels: none of them");
        }
    }

    private static long linePriceCents(Value line) throws Damage {
        List<Value> parts = Fields.items("a line", line);
        if (parts.size() != 5 && parts.size() != 6) {
            throw new Damage("a line of " + parts.size() + " parts, not 5 or 6");
        }
        if (parts.size() == 6) {
            labels(parts.get(5));
        }
        if (!(parts.get(0) instanceof Value.Text)) {
            throw new Damage("a line, family: not a text");
        }
        Fields.uint("a line, quantity,", parts.get(1));
        Fields.uint("a line, VAT rate,", parts.get(3));
        long coverage = Fields.uint("a line, coverage,", parts.get(4));
        if (coverage < 1 || coverage > 100) {
            throw new Damage("a line covered by " + coverage + " per cent");
        }
        return Fields.uint("a line, price,", parts.get(2));
    }

    private static long add(long sum, long next) throws Damage {
        try {
            return Math.addExact(sum, next);
        } catch (ArithmeticException overflow) {
            throw new Damage("lines that cost more than can be counted");
        }
    }

    private static Body cancellation(Value body) throws Damage {
        Fields fields = Fields.of("the cancellation", body, List.of(1, 2, 3, 4), List.of(5, 6));
        requireWithin("the reason", fields.uint(3), 3);
        fields.digest(4);
        if (fields.has(6)) {
            sealed(fields.bytes(6));
        }
        Optional<CardProof> card = fields.has(5) ? Optional.of(CardProof.read(fields.value(5))) : Optional.empty();
        List<Value> terms = List.of(fields.value(2), fields.value(3), fields.value(4));
        return new Body.Cancellation(saleNumber(fields), fields.digest(2), terms, card);
    }

    private static Body refund(Value body) throws Damage {
        Fields fields = Fields.of("the refund request", body, List.of(1, 2), NONE);
        return new Body.RefundRequest(saleNumber(fields), CardProof.read(fields.value(2)));
    }

    private static Body abandoned(Value body) throws Damage {
        Fields fields = Fields.of("the abandoned sale", body, List.of(1, 2), List.of(3));
        requireWithin("the reason", fields.uint(2), 4);
        return new Body.Abandoned(saleNumber(fields), marked(fields, 3));
    }

    private static Body inDoubt(Value body) throws Damage {
        Fields fields = Fields.of("the sale in doubt", body, List.of(1, 2, 3, 4, 5), List.of(6, 7));
        fields.bytes(2, 8);
        fields.uint(3);
        for (Value delta : fields.items(4, 3)) {
            if (!(delta instanceof Value.Whole)) {
                throw new Damage("the sale in doubt, deltas: not numbers");
            }
        }
        fields.digest(5);
        if (fields.has(6)) {
            fields.bytes(6);
        }
        return new Body.InDoubt(saleNumber(fields), marked(fields, 7));
    }

    private static Body carried(Value body) throws Damage {
        Fields fields = Fields.of("the record carried", body, NONE, List.of(1, 2));
        if (fields.has(1) == fields.has(2)) {
            throw new Damage("a record carried is either open or sealed");
        }
        if (fields.has(2)) {
            sealed(fields.bytes(2));
            return new Body.RecordCarried(Optional.empty());
        }
        return new Body.RecordCarried(Optional.of(CardProof.read(fields.value(1))));
    }

    private static Body closing(Value body) throws Damage {
        Fields fields = Fields.of("the closing", body, List.of(1, 2, 3, 4, 5, 6), List.of(7));
        int period = (int) requireWithin("the closing's kind", fields.uint(1), 3);
        String form = switch (period) {
            case 1 -> "\\d{4}-\\d\\d-\\d\\d";
            case 2 -> "\\d{4}-\\d\\d";
            default -> "\\d{4}";
        };
        if (!fields.text(2).matches(form)) {
            throw new Damage("the closing's day is none");
        }
        fields.digest(6);
        long[] cancelled = new long[3];
        if (fields.has(7)) {
            List<Value> said = fields.items(7, 3);
            for (int i = 0; i < 3; i++) {
                cancelled[i] = Fields.uint("the closing, cancelled,", said.get(i));
            }
            if (cancelled[0] == 0 && cancelled[1] == 0 && cancelled[2] == 0) {
                throw new Damage("the closing names cancellations where there are none");
            }
        }
        return new Body.Closing(
                period, fields.uint(3), fields.uint(4), fields.uint(5), cancelled[0], cancelled[1], cancelled[2]);
    }

    private static Body event(Value body) throws Damage {
        Fields fields = Fields.of("the technical event", body, List.of(1), List.of(2));
        // Codes are added as terminals learn to say more; the contract's type is any number.
        long code = fields.uint(1);
        if (fields.has(2)) {
            fields.text(2);
        }
        return code == TRAINING_BEGINS
                ? new Body.Training.Begins()
                : code == TRAINING_ENDS ? new Body.Training.Ends() : new Body.Note();
    }

    private static Body rules(Value body) throws Damage {
        Fields fields = Fields.of("the rules applied", body, List.of(1, 2, 3, 4), NONE);
        fields.text(1);
        fields.uint(2);
        fields.digest(3);
        fields.digest(4);
        return new Body.Note();
    }

    private static Body clock(Value body) throws Damage {
        Fields fields = Fields.of("the clock adjusted", body, List.of(1, 2), NONE);
        fields.uint(1);
        fields.uint(2);
        return new Body.Note();
    }

    private static Body training(Value body) throws Damage {
        Fields fields = Fields.of("the training sale", body, List.of(1, 2, 3, 4), NONE);
        if (fields.uint(1) == 0) {
            throw new Damage("a training sale without a number");
        }
        if (fields.uint(3) > fields.uint(2)) {
            throw new Damage("training sale " + fields.uint(1) + ": a card would pay more than all");
        }
        fields.digest(4);
        return new Body.Training.Sale(fields.uint(1));
    }

    private static Body retirement(Value body) throws Damage {
        Fields fields = Fields.of("the retirement", body, List.of(1), NONE);
        if (fields.uint(1) < 1 || fields.uint(1) > 2) {
            throw new Damage("a retirement for reason " + fields.uint(1));
        }
        return new Body.Retirement();
    }

    /** A mark is there and says yes, or is not there. */
    private static boolean marked(Fields fields, int key) throws Damage {
        if (fields.has(key) && !fields.truth(key)) {
            throw new Damage("a mark that says no");
        }
        return fields.has(key);
    }

    private static long saleNumber(Fields fields) throws Damage {
        if (fields.uint(1) == 0) {
            throw new Damage("a sale without a number");
        }
        return fields.uint(1);
    }

    private static long requireWithin(String what, long value, long last) throws Damage {
        if (value < 1 || value > last) {
            throw new Damage(what + " is " + value + ", not from 1 to " + last);
        }
        return value;
    }

    private static Digest digest(String what, Value value) throws Damage {
        if (value instanceof Value.Bytes bytes && bytes.value().length == Digest.BYTES) {
            return Digest.read(bytes.value());
        }
        throw new Damage(what + " is no hash");
    }

    private static void sealed(byte[] bytes) throws Damage {
        try {
            ItemStream.requireOne(bytes);
        } catch (Damage damage) {
            throw damage.in("the sealed record");
        }
    }
}
