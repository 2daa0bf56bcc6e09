package etal.terminal.order;

import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Sealed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.trust.Role;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.stream.Stream;

/** What a till's ledger tells of cards' records; each is verified as it is read. */
final class CarriedRecords {
    private CarriedRecords() {}

    /** Records of a card that were made at that till beside payments, in the ledger's order. */
    static List<CardRecord> here(TestTill till, long card) {
        return till.bodies(Body.RecordCarried.class).stream()
                .map(Body.RecordCarried::card)
                .filter(Objects::nonNull)
                .filter(proof -> isOf(proof, card))
                .map(CarriedRecords::record)
                .toList();
    }

    /** Their tags. */
    static List<CardRecord.Tag> tags(TestTill till, long card) {
        return here(till, card).stream().map(CardRecord::tag).toList();
    }

    /** Records made elsewhere that this till carries to the hub, alone or with a sale; opened with the hub's key. */
    static List<CardRecord> fromElsewhere(TestTill till, TestFund fund, long card) {
        byte[] scalar = fund.authority.service(Role.HUB_SEAL).scalar();
        return till.bodies().stream()
                .flatMap(CarriedRecords::closed)
                .map(closed -> opened(closed, scalar))
                .filter(proof -> isOf(proof, card))
                .map(CarriedRecords::record)
                .toList();
    }

    private static Stream<byte[]> closed(Body body) {
        return switch (body) {
            case Body.RecordCarried carried -> Stream.ofNullable(carried.sealed());
            case Body.Sale sale -> Stream.ofNullable(sale.before());
            default -> Stream.empty();
        };
    }

    private static CardProof opened(byte[] closed, byte[] scalar) {
        try {
            return CardProof.decode(Sealed.open(closed, scalar));
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    static CardRecord record(CardProof proof) {
        try {
            CardRecord record = CardRecord.decode(proof.record());
            CardCertificate certificate = CardCertificate.decode(proof.certificate());
            if (!record.verify(certificate.publicKey33(), proof.signature())) {
                throw new AssertionError("a record whose signature does not hold");
            }
            return record;
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    private static boolean isOf(CardProof proof, long card) {
        try {
            return Arrays.equals(CardCertificate.decode(proof.certificate()).cardId(), TestFund.cardId(card));
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }
}
