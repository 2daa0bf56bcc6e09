package etal.fleet.world.cards.office;

import etal.protocol.card.CardCertificate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.CardProof;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SignedEntry;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the operator reads of an entry that lies in quarantine. Stateless. */
public final class Lying {
    private Lying() {}

    /** The cards that it is about, hexadecimal. */
    public static List<String> cards(byte[] entry) {
        var cards = new ArrayList<String>();
        try {
            switch (SignedEntry.decode(entry).entry().body()) {
                // What the card has signed before is sealed to the hub: the operator reads whose it is by its own
                // record.
                case Body.Sale sale -> add(cards, sale.card());
                case Body.Cancellation cancellation -> add(cards, cancellation.card());
                case Body.RefundRequest refund -> add(cards, refund.card());
                case Body.RecordCarried carried -> add(cards, carried.card());
                default -> {
                    // No other entry names a card's record.
                }
            }
        } catch (Malformed nonsense) {
            return List.of();
        }
        return cards;
    }

    /** Which ledger it says it is of; empty when it does not read. */
    public static Optional<LedgerId> ledger(byte[] entry) {
        try {
            return Optional.of(SignedEntry.decode(entry).entry().ledger());
        } catch (Malformed nonsense) {
            return Optional.empty();
        }
    }

    private static void add(List<String> cards, @Nullable CardProof proof) throws Malformed {
        if (proof != null) {
            cards.add(Hash.hex(CardCertificate.decode(proof.certificate()).cardId()));
        }
    }
}
