package etal.protocol.scheme;

import etal.protocol.money.Unit;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.List;
import java.util.Optional;

/**
 * The rules a fund has voted, one version of them, with the day from which they hold. Immutable.
 *
 * @param id short name of the fund's scheme, as {@code dieulefit}
 * @param fund the fund's number, 32 bits unsigned
 * @param name for people
 * @param version only ever grows
 * @param holdsFrom first day, in the zone
 * @param zone in which the fund's days and months begin
 * @param unit what all amounts count
 * @param parity what the unit is worth
 * @param allocation what a household is given
 * @param contribution what it pays
 * @param commitment for how long it pays
 * @param convention what the card pays for, and where
 * @param bonus what is added when it is spent well, if anything
 * @param tariffs prices that are chosen, if the fund has them
 * @param card what a card may hold and how it pays
 * @param admission how households come in
 * @param funding who else pays, and who is paid
 * @param assumptions what the sources do not say and the assembly has to confirm
 */
public record Scheme(
        String id,
        long fund,
        String name,
        long version,
        LocalDate holdsFrom,
        ZoneId zone,
        Unit unit,
        Parity parity,
        Allocation allocation,
        Contribution contribution,
        Commitment commitment,
        Convention convention,
        Optional<Bonus> bonus,
        Optional<Tariffs> tariffs,
        CardRules card,
        Admission admission,
        Funding funding,
        List<Assumption> assumptions) {
    /** Takes its own copy of the list. */
    public Scheme {
        assumptions = List.copyOf(assumptions);
    }

    /** The moment from which the scheme holds, in milliseconds since 1970. */
    public long holdsFromMillis() {
        return holdsFrom.atStartOfDay(zone).toInstant().toEpochMilli();
    }

    /**
     * What one unit is worth in money that a bank knows.
     *
     * @param currency ISO 4217
     * @param micros millionths of the currency for one unit
     */
    public record Parity(String currency, long micros) {
        /** One for one. */
        public static final long PAR = 1_000_000;
    }

    /**
     * For how long a household pays what it has promised.
     *
     * @param months at least so many, 0 if it may stop any month
     * @param reviewMonths after so many the amount may be changed, 0 if any month
     */
    public record Commitment(int months, int reviewMonths) {}

    /**
     * What the sources do not say: {@code hypothèse}.
     *
     * @param field which field of the file is assumed, as {@code contribution.brackets}
     * @param text what is assumed, for people
     */
    public record Assumption(String field, String text) {}
}
