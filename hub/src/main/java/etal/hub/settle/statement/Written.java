package etal.hub.settle.statement;

import etal.protocol.cbor.Malformed;
import java.math.BigDecimal;
import java.math.RoundingMode;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.OffsetDateTime;
import java.time.ZoneId;
import java.util.Currency;
import java.util.regex.Pattern;

/** Amounts and days as ISO 20022 writes them. Stateless. */
final class Written {
    private static final Pattern AMOUNT = Pattern.compile("[0-9]{1,13}(\\.[0-9]{1,5})?");
    private static final Pattern DAY = Pattern.compile("([0-9]{4}-[0-9]{2}-[0-9]{2})(Z|[+-][0-9]{2}:[0-9]{2})?");
    private static final int YEAR_LEAST = 2000;
    private static final int YEAR_MOST = 2199;

    private Written() {}

    /** An amount in the currency's smallest part. */
    static long cents(XmlElement amount, String currency) throws Malformed {
        if (!AMOUNT.matcher(amount.text()).matches()) {
            throw amount.malformed("no amount");
        }
        try {
            return new BigDecimal(amount.text())
                    .setScale(Currency.getInstance(currency).getDefaultFractionDigits(), RoundingMode.UNNECESSARY)
                    .unscaledValue()
                    .longValueExact();
        } catch (ArithmeticException e) {
            throw amount.malformed("smaller than the smallest part of " + currency);
        }
    }

    /** When it was booked: the beginning of the day, or the moment if it is said. */
    static Instant moment(XmlElement booked, ZoneId zone) throws Malformed {
        try {
            String day = booked.text("Dt");
            Instant moment = day.isEmpty() ? time(booked.text("DtTm"), zone) : day(day, zone);
            int year = moment.atZone(zone).getYear();
            if (year >= YEAR_LEAST && year <= YEAR_MOST) {
                return moment;
            }
        } catch (DateTimeException e) {
            // It is said below with the others.
        }
        throw booked.malformed("no day");
    }

    private static Instant day(String written, ZoneId zone) {
        var found = DAY.matcher(written);
        if (!found.matches()) {
            throw new DateTimeException("not a day");
        }
        return LocalDate.parse(found.group(1)).atStartOfDay(zone).toInstant();
    }

    private static Instant time(String written, ZoneId zone) {
        boolean offset = written.endsWith("Z") || written.matches(".*[+-][0-9]{2}:[0-9]{2}");
        return offset
                ? OffsetDateTime.parse(written).toInstant()
                : LocalDateTime.parse(written).atZone(zone).toInstant();
    }
}
