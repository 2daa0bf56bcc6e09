package etal.protocol.money;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.protocol.Seeds;
import java.util.List;
import java.util.Locale;
import java.util.OptionalLong;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class AmountsTest {
    private static final Unit FRANC = new Unit("CHF", "CHF", 2);
    private static final Unit STAMP = new Unit("stamp", "stamp", 0);

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1250 | 12,50_€ | €12.50",
                "0 | 0,00_€ | €0.00",
                "5 | 0,05_€ | €0.05",
                "-450 | -4,50_€ | -€4.50",
                "100000 | 1_000,00_€ | €1,000.00",
                "123456789 | 1_234_567,89_€ | €1,234,567.89",
                "9223372036854775807 | 92_233_720_368_547_758,07_€ | €92,233,720,368,547,758.07",
                "-9223372036854775808 | -92_233_720_368_547_758,08_€ | -€92,233,720,368,547,758.08",
            })
    void amounts_are_written_as_french_and_english_readers_expect(long cents, String french, String english) {
        // The underscore stands for the no-break space, which a reader of this table could not see.
        assertEquals(french.replace('_', '\u00A0'), Amounts.format(cents, Unit.EURO, Locale.FRANCE));
        assertEquals(english, Amounts.format(cents, Unit.EURO, Locale.ENGLISH));
    }

    @Test
    void a_word_as_symbol_keeps_its_space() {
        assertEquals("CHF\u00A012.50", Amounts.format(1250, FRANC, Locale.ENGLISH));
        assertEquals("12,50\u00A0CHF", Amounts.format(1250, FRANC, Locale.FRENCH));
        assertEquals("12\u00A0stamp", Amounts.format(12, STAMP, Locale.FRENCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "12,50 €",
                "12,5",
                "12.50",
                "12,50",
                "€12,50",
                "12,50 EUR",
                "12,50\u00A0€",
                "12,50\u202F€",
                " 12,50 "
            })
    void a_french_reader_may_type_it_in_many_ways(String typed) {
        assertEquals(OptionalLong.of(1250), Amounts.parse(typed, Unit.EURO, Locale.FRENCH));
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "",
                " ",
                "€",
                "-",
                "abc",
                "12,505",
                "1,2,3",
                "12,",
                ",50",
                "1 2",
                "0x12",
                "1e3",
                "NaN",
                "١٢",
                "12 €€",
                "99999999999999999999",
                "12,50 CHF",
                "--12"
            })
    void what_is_no_amount_is_not_guessed(String typed) {
        assertEquals(OptionalLong.empty(), Amounts.parse(typed, Unit.EURO, Locale.FRENCH));
    }

    @Test
    void thousands_are_grouped_by_spaces_in_french_and_by_commas_in_english() {
        assertEquals(OptionalLong.of(123_456_700), Amounts.parse("1 234 567", Unit.EURO, Locale.FRENCH));
        assertEquals(OptionalLong.of(123_456_789), Amounts.parse("1,234,567.89", Unit.EURO, Locale.ENGLISH));
        assertEquals(OptionalLong.empty(), Amounts.parse("12,50", Unit.EURO, Locale.ENGLISH));
    }

    @Test
    void what_is_written_is_read_back() {
        Seeds.each(2_000, random -> {
            long cents = random.nextLong(-100_000_000_000_000L, 100_000_000_000_000L) >> random.nextInt(40);
            for (Unit unit : List.of(Unit.EURO, FRANC, STAMP)) {
                for (Locale locale : List.of(Locale.FRENCH, Locale.ENGLISH)) {
                    String written = Amounts.format(cents, unit, locale);
                    assertEquals(OptionalLong.of(cents), Amounts.parse(written, unit, locale), written);
                }
            }
        });
    }
}
