package etal.terminal.archive;

import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.util.List;

/** A table of what was sold for practice in a period: apart from the sales, because nothing was sold. Stateless. */
final class TrainingTable {
    private TrainingTable() {}

    static byte[] of(List<SignedEntry> stretch, Kept kept) {
        Table table = new Table("numero,heure,exercice,total_centimes,carte_centimes,details_joints,sel");
        for (SignedEntry signed : stretch) {
            if (signed.entry().body() instanceof Body.TrainingSale practised) {
                long number = signed.entry().number();
                Kept.Secret secret = kept.details().get(number);
                table.row(
                        number,
                        EntryTable.time(signed, kept.zone()),
                        practised.practice(),
                        practised.totalCents(),
                        practised.cardCents(),
                        EntryTable.yes(secret != null),
                        secret == null ? "" : Hash.hex(secret.salt()));
            }
        }
        return table.bytes();
    }
}
