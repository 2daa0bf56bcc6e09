package etal.fleet.cli.card;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.StorageFailed;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.PairwiseKey;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.Personalisation;
import etal.protocol.card.Personalisation.KeySlot;
import etal.protocol.card.StatusWord;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.CardOrder;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.LocalDate;
import java.time.ZoneOffset;
import java.util.Optional;
import java.util.stream.Stream;

/**
 * A fund that is nobody's, in a directory: all keys, two terminals, a card that one of them has loaded, and one of each
 * thing a fund signs for a card. Whoever has it can write a client of their own and see it at work. Its money is worth
 * nothing, so its private keys may lie beside it.
 */
final class DemoFund {
    /** The file that keeps the card. */
    static final String POCKET = "pocket";
    /** The card's name there. */
    static final String CARD = "card-1";

    private static final String CONTENTS = "LISEZMOI.txt";
    private static final long FUND = 9;
    private static final long KNOWN_TERMINAL = 3;
    private static final long OTHER_TERMINAL = 4;
    private static final int CARD_ID_BYTES = 8;
    private static final int VALID_MONTHS = 24;

    private final Path directory;
    private final Entropy entropy;
    private final int period;
    private final long nowSeconds;

    private DemoFund(Path directory, Clock clock, Entropy entropy) {
        this.directory = directory;
        this.entropy = entropy;
        this.nowSeconds = clock.now().getEpochSecond();
        this.period = Period.of(LocalDate.ofInstant(clock.now(), ZoneOffset.UTC));
    }

    /** The fund in {@code directory}, made now if that is new or empty; none if it holds something else. */
    static Optional<DemoFund> at(Path directory, Clock clock, Entropy entropy) throws IOException, StorageFailed {
        DemoFund fund = new DemoFund(directory, clock, entropy);
        if (Files.exists(directory.resolve(CONTENTS))) {
            return Optional.of(fund);
        }
        PrivateFile.directory(directory);
        try (Stream<Path> there = Files.list(directory)) {
            if (there.findAny().isPresent()) {
                return Optional.empty();
            }
        }
        fund.make();
        return Optional.of(fund);
    }

    /** What lies where, for people. */
    String contents() throws IOException {
        return Files.readString(directory.resolve(CONTENTS));
    }

    private void make() throws IOException, StorageFailed {
        for (String key : new String[] {"root", "card-ca", "terminal-ca", "issuing-0", "issuing-1", "issuing-1-next"}) {
            publish(key);
        }
        try (CardPocket pocket = CardPocket.open(directory.resolve(POCKET))) {
            PocketCard card = pocket.make(CARD, entropy.bytes(32));
            byte[] cardId = entropy.bytes(CARD_ID_BYTES);
            CardCertificate certificate = personalise(card, cardId);
            write("card.cert", certificate.encode());
            TerminalCertificate known = terminal(KNOWN_TERMINAL);
            terminal(OTHER_TERMINAL);
            write("month.token", token(period).encode());
            write("next-month.token", token(period + 1).encode());
            orders(new CardOrder.Head(FUND, cardId, 0, nowSeconds));
            load(card, known);
            card.powerOff();
        } catch (Malformed bug) {
            throw new IllegalStateException("our own card answers nonsense", bug);
        }
        write(
                CONTENTS,
                (Words.say("demo", directory, KNOWN_TERMINAL, OTHER_TERMINAL, FUND, period) + "\n")
                        .getBytes(StandardCharsets.UTF_8));
    }

    private CardCertificate personalise(PocketCard card, byte[] cardId) throws IOException, Malformed, StorageFailed {
        done(card.transmit(Commands.select()));
        byte[] publicKey = Answers.publicKey(card.transmit(Personalisation.generateKey()));
        byte[] signer = key("card-ca");
        CardCertificate certificate = CardCertificate.sign(
                FUND,
                1,
                cardId,
                P256.compress(publicKey),
                period + VALID_MONTHS,
                0,
                message -> P256.sign(signer, message));
        done(card.transmit(Personalisation.putCertificate(certificate)));
        put(card, KeySlot.TERMINAL_CA, "terminal-ca");
        put(card, KeySlot.ISSUING_0, "issuing-0");
        put(card, KeySlot.ISSUING_1, "issuing-1");
        put(card, KeySlot.ROOT, "root");
        done(card.transmit(Personalisation.putEntitlement(entitlement(20_000, 1))));
        done(card.transmit(Personalisation.lock(nowSeconds, KeyUpdate.FIRST_GENERATION)));
        return certificate;
    }

    private Entitlement entitlement(long amountCents, int version) {
        return new Entitlement(amountCents, 2_500, Integer.MAX_VALUE, 0, period, period + 11, 0, version);
    }

    private void put(PocketCard card, KeySlot slot, String key) throws IOException, StorageFailed {
        done(card.transmit(Personalisation.putKey(slot, P256.publicKey(key(key)))));
    }

    private TerminalCertificate terminal(long terminal) throws StorageFailed {
        String name = "terminal-" + terminal;
        publish(name);
        byte[] signer = key("terminal-ca");
        TerminalCertificate certificate = TerminalCertificate.sign(
                FUND,
                1,
                terminal,
                1,
                P256.publicKey(key(name)),
                period + VALID_MONTHS,
                message -> P256.sign(signer, message));
        write(name + ".cert", certificate.encode());
        return certificate;
    }

    private PeriodToken token(int ofPeriod) throws StorageFailed {
        byte[] signer = key("issuing-0");
        return PeriodToken.sign(FUND, ofPeriod, 0, nowSeconds, message -> P256.sign(signer, message));
    }

    private void orders(CardOrder.Head head) throws StorageFailed {
        byte[] issuing = key("issuing-0");
        byte[] root = key("root");
        write(
                "add.voucher",
                CardOrder.Add.sign(
                                head,
                                1,
                                period + VALID_MONTHS,
                                CardOrder.Reason.REFUND,
                                new Deltas(0, 500, 0),
                                message -> P256.sign(issuing, message))
                        .encode());
        write(
                "set.voucher",
                CardOrder.Set.sign(head, entitlement(25_000, 2), message -> P256.sign(issuing, message))
                        .encode());
        write(
                "block.order",
                CardOrder.Block.sign(head, message -> P256.sign(issuing, message))
                        .encode());
        write(
                "key.update",
                KeyUpdate.sign(
                                FUND,
                                KeySlot.ISSUING_1,
                                KeyUpdate.FIRST_GENERATION + 1,
                                P256.publicKey(key("issuing-1-next")),
                                message -> P256.sign(root, message))
                        .encode());
    }

    private void load(PocketCard card, TerminalCertificate terminal) throws IOException, Malformed, StorageFailed {
        Answers.SelectAnswer selected = Answers.select(card.transmit(Commands.select()));
        PairwiseKey pairwise = PairwiseKey.derive(
                key("terminal-" + KNOWN_TERMINAL),
                selected.certificate().publicKey33(),
                selected.certificate().cardId(),
                KNOWN_TERMINAL,
                1);
        done(card.transmit(Commands.introduce(pairwise, selected.challenge(), terminal)));
        Commands.Load load = new Commands.Load(KNOWN_TERMINAL, 1, nowSeconds, token(period));
        done(card.transmit(Commands.load(pairwise, selected.challenge(), load)));
    }

    /** A key pair: {@code NAME.key} (PKCS#8) and {@code NAME.pem} (the public half). */
    private void publish(String name) throws StorageFailed {
        byte[] scalar = KeyFile.readOrMake(directory.resolve(name + ".key"), entropy);
        try {
            byte[] info = P256.jcaPublic(P256.publicKey(scalar)).getEncoded();
            write(name + ".pem", Pem.encode("PUBLIC KEY", info).getBytes(StandardCharsets.US_ASCII));
        } catch (Malformed bug) {
            throw new IllegalStateException("our own key is none", bug);
        }
    }

    private byte[] key(String name) throws StorageFailed {
        return KeyFile.read(directory.resolve(name + ".key"));
    }

    private void write(String name, byte[] content) throws StorageFailed {
        PrivateFile.write(directory.resolve(name), content);
    }

    private static void done(byte[] answer) {
        if (Answers.statusWord(answer) != StatusWord.DONE) {
            throw new IllegalStateException("our own card refuses: " + Answers.statusWord(answer));
        }
    }
}
