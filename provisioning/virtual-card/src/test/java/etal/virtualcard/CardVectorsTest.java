package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;

import com.fasterxml.jackson.databind.node.ObjectNode;
import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Locale;
import java.util.Map;
import org.junit.jupiter.api.Test;

/**
 * The life of one card at one terminal, as {@code protocol/vectors/card-*.json} tell it for other implementations: from the
 * blank chip to the block order. {@code -Detal.vectors=write} writes them anew, for a change that is meant. That what they
 * say is sound, {@code CardFilesTest} in protocol checks without any card.
 */
class CardVectorsTest {
    /** Tests run in provisioning/virtual-card. */
    private static final Path DIRECTORY = Path.of("..", "..", "protocol", "vectors");

    private static final Entitlement ENTITLEMENT =
            new Entitlement(15_000, 2_500, 4_000, 0, TestFund.APRIL, TestFund.APRIL + 11, 2, 1);

    private final TestFund fund = TestFund.OURS;
    private final TestStall stall = new TestStall(fund, 3, 1);
    private final VirtualCard card = VirtualCard.create(TestFund.seed(17));
    private final VectorBook book = new VectorBook(card, stall);

    @Test
    void what_a_card_says_today_is_what_the_vectors_say() throws Exception {
        personalise();
        keys();
        meet();
        pay();
        orders();
        Map<String, String> texts = book.texts();
        if ("write".equals(System.getProperty("etal.vectors"))) {
            for (Map.Entry<String, String> file : texts.entrySet()) {
                Files.writeString(DIRECTORY.resolve(file.getKey()), file.getValue(), StandardCharsets.UTF_8);
            }
        }
        for (Map.Entry<String, String> file : texts.entrySet()) {
            assertEquals(Files.readString(DIRECTORY.resolve(file.getKey())), file.getValue(), file.getKey());
        }
    }

    private void personalise() throws Exception {
        ObjectNode file = book.file("personalisation", "A blank card becomes the fund's card, in this order.");
        card.transmit(Commands.select());
        ObjectNode made = book.exchange(file, "GENERATE KEY", Personalisation.generateKey());
        byte[] key = Answers.publicKey(Hash.unhex(made.get("answer").textValue()));
        book.exchange(file, "PUT CERTIFICATE", Personalisation.putCertificate(fund.certify(key, 17)));
        for (KeySlot slot : KeySlot.values()) {
            String name = slot.name().replace("_CA", " CA").replace("_", " ");
            byte[] trusted =
                    fund.publicKey(slot == KeySlot.TERMINAL_CA ? "terminal CA" : name.toLowerCase(Locale.ROOT));
            book.exchange(file, "PUT KEY, " + name, Personalisation.putKey(slot, trusted));
        }
        book.exchange(file, "PUT ENTITLEMENT", Personalisation.putEntitlement(ENTITLEMENT));
        book.exchange(file, "LOCK: the signature is over the first record", Personalisation.lock(TestFund.NOON, 1));
        book.exchange(file, "Nothing of this after LOCK", Personalisation.generateKey());
    }

    private void keys() throws Exception {
        stall.select(card);
        ObjectNode file = book.file("keys", "TEST SECRETS: private keys are 32 bytes, public keys uncompressed.");
        for (String role : new String[] {"card CA", "terminal CA", "issuing 0", "issuing 1", "root"}) {
            file.putObject(role)
                    .put("private", Hash.hex(TestFund.scalar("fund 1 " + role)))
                    .put("public", Hash.hex(fund.publicKey(role)));
        }
        byte[] cardKey = P256.decompress(stall.cardKey());
        byte[] scalar = TestFund.scalar("terminal 3 epoch 1");
        file.put("fund", 1).put("terminal", 3).put("epoch", 1);
        file.put("cardId", Hash.hex(TestFund.cardId(17))).put("card public", Hash.hex(cardKey));
        file.put("terminal agreement private", Hash.hex(scalar));
        file.put("terminal agreement public", Hash.hex(stall.agreementKey()));
        file.put("shared x", Hash.hex(P256.agree(scalar, cardKey)));
        file.put("pairwise key", Hash.hex(stall.key().bytes()));
    }

    private void meet() throws Exception {
        ObjectNode select = book.file("select", "Anyone may ask this.");
        card.powerOff();
        book.exchange(
                select, "SELECT by AID: version, flags, key generation, certificate, challenge", Commands.select());
        stall.select(card);
        ObjectNode state =
                book.file("state", "Encrypted under the pairwise key: newest record, entitlement, window; MAC.");
        book.exchange(state, "A terminal that the card does not know", stall.state());
        ObjectNode introduce = book.file("introduce", "The answer is the key confirmation.");
        byte[] forged = stall.introduce();
        forged[forged.length - 2] ^= 1;
        book.authentic(introduce, "A MAC that is not made with the key", forged);
        book.authentic(introduce, "INTRODUCE", stall.introduce());
        ObjectNode told = book.exchange(state, "STATE", stall.state());
        book.hidden(told, Commands.STATE, 0, 115);
        book.exchange(state, "A second time after one SELECT", stall.state());
    }

    private void pay() throws Exception {
        ObjectNode load = book.file("load", "A month is opened with the fund's period token.");
        book.recorded(load, "LOAD April 2025", stall.load(fund.token(TestFund.APRIL, 0)));
        book.recorded(load, "Another token of that month", stall.load(fund.token(TestFund.APRIL, 1)));
        book.recorded(load, "A token by another hand", stall.load(fund.token(TestFund.APRIL + 1, 1, "card CA")));
        ObjectNode debit = book.file("debit", "A payment; the same bytes again get the same answer.");
        byte[] paid = stall.debit(stall.debitOf(17, 1, new Deltas(-1_800, 300, -500)));
        book.recorded(debit, "DEBIT sale 17: -18,00, bonus +3,00 out of what can be earned", paid);
        book.recorded(debit, "The same again: nothing is written", paid);
        book.authentic(debit, "A counter that has moved on", stall.debit(stall.debitOf(18, 1, new Deltas(-1, 0, 0))));
        book.authentic(debit, "More than there is", stall.debit(stall.debitOf(18, 2, new Deltas(-15_000, 0, 0))));
        book.authentic(debit, "A terminal never gives", stall.debit(stall.debitOf(18, 2, new Deltas(1, 0, 0))));
        ObjectNode log = book.file("read-log", "Encrypted under the pairwise key: record and signature.");
        ObjectNode read = book.authentic(log, "READ LOG of counter 2", stall.readLog(2));
        book.hidden(read, Commands.READ_LOG, 2, 144);
        book.authentic(log, "A record that never was", stall.readLog(3));
        ObjectNode cancel = book.file("cancel", "What a terminal took it gives back, once.");
        book.authentic(cancel, "More than went", stall.cancel(17, 2, new Deltas(1_801, 0, 0)));
        book.recorded(cancel, "CANCEL a third of sale 17", stall.cancel(17, 2, new Deltas(600, -100, 167)));
        book.authentic(cancel, "A second time", stall.cancel(17, 3, new Deltas(1_200, -200, 333)));
    }

    private void orders() throws Exception {
        ObjectNode voucher = book.file("voucher", "The fund's word to this card: ADD and SET.");
        book.recorded(voucher, "ADD number 7: +4,50", stall.order(fund.add(17, 7, new Deltas(450, 0, 0))));
        book.recorded(voucher, "ADD number 5, after 7", stall.order(fund.add(17, 5, new Deltas(50, 0, 0))));
        book.authentic(voucher, "Number 7 again", stall.order(fund.add(17, 7, new Deltas(450, 0, 0))));
        book.authentic(voucher, "For another card", stall.order(fund.add(18, 8, new Deltas(1, 0, 0))));
        book.authentic(voucher, "Its last period is over", stall.order(fund.add(17, 8, 62, new Deltas(1, 0, 0))));
        Entitlement next = new Entitlement(20_000, 0, 0, 0, TestFund.APRIL, TestFund.APRIL + 11, 0, 2);
        book.recorded(voucher, "SET version 2", stall.order(fund.set(17, next)));
        ObjectNode update = book.file("key-update", "A key is replaced by the root's word.");
        byte[] second = stall.keyUpdate(fund.keyUpdate(KeySlot.ISSUING_1, 2, "issuing 1 second"));
        book.authentic(
                update, "Generation 3 before 2", stall.keyUpdate(fund.keyUpdate(KeySlot.ISSUING_1, 3, "issuing 1")));
        book.authentic(update, "KEY UPDATE issuing slot 1, generation 2", second);
        book.authentic(update, "The same again: nothing is written", second);
        ObjectNode block = book.file("block", "The end of a card.");
        book.authentic(block, "For another card", stall.order(fund.block(18)));
        book.recorded(block, "BLOCK: the record holds the card's last word", stall.order(fund.block(17)));
        book.authentic(block, "DEBIT on a blocked card", stall.debit(stall.debitOf(18, 6, new Deltas(-1, 0, 0))));
    }
}
