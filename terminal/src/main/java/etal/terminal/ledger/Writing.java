package etal.terminal.ledger;

import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.sync.SignedCheckpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Entries being appended within one transaction, together with the state they change. Lives no longer than it.
 *
 * <p>An acknowledgement not yet recorded is recorded before the first other entry: an entry of its own for each would only
 * call for the next acknowledgement. Within a training nothing that moves value can be appended. Where the entries before turned out to be of a wrong time, an entry says so before time
 * goes back.
 */
public final class Writing {
    private final Connection connection;
    private final Identity identity;
    private final TimeOfEntries time;
    private final List<SignedEntry> appended = new ArrayList<>();
    private Head head;
    private @Nullable SignedCheckpoint unrecorded;
    private Body.@Nullable RulesApplied rules;
    private boolean training;

    Writing(
            Connection connection,
            Identity identity,
            TimeOfEntries time,
            Head head,
            @Nullable SignedCheckpoint unrecorded,
            Body.@Nullable RulesApplied rules,
            boolean training) {
        this.connection = connection;
        this.identity = identity;
        this.time = time;
        this.head = head;
        this.unrecorded = unrecorded;
        this.rules = rules;
        this.training = training;
    }

    /** For the tables that change with the entries. */
    public Connection connection() {
        return connection;
    }

    /** Signs and appends one entry; durable once the whole transaction is. */
    public SignedEntry append(Body body) throws SQLException {
        if (!fits(body)) {
            throw new IllegalStateException(
                    "an entry of kind " + body.kind() + (training ? " within a training" : " outside of any training"));
        }
        long nextMillis = time.notBefore(head.timeMillis());
        if (head.number() > 0 && nextMillis < head.timeMillis()) {
            chain(new Body.ClockAdjusted(head.timeMillis(), nextMillis));
        }
        SignedCheckpoint checkpoint = unrecorded;
        if (checkpoint != null && head.number() > 0) {
            unrecorded = null;
            chain(new Body.CheckpointReceived(checkpoint.bytes()));
        }
        return chain(body);
    }

    private SignedEntry chain(Body body) throws SQLException {
        Entry entry = new Entry(
                identity.id().terminal(),
                identity.id().epoch(),
                head.number() + 1,
                head.hash(),
                time.notBefore(head.timeMillis()),
                time.trusted(),
                body);
        SignedEntry signed = SignedEntry.sign(entry, identity.kid(), identity.signer()::sign);
        Sql.update(connection, "INSERT INTO entry(number, bytes) VALUES(?, ?)", entry.number(), signed.bytes());
        Derived.note(connection, entry);
        head = new Head(entry.number(), signed.hash(), entry.timeMillis());
        appended.add(signed);
        switch (body) {
            case Body.RulesApplied applied -> rules = applied;
            case Body.TechnicalEvent event -> training = OwnChain.training(training, event);
            default -> {}
        }
        return signed;
    }

    /** Whoever practises can book nothing, whatever the rest of the program does. */
    private boolean fits(Body body) {
        return switch (body) {
            case Body.Sale sale -> !training;
            case Body.Cancellation cancellation -> !training;
            case Body.RefundRequest request -> !training;
            case Body.RecordCarried carried -> !training;
            case Body.TrainingSale practised -> training;
            case Body.TechnicalEvent event when event.code() == Body.TechnicalEvent.TRAINING_BEGUN -> !training;
            case Body.TechnicalEvent event when event.code() == Body.TechnicalEvent.TRAINING_ENDED -> training;
            default -> true;
        };
    }

    /** Where the chain ends within this transaction. */
    public Head head() {
        return head;
    }

    /** The rules that hold for the next sale; null before the first. */
    public Body.@Nullable RulesApplied rules() {
        return rules;
    }

    boolean training() {
        return training;
    }

    List<SignedEntry> appended() {
        return appended;
    }

    boolean recorded() {
        return unrecorded == null;
    }
}
