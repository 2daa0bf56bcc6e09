package etal.terminal.main;

import etal.port.Signer;
import etal.protocol.card.Answers;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Commands;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.card.Personalisation;
import etal.protocol.card.StatusWord;
import etal.protocol.card.TerminalCertificate;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.split.PointOfSale;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.trust.Role;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Identity;
import etal.terminal.sale.Seller;
import etal.testkit.TestAuthority;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.function.UnaryOperator;

/** A fund of TEST SECRETS, with everything it publishes and the cards it gives out. */
public final class TestFund {
    /** 2 April 2025, noon UTC. */
    public static final long NOON_MILLIS = 1_743_595_200_000L;

    public static final int APRIL = Period.of(2025, 4);
    public static final long ALLOCATION_CENTS = 15_000;

    public final TestAuthority authority = new TestAuthority(7);

    public final Catalogue catalogue = new Catalogue(List.of(
            new Product("milk", "Lait entier 1 l", "laitier", 135, 55, 100),
            new Product("cheese", "Picodon", "laitier", 450, 55, 100),
            new Product("wine", "Clairette de Die", "alcool", 1_200, 200, 0),
            new Product("jam", "Confiture", "conserves", 380, 55, 50),
            new Product("carrots", "Carottes", "legumes", 320, 55, 100, List.of(), true)));

    /** What a terminal is, once enrolled. */
    public Setup setup(long terminal, long epoch) {
        try {
            byte[] agreement = agreementScalar(terminal, epoch);
            TerminalCertificate introduction = TerminalCertificate.sign(
                    1,
                    1,
                    terminal,
                    epoch,
                    P256.publicKey(agreement),
                    APRIL + 60,
                    message -> P256.sign(authority.terminalAuthorityScalar(), message));
            TestAuthority.Leaf leaf = authority.terminal(terminal, epoch, introduction.encode());
            return new Setup(
                    1,
                    new Seller(new PointOfSale(terminal, "123456789"), "Chèvrerie du Lavoir", Seller.VatRegime.NORMAL),
                    Locale.FRENCH,
                    "0.1.0",
                    new Identity(new LedgerId(terminal, epoch), leaf.chain(), new TestSigner(leaf.scalar())),
                    introduction,
                    agreement,
                    TrustFile.read(authority.trustPem()));
        } catch (Malformed malformed) {
            throw new AssertionError(malformed);
        }
    }

    /** A signer over a TEST SECRET. */
    private record TestSigner(byte[] scalar) implements Signer {
        @Override
        public byte[] publicKey() {
            return P256.publicKey(scalar);
        }

        @Override
        public byte[] sign(byte[] message) {
            return P256.sign(scalar, message);
        }
    }

    /** Scheme, catalogue and April's token, signed. */
    public List<byte[]> documents() {
        return List.of(scheme(1), document(Document.CATALOGUE, 1, catalogue.encode()), period(APRIL));
    }

    public byte[] scheme(long version) {
        String yaml = SchemeFile.dieulefit().replaceFirst("(?m)^version: .*$", "version: " + version);
        return document(Document.SCHEME, version, yaml.getBytes(StandardCharsets.UTF_8));
    }

    public byte[] period(int period) {
        TestAuthority.Leaf issuer = authority.service(Role.HUB_DOCUMENTS);
        PeriodToken token =
                PeriodToken.sign(1, period, 0, NOON_MILLIS / 1000, message -> P256.sign(issuer.scalar(), message));
        return document(Document.PERIOD, period, token.encode());
    }

    public byte[] document(String kind, long version, byte[] content) {
        return document(kind, version, 0, content);
    }

    public byte[] document(String kind, long version, long holdsFromMillis, byte[] content) {
        TestAuthority.Leaf issuer = authority.service(Role.HUB_DOCUMENTS);
        return SignedDocument.sign(
                        new Document(kind, "dieulefit", version, holdsFromMillis, content),
                        issuer.kid(),
                        message -> P256.sign(issuer.scalar(), message))
                .bytes();
    }

    /** The hub's word that it holds a ledger up to an entry. */
    public byte[] acknowledgement(Checkpoint checkpoint) {
        TestAuthority.Leaf hub = authority.service(Role.HUB_ACK);
        return Checkpoint.sign(checkpoint, hub.kid(), message -> P256.sign(hub.scalar(), message));
    }

    /** A personalised card, its allocation not yet loaded. */
    public VirtualCard card(long number) {
        return card(number, Entitlement.monthly(ALLOCATION_CENTS, APRIL, APRIL + 11, 1), APRIL + 24);
    }

    public VirtualCard card(long number, Entitlement entitlement, int lastPeriod) {
        VirtualCard fresh = VirtualCard.create(cardSeed(number));
        personalise(quiet(fresh), number, entitlement, lastPeriod);
        fresh.powerOff();
        return fresh;
    }

    /** A genuine card with the flag of those that buy nothing. */
    public VirtualCard testCard(long number) {
        VirtualCard fresh = VirtualCard.create(cardSeed(number));
        Entitlement entitlement = Entitlement.monthly(ALLOCATION_CENTS, APRIL, APRIL + 11, 1);
        personalise(quiet(fresh), number, entitlement, APRIL + 24, CardCertificate.FLAG_TEST);
        fresh.powerOff();
        return fresh;
    }

    /** A card on which everything was put, and which nobody has locked. */
    public VirtualCard unlockedCard(long number) {
        VirtualCard fresh = VirtualCard.create(cardSeed(number));
        Entitlement entitlement = Entitlement.monthly(ALLOCATION_CENTS, APRIL, APRIL + 11, 1);
        put(quiet(fresh), number, entitlement, APRIL + 24, 0);
        fresh.powerOff();
        return fresh;
    }

    private static UnaryOperator<byte[]> quiet(VirtualCard card) {
        return apdu -> {
            try {
                return card.transmit(apdu);
            } catch (Torn impossible) {
                throw new AssertionError(impossible);
            }
        };
    }

    /** The seed of a card: TEST SECRET. */
    public static byte[] cardSeed(long number) {
        return Hash.sha256(("test card " + number).getBytes(StandardCharsets.UTF_8));
    }

    /** Personalises a fresh card through whatever carries its commands. */
    public void personalise(UnaryOperator<byte[]> card, long number, Entitlement entitlement, int lastPeriod) {
        personalise(card, number, entitlement, lastPeriod, 0);
    }

    private void personalise(
            UnaryOperator<byte[]> card, long number, Entitlement entitlement, int lastPeriod, int flags) {
        put(card, number, entitlement, lastPeriod, flags);
        done(card.apply(Personalisation.lock(NOON_MILLIS / 1000, KeyUpdate.FIRST_GENERATION)));
    }

    private void put(UnaryOperator<byte[]> card, long number, Entitlement entitlement, int lastPeriod, int flags) {
        try {
            byte[] selected = card.apply(Commands.select());
            done(Arrays.copyOfRange(selected, selected.length - 2, selected.length));
            byte[] key = Answers.publicKey(card.apply(Personalisation.generateKey()));
            CardCertificate certificate = CardCertificate.sign(
                    1,
                    1,
                    cardId(number),
                    P256.compress(key),
                    lastPeriod,
                    flags,
                    message -> P256.sign(authority.cardAuthorityScalar(), message));
            byte[] terminals = P256.publicKey(authority.terminalAuthorityScalar());
            byte[] issuing = authority.service(Role.HUB_DOCUMENTS).publicKey();
            done(card.apply(Personalisation.putCertificate(certificate)));
            done(card.apply(Personalisation.putKey(Personalisation.KeySlot.TERMINAL_CA, terminals)));
            done(card.apply(Personalisation.putKey(Personalisation.KeySlot.ISSUING_0, issuing)));
            done(card.apply(Personalisation.putKey(Personalisation.KeySlot.ISSUING_1, issuing)));
            done(card.apply(
                    Personalisation.putKey(Personalisation.KeySlot.ROOT, P256.publicKey(authority.rootScalar()))));
            done(card.apply(Personalisation.putEntitlement(entitlement)));
        } catch (Malformed impossible) {
            throw new AssertionError(impossible);
        }
    }

    public static byte[] cardId(long number) {
        return Arrays.copyOf(Hash.sha256(("test id " + number).getBytes(StandardCharsets.UTF_8)), 8);
    }

    /** The private key with which a terminal meets cards: TEST SECRET. */
    public static byte[] agreementScalar(long terminal, long epoch) {
        return scalar("agreement " + terminal + " " + epoch);
    }

    private static byte[] scalar(String name) {
        byte[] scalar = Hash.sha256(("test key " + name).getBytes(StandardCharsets.UTF_8));
        scalar[0] &= 0x7F;
        return scalar;
    }

    private static void done(byte[] answer) {
        if (Answers.statusWord(answer) != StatusWord.DONE) {
            throw new AssertionError("personalisation refused: " + Hash.hex(answer));
        }
    }
}
