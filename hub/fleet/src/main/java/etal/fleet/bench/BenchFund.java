package etal.fleet.bench;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.FundOffice;
import etal.fleet.world.sim.fund.SimFund;
import etal.hub.members.HubKeys;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Period;
import etal.protocol.card.PeriodToken;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.P256;
import etal.protocol.ledger.LedgerId;
import etal.protocol.scheme.file.ShippedSchemes;
import etal.protocol.trust.TrustFile;
import etal.provisioning.cards.CardIssuer;
import etal.provisioning.cards.CardList;
import etal.provisioning.cards.CardOutcome;
import etal.terminal.card.CardAccess;
import etal.terminal.ledger.Identity;
import etal.virtualcard.VirtualCard;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/** A fund with its keys, made by the real authority from a seed, and cards from the real desk. For one thread. */
final class BenchFund {
    static final long FUND = 1;
    static final int PERIOD = Period.of(2025, 4);

    private static final Instant MADE = Instant.parse("2025-03-01T08:00:00Z");
    private static final int YEARS_MONTHS = 48;

    private final SimFund rules = SimFund.of(ShippedSchemes.DIEULEFIT, FUND);
    private final SeededEntropy entropy;
    private final ManualClock clock = new ManualClock(MADE);
    private final FundOffice office;
    private final CardIssuer desk;

    /** What a terminal holds. */
    record TerminalKeys(Identity identity, CardAccess access) {}

    /** Makes it below the directory, which exists. */
    BenchFund(Path directory, long seed) throws StorageFailed, Malformed {
        entropy = new SeededEntropy(seed);
        office = FundOffice.make(directory.resolve("ca"), FUND, clock, entropy);
        desk = new CardIssuer(office.authority(), CardList.open(directory.resolve("cards")), clock, entropy);
    }

    SimFund rules() {
        return rules;
    }

    HubKeys hubKeys() {
        return office.hub();
    }

    TrustFile trust() {
        return office.trust();
    }

    /** The month's token, as the hub would publish it. */
    PeriodToken token() {
        return PeriodToken.sign(
                FUND, PERIOD, 0, MADE.getEpochSecond(), hubKeys().documents()::sign);
    }

    /** A terminal of that number, enrolled. */
    TerminalKeys terminal(long number) throws StorageFailed, Malformed {
        byte[] signing = P256.newScalar(entropy::fill);
        byte[] agreement = P256.newScalar(entropy::fill);
        FundOffice.Enrolled enrolled =
                office.enrol(FUND, new LedgerId(number, 1), signing, agreement, "bench" + number, MADE.toEpochMilli());
        return new TerminalKeys(
                enrolled.identity(), new CardAccess(FUND, trust().cardCaKeys(), enrolled.introduction(), agreement));
    }

    /** So many personalised cards, nothing loaded. */
    List<BenchCard> cards(int count) throws StorageFailed, CardGone, ReaderBroken {
        List<BenchCard> cards = new ArrayList<>();
        for (int i = 0; i < count; i++) {
            VirtualCard chip = VirtualCard.create(entropy.bytes(32));
            if (!(desk.personalise(BenchCard.channel(chip), rules.entitlement(), PERIOD + YEARS_MONTHS, false)
                    instanceof CardOutcome.Issued issued)) {
                throw new IllegalStateException("a card was not issued");
            }
            CardCertificate certificate = issued.card().certificate();
            chip.powerOff();
            cards.add(new BenchCard(chip, certificate));
        }
        return cards;
    }
}
