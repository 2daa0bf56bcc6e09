package etal.hub.settle;

import etal.protocol.money.Unit;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.Scheme.Parity;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.util.Currency;

/**
 * How what the books hold in the fund's unit becomes money that a bank pays: 1 Radis is 1 CHF. Immutable.
 *
 * @param unit what the books count
 * @param parity what one unit is worth
 */
public record Settlement(Unit unit, Parity parity) {
    /** The currency in which SEPA pays. */
    static final String SEPA_CURRENCY = "EUR";

    private static final int MICROS_DECIMALS = 6;

    /** @throws IllegalArgumentException when no bank knows the currency */
    public Settlement {
        Currency.getInstance(parity.currency());
    }

    /** As a scheme says. */
    public static Settlement of(Scheme scheme) {
        return new Settlement(scheme.unit(), scheme.parity());
    }

    /** The currency, ISO 4217. */
    public String currency() {
        return parity.currency();
    }

    /** Whether the bank pays it by SEPA. */
    boolean sepa() {
        return currency().equals(SEPA_CURRENCY);
    }

    /**
     * An amount of the books as the bank pays it, in the currency's smallest part, rounded half to even.
     *
     * @param unitCents in the unit's smallest part
     */
    public long currencyCents(long unitCents) {
        return amount(unitCents).unscaledValue().longValueExact();
    }

    /** The same with its decimal point. */
    BigDecimal amount(long unitCents) {
        return BigDecimal.valueOf(unitCents, unit.decimals())
                .multiply(BigDecimal.valueOf(parity.micros(), MICROS_DECIMALS))
                .setScale(Currency.getInstance(currency()).getDefaultFractionDigits(), RoundingMode.HALF_EVEN);
    }
}
