package etal.hub.books;

import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * One event of the fund's money, to be posted whole or not at all.
 *
 * @param event its name in the {@link Chart}
 * @param reference unique for ever: the same reference is posted once
 * @param day the day it belongs to, ISO 8601
 * @param amounts cents by the names the chart's legs use; a missing or zero amount moves nothing
 * @param thirds third parties by the kinds the chart's accounts name
 * @param source the ledger entry it stems from, if one
 */
public record Booking(
        String event,
        String reference,
        String day,
        Map<String, Long> amounts,
        Map<String, String> thirds,
        @Nullable Source source) {
    /** A ledger entry. */
    public record Source(long terminal, long epoch, long number) {}

    /** The amount of that name, 0 when it is not given. */
    public long amountCents(String name) {
        return amounts.getOrDefault(name, 0L);
    }
}
