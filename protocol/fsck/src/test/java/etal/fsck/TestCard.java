package etal.fsck;

import etal.protocol.card.Balances;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Deltas;
import etal.protocol.cose.P256;
import etal.protocol.ledger.CardProof;
import java.nio.ByteBuffer;

/** A card for tests that signs whatever it is told. */
final class TestCard {
    private static final int PERIOD = 63;

    private final byte[] scalar;
    private final byte[] certificate;
    long counter;
    Balances balances = new Balances(0, 0, 0);

    TestCard(TestFund.Identity authority, long id) {
        this(authority, id, 1);
    }

    TestCard(TestFund.Identity authority, long id, long fund) {
        scalar = TestFund.scalar("card " + id);
        byte[] key = P256.compress(P256.publicKey(scalar));
        certificate = CardCertificate.sign(fund, 1, idBytes(id), key, 200, 0, authority::sign)
                .encode();
    }

    static byte[] idBytes(long id) {
        return ByteBuffer.allocate(8).putLong(id).array();
    }

    CardProof debit(long terminal, long epoch, long sale, Deltas deltas, byte[] intentHash) {
        return record(CardRecord.Tag.DEBIT, terminal, epoch, sale, deltas, intentHash);
    }

    CardProof load(long terminal, long epoch, long cents) {
        return record(CardRecord.Tag.LOAD, terminal, epoch, 0, new Deltas(cents, 0, 0), new byte[32]);
    }

    CardProof record(CardRecord.Tag tag, long terminal, long epoch, long sale, Deltas deltas, byte[] intentHash) {
        counter++;
        balances = new Balances(
                balances.allocation() + deltas.allocation(),
                balances.bonus() + deltas.bonus(),
                balances.earnable() + deltas.earnable());
        byte[] record = new CardRecord(
                        tag, counter, terminal, epoch, sale, deltas, balances, PERIOD, 1_743_580_800L, intentHash)
                .encode();
        return new CardProof(certificate, record, P256.sign(scalar, record));
    }
}
