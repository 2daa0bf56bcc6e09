package etal.fleet.auditor.cards;

import etal.fleet.auditor.granted.OrderWord;
import java.util.Map;
import java.util.Set;

/**
 * What the hub's books say, read from its tables. Immutable.
 *
 * @param creditCents credits less debits by account and third party, such as {@code 4672A 0f1e2d3c4b5a6978}
 * @param known the card records it holds, as card and counter, such as {@code 0f1e2d3c4b5a6978/12}
 * @param records their bytes, hexadecimal
 * @param payable those it pays to the producer without having seen their sale at that time, or charges to the producer without
 *     having seen their cancellation
 * @param returned those it gives back to the member
 * @param borne cancellations that the fund bears
 * @param booked the entries that something was booked for, as terminal, epoch and number, such as {@code 3/1/17}
 * @param refunds the vouchers by which it gives back, by the card record that each is for
 */
public record HubSeen(
        Map<String, Long> creditCents,
        Set<String> known,
        Map<String, String> records,
        Set<String> payable,
        Set<String> returned,
        Set<String> borne,
        Set<String> booked,
        Map<String, OrderWord> refunds) {
    long credit(String account, String third) {
        return creditCents.getOrDefault(account + " " + third, 0L);
    }
}
