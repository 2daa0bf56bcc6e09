package etal.protocol.money;

import java.util.Objects;

/**
 * The unit a fund counts in: the euro, or a local one. Immutable.
 *
 * <p>Throughout the code "cents" are the unit's smallest part, whatever its number of decimals.
 *
 * @param code 2 to 8 capital or small letters, as {@code EUR} or {@code MonA}
 * @param symbol what people see beside an amount, 1 to 8 characters, as {@code €}
 * @param decimals how many decimals an amount has, 0 to 3
 */
public record Unit(String code, String symbol, int decimals) {
    /** Most decimals a unit may have. */
    public static final int DECIMALS_MAX = 3;

    /** The euro. */
    public static final Unit EURO = new Unit("EUR", "€", 2);

    /** @throws IllegalArgumentException if a component is outside its bounds */
    public Unit {
        Objects.requireNonNull(code);
        Objects.requireNonNull(symbol);
        if (!code.matches("[A-Za-z]{2,8}")) {
            throw new IllegalArgumentException("unit code: 2 to 8 letters");
        }
        if (!symbol.matches("[\\p{L}\\p{Sc}]{1,8}")) {
            throw new IllegalArgumentException("unit symbol: 1 to 8 letters or currency signs");
        }
        if (decimals < 0 || decimals > DECIMALS_MAX) {
            throw new IllegalArgumentException("unit decimals: 0 to " + DECIMALS_MAX);
        }
    }
}
