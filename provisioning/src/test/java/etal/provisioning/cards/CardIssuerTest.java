package etal.provisioning.cards;

import static org.junit.jupiter.api.Assertions.assertArrayEquals;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Arrays;
import java.util.List;
import org.bouncycastle.cert.X509CertificateHolder;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

class CardIssuerTest {
    private static final Entitlement ENTITLEMENT = Entitlement.monthly(15_000, 63, 74, 1);
    private static final int LAST_PERIOD = 120;
    private static final int COMMANDS = 9;

    @TempDir
    Path directory;

    private final SeededEntropy entropy = new SeededEntropy(5);
    private Authority authority;

    @BeforeEach
    void an_authority_that_has_certified_the_hub() throws StorageFailed {
        authority = Authority.init(
                directory.resolve("ca"), 1, new ManualClock(Instant.parse("2025-04-01T08:00:00Z")), entropy);
        authority.issueService(Role.HUB_DOCUMENTS, P256.publicKey(P256.newScalar(entropy::fill)));
    }

    /** An issuer as after a start: everything it knows comes from the journal. */
    private CardIssuer issuer() throws StorageFailed {
        var clock = new ManualClock(Instant.parse("2025-04-01T09:00:00Z"));
        return new CardIssuer(authority, list(), clock, entropy);
    }

    private CardList list() throws StorageFailed {
        return CardList.open(directory.resolve("cards/cards.log"));
    }

    private CardOutcome personalise(CardChannel card) throws Exception {
        return issuer().personalise(card, ENTITLEMENT, LAST_PERIOD, false);
    }

    @Test
    void a_blank_card_becomes_the_funds_card() throws Exception {
        var card = new SoftCard(entropy);
        var issued =
                assertInstanceOf(CardOutcome.Issued.class, personalise(card)).card();
        assertTrue(card.locked());
        var certificate = CardCertificate.decode(card.certificate());
        assertEquals(certificate, issued.certificate());
        byte[] cardAuthority = authority.certifierCertificates().get(1);
        assertTrue(certificate.verify(new X509CertificateHolder(cardAuthority)
                .getSubjectPublicKeyInfo()
                .getPublicKeyData()
                .getOctets()));
        assertArrayEquals(P256.compress(card.publicKey()), certificate.publicKey33());
        assertEquals(List.of(issued), list().issued());
    }

    @Test
    void a_card_presented_twice_is_issued_once() throws Exception {
        var card = new SoftCard(entropy);
        var first = assertInstanceOf(CardOutcome.Issued.class, personalise(card));
        assertEquals(new CardOutcome.AlreadyIssued(first.card()), personalise(card));
        assertEquals(1, list().issued().size());
    }

    @Test
    void a_card_that_leaves_at_any_command_is_issued_once_when_it_comes_back() throws Exception {
        for (int command = 1; command <= COMMANDS; command++) {
            for (boolean afterDoing : new boolean[] {false, true}) {
                var card = new SoftCard(entropy);
                int before = list().issued().size();
                card.leaveAt(command, afterDoing);
                assertThrows(CardGone.class, () -> personalise(card));
                card.present();
                var issued = assertInstanceOf(CardOutcome.Issued.class, personalise(card));
                assertArrayEquals(
                        card.certificate(), issued.card().certificate().encode());
                assertEquals(before + 1, list().issued().size(), "command " + command + ", " + afterDoing);
            }
        }
        long ids = list().issued().stream().map(IssuedCard::id).distinct().count();
        assertEquals(2 * COMMANDS, ids);
    }

    @Test
    void a_journal_cut_at_any_byte_after_the_lock_still_finds_the_card() throws Exception {
        var card = new SoftCard(entropy);
        var issued =
                assertInstanceOf(CardOutcome.Issued.class, personalise(card)).card();
        Path log = directory.resolve("cards/cards.log");
        byte[] whole = Files.readAllBytes(log);
        int begun = new String(whole, StandardCharsets.UTF_8).indexOf('\n') + 1;
        for (int cut = begun; cut < whole.length; cut++) {
            Files.write(log, Arrays.copyOf(whole, cut));
            assertEquals(List.of(issued), list().pending());
            assertEquals(new CardOutcome.Issued(issued, true), personalise(card));
            assertEquals(List.of(issued), list().issued());
        }
    }

    @Test
    void a_card_of_another_list_is_left_alone() throws Exception {
        var card = new SoftCard(entropy);
        personalise(card);
        Files.delete(directory.resolve("cards/cards.log"));
        assertInstanceOf(CardOutcome.Foreign.class, personalise(card));
        assertTrue(list().issued().isEmpty());
    }

    @Test
    void a_card_made_after_a_key_update_has_the_new_key_and_its_generation() throws Exception {
        byte[] next = P256.newScalar(new SeededEntropy(5)::fill);
        KeyUpdate update = authority.updateKey(KeySlot.ISSUING_1, P256.publicKey(next));
        VirtualCard card = VirtualCard.create(new byte[] {5});
        assertInstanceOf(CardOutcome.Issued.class, personalise(apdu -> transmit(card, apdu)));
        var selected = Answers.select(transmit(card, Commands.select()));
        assertEquals(update.generation(), selected.keyGeneration());
        assertEquals(2, selected.keyGeneration());
        assertFalse(selected.personalising());
    }

    private static byte[] transmit(VirtualCard card, byte[] apdu) throws CardGone {
        try {
            return card.transmit(apdu);
        } catch (Torn e) {
            throw new CardGone("The card was torn.", e);
        }
    }

    @Test
    void two_chips_with_one_key_are_found_out() throws Exception {
        personalise(new SoftCard(new SeededEntropy(9)));
        var twin = assertInstanceOf(CardOutcome.Unsound.class, personalise(new SoftCard(new SeededEntropy(9))));
        assertEquals("GENERATE KEY", twin.step());
    }

    @Test
    void a_lock_not_signed_by_the_cards_own_key_is_found_out() throws Exception {
        var card = new SoftCard(entropy);
        CardChannel forger = apdu -> {
            byte[] answer = card.transmit(apdu);
            if ((apdu[1] & 0xff) == 0xE8) {
                answer[10] ^= 1;
            }
            return answer;
        };
        assertEquals(
                "LOCK",
                assertInstanceOf(CardOutcome.Unsound.class, personalise(forger)).step());
        assertTrue(list().issued().isEmpty());
    }

    @Test
    void a_refusal_names_step_and_status_word() throws Exception {
        CardChannel refusing = apdu -> (apdu[1] & 0xff) == 0xE4
                ? new byte[] {0x6A, (byte) 0x80}
                : new SoftCard(new SeededEntropy(11)).transmit(apdu);
        assertEquals(new CardOutcome.Refused("PUT KEY TERMINAL_CA", 0x6A80), personalise(refusing));
    }

    @Test
    void before_the_hub_is_certified_no_card_is_begun() throws Exception {
        authority = Authority.init(
                directory.resolve("young"), 1, new ManualClock(Instant.parse("2025-04-01T08:00:00Z")), entropy);
        assertThrows(StorageFailed.class, () -> personalise(new SoftCard(entropy)));
        assertTrue(list().pending().isEmpty());
    }
}
