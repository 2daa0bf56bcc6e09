package etal.provisioning.cards;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.card.Entitlement;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.HashSet;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The real applet, its power cut at every write of every step of personalisation. */
class TornPersonalisationTest {
    private static final Entitlement ENTITLEMENT = Entitlement.monthly(15_000, 63, 74, 1);
    private static final int COMMANDS = 9;

    @TempDir
    Path directory;

    /** The card on the reader, torn at one write of one command. */
    private static CardChannel torn(VirtualCard card, int command, int write) {
        var commands = new int[1];
        return apdu -> {
            if (++commands[0] == command) {
                card.tearAtWrite(write);
            }
            return transmit(card, apdu);
        };
    }

    private static byte[] transmit(VirtualCard card, byte[] apdu) throws CardGone {
        try {
            return card.transmit(apdu);
        } catch (Torn e) {
            throw new CardGone("The card was torn.", e);
        }
    }

    private static boolean tearsBeforeTheEnd(CardIssuer issuer, CardChannel channel) throws Exception {
        try {
            assertInstanceOf(CardOutcome.Issued.class, issuer.personalise(channel, ENTITLEMENT, 120, false));
            return false;
        } catch (CardGone e) {
            return true;
        }
    }

    @Test
    void a_card_torn_at_any_write_is_issued_once_when_it_comes_back() throws Exception {
        var clock = new ManualClock(Instant.parse("2025-04-01T08:00:00Z"));
        var entropy = new SeededEntropy(21);
        Authority authority = Authority.init(directory.resolve("ca"), 1, clock, entropy);
        authority.issueService(Role.HUB_DOCUMENTS, P256.publicKey(P256.newScalar(entropy::fill)));
        CardList list = CardList.open(directory.resolve("cards.log"));
        var issuer = new CardIssuer(authority, list, clock, entropy);
        int tears = 0;
        int cards = 0;
        for (int command = 1; command <= COMMANDS; command++) {
            boolean torn = true;
            for (int write = 1; torn; write++) {
                VirtualCard card = VirtualCard.create(entropy.bytes(16));
                torn = tearsBeforeTheEnd(issuer, torn(card, command, write));
                cards++;
                if (torn) {
                    tears++;
                    var back = issuer.personalise(apdu -> transmit(card, apdu), ENTITLEMENT, 120, false);
                    assertInstanceOf(CardOutcome.Issued.class, back, "command " + command + ", write " + write);
                }
                assertIssued(card, list, cards);
            }
        }
        assertTrue(tears >= COMMANDS - 1, "only " + tears + " tears");
        assertEquals(
                cards, new HashSet<>(list.issued().stream().map(IssuedCard::id).toList()).size());
    }

    private static void assertIssued(VirtualCard card, CardList list, int cards) throws Exception {
        var selected = Answers.select(transmit(card, Commands.select()));
        assertEquals(list.issued().getLast().certificate(), selected.certificate());
        assertEquals(cards, list.issued().size());
    }
}
