package etal.provisioning.cards;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.CardRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.CardIssue;
import etal.provisioning.ca.CardKeys;
import java.util.Map;

/**
 * Makes blank cards the fund's cards: "Personalisation" in {@code protocol/docs/card.md}.
 *
 * <p>The order makes a crash harmless. The card's certificate is written into the authority's journal, then the card into
 * the list, then the card is locked, then it is ticked off. A card found locked and not ticked off is ticked off when it is
 * presented again; a card found unlocked makes a new key and gets a new id, so that no certificate is used for two keys.
 * Used by one thread.
 */
public final class CardIssuer {
    private static final int CARD_ID_LENGTH = 8;
    private static final int FLAGS_AT = 1;
    private static final int FLAG_PERSONALISING = 2;

    private final Authority authority;
    private final CardList list;
    private final Clock clock;
    private final Entropy entropy;

    /** The issuer of one fund, writing into {@code list}. The hub's documents key must have been certified before. */
    public CardIssuer(Authority authority, CardList list, Clock clock, Entropy entropy) {
        this.authority = authority;
        this.list = list;
        this.clock = clock;
        this.entropy = entropy;
    }

    /**
     * Personalises the card on the reader, or finds that it is done already.
     *
     * @param lastPeriod last period of the card's validity
     * @param test whether it is a test card, which buys nothing
     * @throws CardGone when it left; present it again and call again
     * @throws ReaderBroken when the reader failed; likewise
     * @throws StorageFailed when a journal cannot be written; nothing has been locked that is not written down
     */
    public CardOutcome personalise(CardChannel channel, Entitlement entitlement, int lastPeriod, boolean test)
            throws CardGone, ReaderBroken, StorageFailed {
        var step = new Step(channel);
        try {
            step.run("SELECT", Commands.select());
            byte[] selected = step.answer;
            if (selected.length <= FLAGS_AT) {
                return new CardOutcome.Unsound("SELECT", "The answer is too short.");
            }
            if ((selected[FLAGS_AT] & FLAG_PERSONALISING) == 0) {
                return locked(Answers.select(step.answer).certificate());
            }
            return issue(step, entitlement, lastPeriod, test ? CardCertificate.FLAG_TEST : 0);
        } catch (StepRefused e) {
            return new CardOutcome.Refused(step.name, e.statusWord);
        } catch (Malformed e) {
            return new CardOutcome.Unsound(step.name, String.valueOf(e.getMessage()));
        }
    }

    private CardOutcome locked(CardCertificate certificate) throws StorageFailed {
        var found = list.find(certificate);
        if (found.isEmpty()) {
            return new CardOutcome.Foreign(certificate);
        }
        IssuedCard card = found.get();
        if (list.isDone(card)) {
            return new CardOutcome.AlreadyIssued(card);
        }
        list.finish(card);
        return new CardOutcome.Issued(card, true);
    }

    private CardOutcome issue(Step step, Entitlement entitlement, int lastPeriod, int flags)
            throws CardGone, ReaderBroken, StorageFailed, StepRefused, Malformed {
        CardKeys trusted = authority.cardKeys();
        step.run("GENERATE KEY", Personalisation.generateKey());
        byte[] publicKey = Answers.publicKey(step.answer);
        P256.check(publicKey);
        var issue = authority.issueCard(entropy.bytes(CARD_ID_LENGTH), P256.compress(publicKey), lastPeriod, flags);
        if (!(issue instanceof CardIssue.Issued(CardCertificate certificate))) {
            return new CardOutcome.Unsound(step.name, "The chip gave a key that another card has.");
        }
        var card = new IssuedCard(certificate, entitlement);
        list.begin(card);
        put(step, card, trusted.keys());
        long now = clock.now().getEpochSecond();
        step.run("LOCK", Personalisation.lock(now, trusted.generation()));
        if (!CardRecord.first(now).verify(publicKey, Answers.lock(step.answer))) {
            return new CardOutcome.Unsound(step.name, "The first record is not signed by the card's key.");
        }
        list.finish(card);
        return new CardOutcome.Issued(card, false);
    }

    private static void put(Step step, IssuedCard card, Map<KeySlot, byte[]> trusted)
            throws CardGone, ReaderBroken, StepRefused {
        step.run("PUT CERTIFICATE", Personalisation.putCertificate(card.certificate()));
        for (var key : trusted.entrySet()) {
            step.run("PUT KEY " + key.getKey(), Personalisation.putKey(key.getKey(), key.getValue()));
        }
        step.run("PUT ENTITLEMENT", Personalisation.putEntitlement(card.entitlement()));
    }

    private static final class StepRefused extends Exception {
        private static final long serialVersionUID = 1;
        private final int statusWord;

        private StepRefused(int statusWord) {
            super("refused");
            this.statusWord = statusWord;
        }
    }

    private static final class Step {
        private final CardChannel channel;
        private String name = "";
        private byte[] answer = new byte[0];

        private Step(CardChannel channel) {
            this.channel = channel;
        }

        private void run(String command, byte[] apdu) throws CardGone, ReaderBroken, StepRefused {
            name = command;
            answer = channel.transmit(apdu);
            int statusWord = Answers.statusWord(answer);
            if (statusWord != StatusWord.DONE) {
                throw new StepRefused(statusWord);
            }
        }
    }
}
