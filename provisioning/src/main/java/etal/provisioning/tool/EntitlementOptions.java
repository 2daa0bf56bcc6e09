package etal.provisioning.tool;

import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import picocli.CommandLine.Option;

/** The options that say what the cards of a batch may load; all but amount and months may be left out. */
final class EntitlementOptions {
    private static final long UINT32_MAX = 0xFFFF_FFFFL;
    private static final int VERSION = 1;

    @Option(names = "--amount-cents", required = true, paramLabel = "N", description = "what a card loads a month")
    private long amountCents;

    @Option(
            names = "--earnable-cents",
            defaultValue = "0",
            paramLabel = "N",
            description = "how much bonus can be earned a month")
    private long earnableCents;

    @Option(
            names = "--keep-cents",
            defaultValue = "" + Balances.PURSE_MAX,
            paramLabel = "N",
            description = "how much of the old allocation stays at a load; without it, all")
    private long keepCents;

    @Option(
            names = "--point-of-sale",
            defaultValue = "0",
            paramLabel = "N",
            description = "the only point of sale where the cards pay; 0: everywhere")
    private long pointOfSale;

    @Option(names = "--first-period", required = true, paramLabel = "N", description = "first month, April 2025 is 63")
    private int firstPeriod;

    @Option(
            names = "--last-period",
            required = true,
            paramLabel = "N",
            description = "last month of entitlement and card")
    private int lastPeriod;

    @Option(
            names = "--catch-up-months",
            defaultValue = "0",
            paramLabel = "N",
            description = "how many skipped months a load brings along")
    private int catchUpMonths;

    /** The last month, of the cards too. */
    int lastPeriod() {
        return lastPeriod;
    }

    /** What they say. @throws BadInput when a card cannot hold it */
    Entitlement read() throws BadInput {
        boolean amountsFit = new Balances(amountCents, earnableCents, keepCents).fitsCard();
        boolean monthsFit = firstPeriod >= 0 && firstPeriod <= lastPeriod && lastPeriod <= Period.MAX;
        if (!amountsFit || !monthsFit) {
            throw new BadInput("entitlement");
        }
        boolean furtherFits = pointOfSale >= 0
                && pointOfSale <= UINT32_MAX
                && catchUpMonths >= 0
                && catchUpMonths <= Entitlement.CATCH_UP_MAX;
        if (!furtherFits) {
            throw new BadInput("entitlement-further");
        }
        return new Entitlement(
                amountCents, earnableCents, keepCents, pointOfSale, firstPeriod, lastPeriod, catchUpMonths, VERSION);
    }
}
