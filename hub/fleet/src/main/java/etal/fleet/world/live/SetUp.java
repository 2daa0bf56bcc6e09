package etal.fleet.world.live;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.fleet.market.DayPlan;
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
final class SetUp {
    private static final long FUND = 1;
    private static final int CARD_YEARS = 4;

    private final DayDirectory directory;
    private final Progress progress;

    SetUp(DayDirectory directory, Progress progress) {
        this.directory = directory;
        this.progress = progress;
    }

    /** Makes what is missing and returns the members' cards. */
    Pocket run(DayPlan plan, Configuration configuration, Clock clock, Entropy entropy) throws IOException {
        directory.layOut(plan.stalls().stream().map(stall -> stall.number()).toList());
        Pocket pocket = Pocket.open(directory);
        try {
            Authority authority = Authority.init(directory.ca(), FUND, clock, entropy);
            services(authority, entropy);
            Files.writeString(directory.trust(), authority.trustPem(), StandardCharsets.US_ASCII);
            List<IssuedCard> cards = cards(authority, plan, pocket, clock, entropy);
            configuration.write(cards);
            return pocket;
        } catch (StorageFailed | CardGone | ReaderBroken e) {
            pocket.close();
            throw new IOException("the day cannot be set up: " + e.getMessage(), e);
        }
    }

    /** Keys and certificates of hub, broker and registrar. */
    private void services(Authority authority, Entropy entropy) throws StorageFailed, IOException {
        Map<String, Role> hub = new LinkedHashMap<>();
        hub.put("ack", Role.HUB_ACK);
        hub.put("documents", Role.HUB_DOCUMENTS);
        hub.put("seal", Role.HUB_SEAL);
        hub.put("mqtt", Role.HUB_MQTT);
        for (Map.Entry<String, Role> key : hub.entrySet()) {
            issue(authority, directory.hub().resolve("keys"), key.getKey(), key.getValue(), entropy);
        }
        issue(authority, directory.broker().resolve("keys"), "broker", Role.BROKER, entropy);
        issue(authority, directory.registrar().resolve("keys"), "registrar", Role.REGISTRAR, entropy);
    }

    private static void issue(Authority authority, Path keys, String name, Role role, Entropy entropy)
            throws StorageFailed, IOException {
        byte[] scalar = KeyFile.readOrMake(keys.resolve(name + ".key"), entropy);
        List<byte[]> chain = authority.issueService(role, P256.publicKey(scalar));
        Files.writeString(keys.resolve(name + ".pem"), Pem.certificates(chain), StandardCharsets.US_ASCII);
    }

    private List<IssuedCard> cards(Authority authority, DayPlan plan, Pocket pocket, Clock clock, Entropy entropy)
            throws StorageFailed, IOException, CardGone, ReaderBroken {
        CardList list = CardList.open(directory.cards().resolve("cards.log"));
        var issuer = new CardIssuer(authority, list, clock, entropy);
        int period = Period.of(plan.day());
        var cards = new ArrayList<IssuedCard>();
        for (Household household : plan.households()) {
            PocketCard card = pocket.cardOf(household.number(), entropy);
            var entitlement = new Entitlement(household.entitlementCents(), period, period + 11, 1);
            cards.add(issued(
                    issuer.personalise(Pocket.onTheDesk(card), entitlement, period + 12 * CARD_YEARS, false),
                    household));
        }
        progress.say(cards.size() + " cards personalised");
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
