package etal.terminal.practice;

import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.Details;
import etal.terminal.ledger.Ledger;
import etal.terminal.ledger.Sql;
import etal.terminal.ledger.TerminalStore;

/**
 * All that a till which practises writes: when a training begins and ends, and each training sale. Within a training the
 * ledger takes nothing that moves value. Used from the loop only.
 */
final class PracticeBook {
    private final Ledger ledger;
    private final Entropy entropy;

    PracticeBook(Ledger ledger, Entropy entropy) {
        this.ledger = ledger;
        this.entropy = entropy;
    }

    /** Where a training sale stands: its own number, and that of its entry. */
    record Entered(long practice, long entry) {}

    /** Something was sold for practice. */
    Entered sold(Details details) throws StorageFailed {
        byte[] salt = entropy.bytes(Details.SALT_LENGTH);
        byte[] blob = details.encode();
        return ledger.commit(writing -> {
            long practice = TerminalStore.counter(writing.connection(), TerminalStore.PRACTISED) + 1;
            SignedEntry entry = writing.append(new Body.TrainingSale(
                    practice, details.basket().totalCents(), details.cardCents(), Details.hash(salt, blob)));
            Sql.update(
                    writing.connection(),
                    // Neither a sale's nor a closing's: no closing looks for it.
                    "INSERT INTO details(entry, salt, blob, closing) VALUES(?, ?, ?, 2)",
                    entry.entry().number(),
                    salt,
                    blob);
            return new Entered(practice, entry.entry().number());
        });
    }

    void begin() throws StorageFailed {
        ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.TRAINING_BEGUN, null)));
    }

    void end() throws StorageFailed {
        ledger.commit(writing -> writing.append(new Body.TechnicalEvent(Body.TechnicalEvent.TRAINING_ENDED, null)));
    }

    /** How often something was sold for practice, in all trainings of this ledger. */
    long sales() throws StorageFailed {
        return counted(TerminalStore.PRACTISED);
    }

    /** When the last training began, milliseconds since 1970; 0 if there was none. */
    long sinceMillis() throws StorageFailed {
        return counted(TerminalStore.TRAINING_SINCE);
    }

    private long counted(String counter) throws StorageFailed {
        return ledger.store().inTransaction(connection -> TerminalStore.counter(connection, counter));
    }
}
