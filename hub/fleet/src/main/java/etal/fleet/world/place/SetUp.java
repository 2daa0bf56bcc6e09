package etal.fleet.world.place;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.fleet.market.Household;
import etal.port.CardGone;
import etal.port.Clock;
import etal.port.Entropy;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import etal.provisioning.cards.CardIssuer;
import etal.provisioning.cards.CardList;
import etal.provisioning.cards.CardOutcome;
import etal.provisioning.cards.IssuedCard;
import etal.virtualcard.PocketCard;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What is made before the market opens: authority, keys, cards and configuration. Run again, it keeps what is there. */
public final class SetUp {
    private static final long FUND = 1;
    private static final int CARD_YEARS = 4;

    private final MarketDirectory directory;
    private final Setting setting;
    private final Configuration configuration;
    private final Authority authority;
    private final Clock clock;
    private final Entropy entropy;

    private SetUp(
            MarketDirectory directory,
            Setting setting,
            Configuration configuration,
            Authority authority,
            Clock clock,
            Entropy entropy) {
        this.directory = directory;
        this.setting = setting;
        this.configuration = configuration;
        this.authority = authority;
        this.clock = clock;
        this.entropy = entropy;
    }

    /** Makes the folders, the authority and the keys of hub, broker and registrar; these two can start afterwards. */
    public static SetUp begin(
            MarketDirectory directory, Setting setting, Configuration configuration, Clock clock, Entropy entropy)
            throws IOException {
        directory.layOut(setting.stallNumbers());
        try {
            Authority authority = Authority.init(directory.ca(), FUND, clock, entropy);
            var setUp = new SetUp(directory, setting, configuration, authority, clock, entropy);
            setUp.services();
            Files.writeString(directory.trust(), authority.trustPem(), StandardCharsets.US_ASCII);
            configuration.writeServices();
            return setUp;
        } catch (StorageFailed e) {
            throw failed(e);
        }
    }

    /** Makes the members' cards in {@code pocket}, and the files of rules and members; the hub can start afterwards. */
    public void members(Pocket pocket) throws IOException {
        try {
            configuration.writeFund(cards(pocket));
        } catch (StorageFailed | CardGone | ReaderBroken e) {
            throw failed(e);
        }
    }

    private static IOException failed(Exception e) {
        return new IOException("the market cannot be set up: " + e.getMessage(), e);
    }

    /** Keys and certificates of hub, broker and registrar. */
    private void services() throws StorageFailed, IOException {
        Map<String, Role> hub = new LinkedHashMap<>();
        hub.put("ack", Role.HUB_ACK);
        hub.put("documents", Role.HUB_DOCUMENTS);
        hub.put("seal", Role.HUB_SEAL);
        hub.put("mqtt", Role.HUB_MQTT);
        for (Map.Entry<String, Role> key : hub.entrySet()) {
            issue(directory.hub().resolve("keys"), key.getKey(), key.getValue());
        }
        issue(directory.broker().resolve("keys"), "broker", Role.BROKER);
        issue(directory.registrar().resolve("keys"), "registrar", Role.REGISTRAR);
    }

    private void issue(Path keys, String name, Role role) throws StorageFailed, IOException {
        byte[] scalar = KeyFile.readOrMake(keys.resolve(name + ".key"), entropy);
        List<byte[]> chain = authority.issueService(role, P256.publicKey(scalar));
        Files.writeString(keys.resolve(name + ".pem"), Pem.certificates(chain), StandardCharsets.US_ASCII);
    }

    private List<IssuedCard> cards(Pocket pocket) throws StorageFailed, IOException, CardGone, ReaderBroken {
        CardList list = CardList.open(directory.cards().resolve("cards.log"));
        var issuer = new CardIssuer(authority, list, clock, entropy);
        int period = Period.of(setting.day());
        var cards = new ArrayList<IssuedCard>();
        for (Household household : setting.households()) {
            PocketCard card = pocket.cardOf(household.number(), entropy);
            var entitlement = Entitlement.monthly(household.entitlementCents(), period, period + 11, 1);
            cards.add(issued(
                    issuer.personalise(Pocket.onTheDesk(card), entitlement, period + 12 * CARD_YEARS, false),
                    household));
        }
        return cards;
    }

    private static IssuedCard issued(CardOutcome outcome, Household household) {
        return switch (outcome) {
            case CardOutcome.Issued(IssuedCard card, boolean recovered) -> card;
            case CardOutcome.AlreadyIssued(IssuedCard card) -> card;
            case CardOutcome.Foreign foreign -> throw new IllegalStateException(household + " has a foreign card");
            case CardOutcome.Refused refused -> throw new IllegalStateException(household + ": " + refused);
            case CardOutcome.Unsound unsound -> throw new IllegalStateException(household + ": " + unsound);
        };
    }
}
