package etal.terminal.receipt;

import etal.protocol.ledger.ReceiptCode;
import etal.terminal.basket.Details;
import etal.terminal.sale.Seller;
import java.time.ZonedDateTime;

/**
 * What a receipt says.
 *
 * @param sale the ticket's number
 * @param at when it was sold, in the fund's zone
 * @param details lines and tender
 * @param code ties the paper to the ledger's entry
 * @param bonusEarnedCents what the card has earned by it
 * @param cancels whether the paper is of the sale's cancellation: what it names was given back
 * @param practised whether nothing was sold: the paper says so, and bears no code by which it could be taken for a receipt
 * @param duplicate 0 for the original, else the count of the reprint
 */
record Receipt(
        Seller seller,
        long sale,
        ZonedDateTime at,
        Details details,
        ReceiptCode code,
        long bonusEarnedCents,
        boolean cancels,
        boolean practised,
        int duplicate) {}
