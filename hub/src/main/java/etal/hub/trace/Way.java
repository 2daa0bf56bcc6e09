package etal.hub.trace;

import etal.protocol.card.CardRecord;
import etal.protocol.ledger.FundedLine;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.SchemeRef;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;

/**
 * The way of every cent of one sale, from the month's allocation to the producer's payout. Amounts are counts of the
 * unit's smallest part, times milliseconds since 1970. Arrays are not copied: nobody may change them.
 *
 * @param stall the point of sale, as members know it; empty when the sale is in no books
 * @param scheme the rules it was made under
 * @param trusted whether the terminal's time was vouched for
 * @param receivedMillis when the hub took it
 * @param card what the card did; empty in a sale without card
 * @param lines those the fund may pay for
 * @param hash of the entry as it stands
 * @param previous the hash it names
 * @param pieces the entry's bytes
 * @param checks everything that vouches for it, verified now, in the order of the way
 */
public record Way(
        LedgerId ledger,
        long number,
        long sale,
        String stall,
        SchemeRef scheme,
        long timeMillis,
        boolean trusted,
        long receivedMillis,
        Optional<ByCard> card,
        List<Line> lines,
        byte[] hash,
        byte[] previous,
        List<Piece> pieces,
        List<Check> checks) {
    /**
     * The card's part.
     *
     * @param id the first digits of the card's id
     * @param record what the card signed
     * @param pieces the record's bytes
     * @param load the load from which this money came: the last before it; empty when it has not come
     * @param events what was posted of it
     * @param payout the run that has paid it, if one has
     */
    public record ByCard(
            String id,
            CardRecord record,
            List<Piece> pieces,
            Optional<Load> load,
            List<Event> events,
            Optional<Payout> payout) {
        /** What the card has paid. */
        public long paidCents() {
            return etal.hub.books.CardBookings.paidCents(record.deltas());
        }
    }

    /**
     * The month's allocation on its way onto the card.
     *
     * @param record what the card signed when it loaded
     * @param pieces the record's bytes
     * @param events months opened, card loaded
     * @param loadedCents what it brought
     * @param expiredCents what of the old allocation was lost with it
     */
    public record Load(
            CardRecord record, List<Piece> pieces, List<Event> events, long loadedCents, long expiredCents) {}

    /**
     * One line, and what it costs whom.
     *
     * @param coveredCents what the rules cover of it
     * @param cardCents what the card has paid of it; the cents of all lines add up to the card's payment
     */
    public record Line(FundedLine line, long coveredCents, long cardCents) {
        /** What was left for the member to pay another way. */
        public long otherCents() {
            return line.priceCents() - cardCents;
        }
    }

    /** One event of the books with its postings. */
    public record Event(String name, String reference, LocalDate day, long bookedMillis, List<Posting> postings) {}

    /**
     * One posting.
     *
     * @param row of the table of postings
     * @param account its number, {@code name} as the chart calls it
     * @param third a card's first digits, a point of sale's name, or empty; never a household
     */
    public record Posting(String row, String account, String name, String third, long debitCents, long creditCents) {}

    /** The run that has paid a sale: each run pays all that is owed at its moment. */
    public record Payout(String run, LocalDate executionDay, long createdMillis) {}

    /** Whether everything that vouches for it holds. */
    public boolean holds() {
        return checks.stream().allMatch(Check::holds);
    }

    /** The sum of the lines. */
    public long fundedCents() {
        return lines.stream().mapToLong(line -> line.line().priceCents()).sum();
    }
}
