package etal.fleet.cli.scheme;

import etal.protocol.card.Balances;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;
import picocli.CommandLine.Option;

/** What the projection starts from, where it is not to be what the scheme says, or the scheme says nothing. */
final class ReserveOptions {
    private static final int MONTHS_MAX = 120;
    private static final int PERCENT_MAX = 100;

    /** A fund that says nothing of its reserve: from nothing, a year ahead, all spent. */
    private static final Admission.Reserve UNSAID = new Admission.Reserve(0, 0, 12, PERCENT_MAX, 0, 0);

    @Option(names = "--available", paramLabel = "A", description = "what the fund holds today beyond what it owes")
    private @Nullable BigDecimal available;

    @Option(names = "--floor", paramLabel = "A", description = "below which the reserve may not fall")
    private @Nullable BigDecimal floor;

    @Option(names = "--months", paramLabel = "N", description = "how far to look, 1 to " + MONTHS_MAX)
    private @Nullable Integer months;

    @Option(names = "--spent", paramLabel = "P", description = "percent of the allocations really spent")
    private @Nullable Integer spent;

    @Option(names = "--income", paramLabel = "A", description = "other income a month")
    private @Nullable BigDecimal income;

    @Option(names = "--cost", paramLabel = "A", description = "other costs a month")
    private @Nullable BigDecimal cost;

    Admission.Reserve reserve(Scheme scheme, CommandLine command) {
        Admission.Reserve said = scheme.admission().way() instanceof Admission.Way.Draw draw ? draw.reserve() : UNSAID;
        int decimals = scheme.unit().decimals();
        return new Admission.Reserve(
                cents("--available", available, decimals, said.availableCents(), command),
                cents("--floor", floor, decimals, said.floorCents(), command),
                whole("--months", months, 1, MONTHS_MAX, said.monthsAhead(), command),
                whole("--spent", spent, 0, PERCENT_MAX, said.spentPercent(), command),
                cents("--income", income, decimals, said.monthlyIncomeCents(), command),
                cents("--cost", cost, decimals, said.monthlyCostCents(), command));
    }

    private static long cents(
            String option, @Nullable BigDecimal amount, int decimals, long otherwiseCents, CommandLine command) {
        if (amount == null) {
            return otherwiseCents;
        }
        BigDecimal most = BigDecimal.valueOf(Balances.PURSE_MAX, decimals);
        if (amount.signum() < 0
                || amount.compareTo(most) > 0
                || amount.stripTrailingZeros().scale() > decimals) {
            throw new CommandLine.ParameterException(
                    command, option + ": an amount from 0 to " + most.toPlainString() + " is expected");
        }
        return amount.movePointRight(decimals).longValueExact();
    }

    private static int whole(
            String option, @Nullable Integer number, int least, int most, int otherwise, CommandLine command) {
        if (number == null) {
            return otherwise;
        }
        if (number < least || number > most) {
            throw new CommandLine.ParameterException(
                    command, option + ": a number from " + least + " to " + most + " is expected");
        }
        return number;
    }
}
