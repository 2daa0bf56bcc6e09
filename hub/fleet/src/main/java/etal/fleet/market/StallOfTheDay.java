package etal.fleet.market;

import java.util.List;

/**
 * One of the eight stalls of the Marché du Lavoir.
 *
 * @param number terminal and point of sale in one, from 1
 * @param name what stands on the awning
 * @param siren the seller's number, nine digits (invented, with a valid check digit)
 * @param iban where the seller is paid (invented, with valid check digits)
 * @param regime the VAT regime: normal, franchise or forfait
 */
public record StallOfTheDay(int number, String name, String siren, String iban, String regime) {
    /** The eight, in the order of the market. */
    public static List<StallOfTheDay> all() {
        return List.of(
                new StallOfTheDay(1, "Le potager des Rives", "900000019", "FR7630001007940000000000148", "normal"),
                new StallOfTheDay(2, "Les vergers du Jabron", "900000027", "FR7630001007940000000000245", "forfait"),
                new StallOfTheDay(3, "La chèvrerie du Serre", "900000035", "FR7630001007940000000000342", "normal"),
                new StallOfTheDay(4, "Les œufs de Comps", "900000043", "FR7630001007940000000000439", "franchise"),
                new StallOfTheDay(
                        5, "Le rucher de Rochebaudin", "900000050", "FR7630001007940000000000536", "franchise"),
                new StallOfTheDay(6, "La bergerie de Vesc", "900000068", "FR7630001007940000000000633", "normal"),
                new StallOfTheDay(7, "Le fournil du Lavoir", "900000076", "FR7630001007940000000000730", "normal"),
                new StallOfTheDay(
                        8, "Pêches, noix et confitures", "900000084", "FR7630001007940000000000827", "forfait"));
    }
}
