package etal.hub.members;

/**
 * A place where the card is taken, and who is paid for it.
 *
 * @param id its number in the fund; the third party of account 4673
 * @param terminal the terminal that sells for it
 * @param name as members know it
 * @param siren the seller's SIREN, 9 digits
 * @param iban where payouts go
 * @param creditor to whom payouts go, as the bank knows them
 */
public record PointOfSale(long id, long terminal, String name, String siren, String iban, String creditor) {
    /** The third party in the books. */
    public String third() {
        return Long.toString(id);
    }

    /** As the rules see it. */
    public etal.protocol.split.PointOfSale underRules() {
        return new etal.protocol.split.PointOfSale(id, siren);
    }
}
