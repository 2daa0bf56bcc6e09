package etal.hub.orders;

/**
 * An order that no card's record has answered yet, as the evening lists it.
 *
 * @param card the card's id, in hexadecimal
 * @param kind {@code ADD}, {@code SET} or {@code BLOCK}
 * @param number of an addition its number, of an entitlement its version
 * @param why what it was issued for
 * @param issued the day of that
 * @param ageDays how long ago that is
 * @param riskCents of a block order: the most that can still be spent with the lost card, see
 *     {@link etal.protocol.grant.LostCard}; else 0
 */
public record OpenOrder(
        String card, String kind, long number, String why, String issued, long ageDays, long riskCents) {}
