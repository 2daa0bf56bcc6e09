package etal.terminal.sale;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.Signal;
import etal.protocol.Said;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Entitlement;
import etal.protocol.card.StatusWord;
import etal.protocol.cose.P256;
import etal.protocol.ledger.Body;
import etal.protocol.money.Unit;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.Topics;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.main.TestCard;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.speech.TillSpeech;
import etal.virtualcard.BankCard;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.Random;
import java.util.TreeSet;
import java.util.function.Consumer;
import org.junit.jupiter.api.Test;

/**
 * Whatever is laid down in place of a good card, the till says which it is, in a word of its own; nothing is lost and the
 * next good card pays.
 *
 * <pre>
 * till                                   what lies there
 *  |-- SELECT our application ---------------->|
 *  |<-- 6A 82 ---------------------------------|  no food card
 *  |-- SELECT list of payment applications --->|
 *  |<-- 90 00: a bank card, or a telephone ----|  told apart by the identifier; nothing more is asked
 * </pre>
 */
class OwnWordTest {
    private static final long SISTER = 901;

    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    /** What lies there, and the word it gets. */
    private record Case(String word, Signal.Outcome light, Consumer<OwnWordTest> laidDown) {}

    private static final List<Case> CASES = List.of(
            new Case("one-card-only", Signal.Outcome.PRESENT_AGAIN, test -> test.market.reader.collide()),
            new Case("card-phone", Signal.Outcome.REFUSED, test -> test.lay(payment(new byte[] {8, 1, 2, 3}))),
            new Case("card-bank_card", Signal.Outcome.REFUSED, test -> test.lay(payment(new byte[7]))),
            new Case("card-not_a_food_card", Signal.Outcome.REFUSED, test -> test.market.reader.unfit()),
            new Case("card-other_fund", Signal.Outcome.REFUSED, test -> test.lay(cardOf(77))),
            new Case("card-sister_fund", Signal.Outcome.REFUSED, test -> test.lay(cardOf(SISTER))),
            new Case("card-not_genuine", Signal.Outcome.REFUSED, test -> test.lay(cardOf(1))),
            new Case("card-expired", Signal.Outcome.REFUSED, test -> test.market.tap(test.expired())),
            new Case(
                    "card-test_card",
                    Signal.Outcome.REFUSED,
                    test -> test.market.tap(new TestCard(test.fund.testCard(5)))),
            new Case(
                    "card-not_ready",
                    Signal.Outcome.REFUSED,
                    test -> test.market.tap(new TestCard(test.fund.unlockedCard(9)))),
            new Case("card-denied", Signal.Outcome.REFUSED, test -> test.market.tap(test.denied())),
            new Case("card-rolled-back", Signal.Outcome.REFUSED, OwnWordTest::rolledBack),
            new Case("card-too-slow", Signal.Outcome.PRESENT_AGAIN, test -> test.lay(OwnWordTest::silent)));

    @Test
    void each_has_its_own_word_and_light_and_the_next_good_card_pays() {
        for (Case one : CASES) {
            OwnWordTest fresh = new OwnWordTest();
            fresh.agreeWithSister();
            fresh.ringUp("b1");
            fresh.market.signal.takeShown();
            one.laidDown.accept(fresh);
            fresh.market.loop.runUntilIdle();

            TillBasket basket = fresh.market.look("b1");
            assertEquals(one.word, basket.said().key());
            assertEquals(one.light, fresh.market.signal.takeShown().getLast(), one.word);
            fresh.market.reader.withdraw();
            fresh.market.loop.runUntilIdle();
            fresh.market.tap(new TestCard(fresh.fund.card(2)));
            assertEquals(BasketState.PAID, fresh.market.look("b1").state(), one.word);
        }
    }

    @Test
    void no_two_of_the_words_are_the_same_sentence_in_either_language() {
        for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
            TreeSet<String> sentences = new TreeSet<>();
            for (Case one : CASES) {
                assertTrue(
                        sentences.add(TillSpeech.in(locale, Unit.EURO).speak(Said.of(one.word))),
                        one.word + " says what another one says");
            }
        }
    }

    @Test
    void of_a_bank_card_nothing_is_asked_but_whether_it_is_one() {
        ringUp("b1");
        List<String> asked = new ArrayList<>();
        CardChannel bank = payment(new byte[7]);
        lay(apdu -> {
            asked.add(apdu[1] + " " + new String(apdu, 5, apdu.length - 6, StandardCharsets.ISO_8859_1));
            return bank.transmit(apdu);
        });

        assertEquals(2, asked.size(), "SELECT ours, SELECT the payment list: " + asked);
        assertTrue(asked.getLast().endsWith("2PAY.SYS.DDF01"));
    }

    @Test
    void a_bank_card_refuses_our_application_as_iso_7816_says() {
        assertEquals(
                StatusWord.NO_SUCH_APPLICATION,
                Answers.statusWord(new BankCard("a bank's").transmit(Commands.select())));
    }

    @Test
    void a_card_that_nobody_has_locked_is_asked_for_nothing_but_who_it_is() {
        ringUp("b1");
        TestCard unlocked = new TestCard(fund.unlockedCard(9));
        market.tap(unlocked);

        assertEquals(1, unlocked.takeInstructions().size(), "SELECT alone");
        assertEquals(List.of(), market.bodies(Body.Sale.class));
    }

    @Test
    void a_bank_card_in_the_wallet_pulled_away_while_it_is_asked_is_asked_for_again() {
        ringUp("b1");
        CardChannel bank = payment(new byte[7]);
        lay(apdu -> {
            if (apdu.length > Commands.select().length) {
                throw new CardGone("pulled out");
            }
            return bank.transmit(apdu);
        });

        assertEquals("present-again", market.look("b1").said().key());
        assertEquals(List.of(), market.bodies(Body.Abandoned.class));
    }

    @Test
    void an_answer_of_any_kind_gets_a_word() {
        long seed = 5;
        Random random = new Random(seed);
        ringUp("b1");
        for (int i = 0; i < 300; i++) {
            lay(apdu -> {
                byte[] answer = new byte[random.nextInt(140)];
                random.nextBytes(answer);
                if (answer.length >= 2 && random.nextBoolean()) {
                    answer[answer.length - 2] = (byte) 0x90;
                    answer[answer.length - 1] = 0;
                }
                return answer;
            });
            assertFalse(market.look("b1").state().over(), "seed " + seed + ", card " + i);
        }
        market.tap(new TestCard(fund.card(2)));
        assertEquals(BasketState.PAID, market.look("b1").state());
    }

    private void ringUp(String key) {
        market.ringUp(key, new Wanted("milk", 1));
        TestTill.basket(market.stall().awaitCard(key));
    }

    private void lay(CardChannel card) {
        market.reader.present(card);
        market.loop.runUntilIdle();
        market.reader.withdraw();
        market.loop.runUntilIdle();
    }

    /** The fund's second version of its rules, in which it has a sister. */
    private void agreeWithSister() {
        String rules = SchemeFile.dieulefit()
                .replaceFirst("(?m)^version: .*$", "version: 2")
                .replaceFirst(
                        "(?m)^funding:$",
                        "funding:\n  sisters:\n    - { fund: " + SISTER + ", name: Caisse voisine, saleMost: 75 }");
        byte[] scheme = fund.document(Document.SCHEME, 2, rules.getBytes(StandardCharsets.UTF_8));
        market.link.deliver(Topics.doc(1, Document.SCHEME, 2), scheme);
        market.loop.runUntilIdle();
    }

    private static CardChannel payment(byte[] uid) {
        BankCard card = new BankCard("a bank's");
        return new CardChannel() {
            @Override
            public byte[] transmit(byte[] apdu) {
                return card.transmit(apdu);
            }

            @Override
            public Optional<byte[]> uid() {
                return Optional.of(uid);
            }
        };
    }

    /** A card that says it is of that fund, signed by nobody whom the till knows. */
    private static CardChannel cardOf(long fundNumber) {
        byte[] scalar = new byte[32];
        Arrays.fill(scalar, (byte) 7);
        byte[] key = P256.compress(P256.publicKey(scalar));
        CardCertificate certificate = CardCertificate.sign(
                fundNumber, 1, new byte[8], key, TestFund.APRIL + 24, 0, message -> P256.sign(scalar, message));
        byte[] answer = ByteBuffer.allocate(127)
                .put(new byte[] {1, 0, 1})
                .put(certificate.encode())
                .putLong(42)
                .putShort((short) 0x9000)
                .array();
        return apdu -> answer;
    }

    private TestCard expired() {
        Entitlement entitlement = Entitlement.monthly(20_000, TestFund.APRIL, TestFund.APRIL, 1);
        return new TestCard(fund.card(6, entitlement, TestFund.APRIL - 1));
    }

    private TestCard denied() {
        DenyList list = DenyList.of(List.of(TestFund.cardId(7)));
        market.link.deliver(Topics.doc(1, Document.DENY, 1), fund.document(Document.DENY, 1, list.encode()));
        market.loop.runUntilIdle();
        return new TestCard(fund.card(7));
    }

    /** A card that has paid here, and then its own state of before. */
    private void rolledBack() {
        ringUp("b0");
        market.tap(new TestCard(fund.card(8)));
        TestTill.basket(market.stall().awaitCard("b1"));
        market.tap(new TestCard(fund.card(8)));
    }

    private static byte[] silent(byte[] apdu) throws CardGone {
        throw CardGone.silent("no answer to " + apdu.length + " bytes");
    }
}
