package etal.fleet.table.paper;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.table.paper.Paper.Mark;
import etal.fleet.table.paper.Paper.Sheet;
import java.io.ByteArrayOutputStream;
import java.io.StringReader;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import javax.xml.parsers.DocumentBuilderFactory;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.xml.sax.InputSource;

/** The printer's language, command by command, and what is no command at all. */
class PaperTest {
    private static final int ESC = 0x1B;
    private static final int GS = 0x1D;

    @Test
    void size_weight_and_underline_reach_the_letters_and_end_where_they_are_ended() {
        List<Mark.Text> texts =
                texts(bytes(GS, '!', 0x11, ESC, 'E', 1, "TOTAL", GS, '!', 0, ESC, 'E', 0, ESC, '-', 1, "x\n"));
        assertEquals(new Look(false, 2, 2, true, 0, false), texts.getFirst().look());
        assertEquals(new Look(false, 1, 1, false, 1, false), texts.getLast().look());
        assertEquals(5 * 24, texts.getLast().x());
        assertEquals(texts.getFirst().y() + 24, texts.getLast().y(), "all stand on one base line");
    }

    @Test
    void one_byte_may_choose_all_of_the_look_at_once() {
        assertEquals(
                new Look(true, 2, 2, true, 1, true),
                texts(bytes(GS, 'B', 1, ESC, '!', 0xB9, "x\n")).getFirst().look());
    }

    @Test
    void text_goes_left_to_the_middle_and_right() {
        assertEquals(0, texts(bytes("abcd\n")).getFirst().x());
        assertEquals(
                (512 - 48) / 2, texts(bytes(ESC, 'a', 1, "abcd\n")).getFirst().x());
        assertEquals(512 - 48, texts(bytes(ESC, 'a', '2', "abcd\n")).getFirst().x());
    }

    @Test
    void a_tab_goes_to_the_next_eighth_column() {
        assertEquals(List.of("ab      c"), printed(bytes("ab", '\t', "c\n")).lines());
    }

    @Test
    void the_code_page_says_what_the_upper_bytes_are() {
        assertEquals(
                List.of("12 €"), printed(bytes(ESC, 't', 19, "12 ", 0xD5, "\n")).lines());
        assertEquals(
                List.of("12 €"), printed(bytes(ESC, 't', 16, "12 ", 0x80, "\n")).lines());
        assertEquals(List.of("é"), printed(bytes(0x82, "\n")).lines());
    }

    @Test
    void feeds_move_the_paper_by_lines_and_by_dots() {
        assertEquals(30, texts(bytes("a\nb\n")).getLast().y() - firstY("a\nb\n"));
        assertEquals(90, texts(bytes("a", ESC, 'd', 3, "b\n")).getLast().y() - firstY("a\n"));
        assertEquals(50, texts(bytes("a", ESC, 'J', 50, "b\n")).getLast().y() - firstY("a\n"));
        assertEquals(
                24, texts(bytes(ESC, '3', 0, "a\nb\n")).getLast().y() - firstY("a\n"), "never one line over another");
    }

    @Test
    void every_cut_ends_a_sheet() {
        Paper paper = printed(bytes("one\n", GS, 'V', 65, 10, "two\n", ESC, 'm', "three\n"));
        assertEquals(3, paper.sheets().size());
        assertEquals(
                List.of(true, true, false),
                paper.sheets().stream().map(Sheet::torn).toList());
        assertEquals(List.of("one", "two", "three"), paper.lines());
    }

    @Test
    void a_code_keeps_the_size_and_the_error_correction_that_were_chosen() {
        Mark.Code small = code(bytes(qr(67, 4), qr(69, 48), store("ETAL1:t1"), qr(81, 48)));
        Mark.Code safe = code(bytes(qr(67, 4), qr(69, 51), store("ETAL1:t1-e1:17:00"), qr(81, 48)));
        assertEquals(4, small.moduleDots());
        assertEquals(21, small.modules().size());
        assertTrue(safe.modules().size()
                > code(bytes(store("ETAL1:t1-e1:17:00"), qr(81, 48))).modules().size());
    }

    @Test
    void a_code_that_is_too_long_or_too_wide_or_empty_is_not_printed() {
        assertEquals(List.of(), printed(bytes(qr(81, 48))).codes());
        assertEquals(
                List.of(), printed(bytes(store("x".repeat(3_000)), qr(81, 48))).codes());
        assertEquals(
                List.of(),
                printed(bytes(qr(67, 16), store("x".repeat(500)), qr(81, 48))).codes());
    }

    @Test
    void what_the_printer_does_not_know_is_skipped_with_its_parameters() {
        Map<String, byte[]> skipped = Map.ofEntries(
                Map.entry("drawer", bytes(ESC, 'p', 0, 'A', 'A')),
                Map.entry("bit image", bytes(ESC, '*', 33, 2, 0, "AAAAAA")),
                Map.entry("raster image", bytes(GS, 'v', '0', 0, 2, 0, 3, 0, "AAAAAA")),
                Map.entry("bar code, new", bytes(GS, 'k', 73, 4, "AAAA")),
                Map.entry("bar code, old", bytes(GS, 'k', 4, "AAAA", 0)),
                Map.entry("tabs", bytes(ESC, 'D', 8, 16, 24, 0)),
                Map.entry("own letters", bytes(ESC, '&', 3, 'a', 'b', 1, "AAA", 2, "AAAAAA")),
                Map.entry("status", bytes(0x10, 4, 1)),
                Map.entry("drawer at once", bytes(0x10, 0x14, 1, 0, 1)),
                Map.entry("graphics", bytes(GS, '(', 'L', 4, 0, "AAAA")),
                Map.entry("long graphics", bytes(GS, '8', 'L', 4, 0, 0, 0, "AAAA")),
                Map.entry("Kanji", bytes(0x1C, '!', 'A')),
                Map.entry("stored image", bytes(0x1C, 'p', 1, 'A')),
                Map.entry("buzzer", bytes(ESC, '(', 'A', 2, 0, "AA")),
                Map.entry("nothing known", bytes(ESC, 0x7E, GS, 0x7E, 0x1C, 0x7E)));
        skipped.forEach((name, command) -> assertEquals(
                List.of("before after"),
                printed(bytes("before ", command, "after\n")).lines(),
                name));
    }

    @Test
    void whatever_is_printed_the_picture_is_well_formed_and_holds_nothing_that_runs() throws Exception {
        String svg = PaperPicture.svg(
                printed(bytes("<script>alert(1)</script> & \" ' ]]> &amp; \u0001\u0002\n")), "<b onload='x'>&\"");
        parse(svg);
        assertFalse(svg.contains("<script"), svg);
        assertFalse(svg.contains("<b "), svg);
        assertFalse(svg.contains("style"), svg);
        assertFalse(svg.contains("href"), svg);
    }

    @Test
    void a_roll_comes_to_its_end_however_much_is_printed() {
        byte[] endless = new byte[1_000_000];
        java.util.Arrays.fill(endless, (byte) '\n');
        Paper paper = printed(bytes("a", endless));
        assertTrue(
                paper.sheets().getFirst().heightDots() <= 20_000,
                () -> paper.sheets().getFirst().heightDots() + " dots");

        byte[] codes = bytes(store("x".repeat(100)));
        var many = new ByteArrayOutputStream();
        many.writeBytes(codes);
        for (int i = 0; i < 50_000; i++) {
            many.writeBytes(qr(81, 48));
        }
        assertTrue(printed(many.toByteArray()).codes().size() < 1_000);
    }

    @ParameterizedTest(name = "seed {0}")
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12, 13, 14, 15, 16})
    void bytes_by_chance_print_something_or_nothing_but_never_fail(long seed) throws Exception {
        var random = new SplittableRandom(seed);
        int[] openers = {0x09, 0x0A, 0x10, ESC, 0x1C, GS};
        String commands = "@!EG-MadJ23timBVk(v*&Dp8L";
        for (int round = 0; round < 60; round++) {
            byte[] noise = new byte[random.nextInt(2_000)];
            for (int i = 0; i < noise.length; i++) {
                int dice = random.nextInt(4);
                noise[i] = (byte)
                        (dice == 0
                                ? openers[random.nextInt(openers.length)]
                                : dice == 1 ? commands.charAt(random.nextInt(commands.length())) : random.nextInt(256));
            }
            for (Roll roll : Roll.values()) {
                parse(PaperPicture.svg(Paper.printed(noise, roll), "seed " + seed + " round " + round));
            }
        }
    }

    private static Paper printed(byte[] bytes) {
        return Paper.printed(bytes, Roll.WIDE);
    }

    private static List<Mark.Text> texts(byte[] bytes) {
        return printed(bytes).sheets().getFirst().marks().stream()
                .map(Mark.Text.class::cast)
                .toList();
    }

    private static int firstY(String text) {
        return texts(bytes(text)).getFirst().y();
    }

    private static Mark.Code code(byte[] bytes) {
        return (Mark.Code) printed(bytes).sheets().getFirst().marks().getFirst();
    }

    private static byte[] qr(int function, int value) {
        return bytes(GS, '(', 'k', 3, 0, 49, function, value);
    }

    private static byte[] store(String text) {
        int length = text.length() + 3;
        return bytes(GS, '(', 'k', length & 0xFF, length >> 8, 49, 80, 48, text);
    }

    private static void parse(String svg) throws Exception {
        DocumentBuilderFactory.newInstance().newDocumentBuilder().parse(new InputSource(new StringReader(svg)));
    }

    /** Numbers, letters, texts of the lower code page, and bytes, one after the other. */
    private static byte[] bytes(Object... parts) {
        var all = new ByteArrayOutputStream();
        for (Object part : parts) {
            switch (part) {
                case Integer number -> all.write(number);
                case Character letter -> all.write(letter);
                case String text -> all.writeBytes(text.getBytes(StandardCharsets.ISO_8859_1));
                case byte[] some -> all.writeBytes(some);
                default -> throw new IllegalArgumentException(part.toString());
            }
        }
        return all.toByteArray();
    }
}
