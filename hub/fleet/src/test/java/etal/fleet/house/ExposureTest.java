package etal.fleet.house;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.card.Balances;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Period;
import etal.protocol.grant.Held;
import etal.protocol.grant.LostCard;
import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.nio.file.Files;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.List;
import java.util.Locale;
import java.util.OptionalInt;
import org.junit.jupiter.api.Test;

/** What each attacker can cost at most, in THREATS.md, comes from the shipped rules and the formulas beside it. */
class ExposureTest {
    /** The assumed fund: 60 households of four with one card each, 8 stalls, 20 cards a stall and market day. */
    private static final int HOUSEHOLDS = 60;

    private static final int STALLS = 8;
    private static final int CARDS_A_DAY = 20;
    private static final int MONTHS_WITHHELD = 3;
    private static final Household FOUR = new Household(List.of(40, 41, 9, 11), List.of());
    private static final YearMonth APRIL = YearMonth.of(2025, 4);
    private static final LocalDate LOST = LocalDate.of(2025, 4, 15);

    private final Scheme scheme = ShippedSchemes.scheme(ShippedSchemes.DIEULEFIT);
    private final long allocation = scheme.allocation().amountCents(FOUR, APRIL);
    private final long cap = scheme.card().loadCapCents();
    private final int catchUp = scheme.card().catchUpMonths();

    /** With thin spaces for nobody: figures as they stand in the table. */
    private static String euros(long cents) {
        assertEquals(0, cents % 100);
        return String.format(Locale.ROOT, "%,d €", cents / 100).replace(',', ' ');
    }

    /** What the hub itself says of a lost card that held a month's allocation, April's, when it was last seen. */
    private long lost(int offlineDaysMost) {
        Entitlement monthly =
                new Entitlement(allocation, 0, Balances.PURSE_MAX, Entitlement.EVERYWHERE, 0, Period.MAX, catchUp, 1);
        return LostCard.of(
                        new Held(List.of(monthly), OptionalInt.empty()),
                        new Balances(allocation, 0, 0),
                        Period.of(LOST),
                        LOST,
                        offlineDaysMost)
                .riskCents();
    }

    private long reserve() {
        return switch (scheme.admission().way()) {
            case Admission.Way.Draw draw -> draw.reserve().availableCents();
            case Admission.Way.Open open -> 0;
            case Admission.Way.Closed closed -> 0;
        };
    }

    @Test
    void the_table_of_what_an_attack_costs_at_most_follows_from_the_rules() throws Exception {
        int offline = scheme.card().offlineDaysMost();
        List<String> rows = List.of(
                "| `A` | " + euros(allocation) + " |",
                "| `C` | " + euros(cap) + " |",
                "| `M` | " + catchUp + " |",
                "| `D` | " + offline + " |",
                "| `R` | " + euros(reserve()) + " |",
                "| finder of a card | `b + A·m(D)` | " + euros(lost(offline)) + "; with `offlineDays: 7` "
                        + euros(lost(7)) + " |",
                "| broker's host who withholds the block | `b + A·w` | " + euros(allocation * (1 + MONTHS_WITHHELD))
                        + " |",
                "| two phones that relay | `b` a card | " + euros(allocation) + " |",
                "| copied chip | `b·(T − 1)`, at most `C·(T − 1)` | " + euros(allocation * (STALLS - 1)) + ", at most "
                        + euros(cap * (STALLS - 1)) + " |",
                "| producer, or thief of a terminal | `c·b` a market day | " + euros(CARDS_A_DAY * allocation) + " |",
                "| producer and member together | `12·A` a household and year | " + euros(12 * allocation) + " |",
                "| thief of an issuing key, by months | `N·A·(M + 1)` a month shown early | "
                        + euros(HOUSEHOLDS * allocation * (catchUp + 1)) + " |",
                "| thief of an issuing key, by vouchers | `N·C` | " + euros(HOUSEHOLDS * cap) + " |",
                "| thief of the card CA's key | `T·C` a card made | " + euros(STALLS * cap) + " |",
                "| operator's false corrections | `2·C` a card, listed every evening | " + euros(2 * cap) + " |",
                "| insider with the hub's configuration | `R + N·A` | " + euros(reserve() + HOUSEHOLDS * allocation)
                        + " |",
                "| prices that buyers choose | `E·T` a market day | "
                        + euros(STALLS
                                * scheme.tariffs()
                                        .map(tariffs -> tariffs.envelopeCents())
                                        .orElse(0L)) + " |");
        String threats = Files.readString(Sources.top().resolve("THREATS.md"));
        assertEquals(
                List.of(), rows.stream().filter(row -> !threats.contains(row)).toList());
    }

    @Test
    void a_shorter_time_offline_and_a_cap_per_sale_are_what_a_fund_can_vote_against_a_lost_card() {
        assertTrue(lost(7) < lost(31) && lost(31) < lost(366), lost(7) + ", " + lost(31) + ", " + lost(366));
    }
}
