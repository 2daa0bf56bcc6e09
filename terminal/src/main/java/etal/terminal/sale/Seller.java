package etal.terminal.sale;

import etal.protocol.split.PointOfSale;

/**
 * Who sells here: the ledger and its perpetual total are one seller's.
 *
 * @param pointOfSale number and SIREN
 * @param name as on the receipt
 * @param regime how the seller stands to VAT
 */
public record Seller(PointOfSale pointOfSale, String name, VatRegime regime) {
    /** How a seller stands to VAT. */
    public enum VatRegime {
        /** VAT is shown per rate. */
        NORMAL,
        /** No VAT, and the mention of article 293 B. */
        FRANCHISE,
        /** The agricultural flat rate: no VAT on the receipt. */
        FORFAIT
    }

    /** Nine digits. */
    public String siren() {
        return pointOfSale.seller();
    }
}
