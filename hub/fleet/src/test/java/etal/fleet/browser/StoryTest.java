package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.browser.Visitor.Card;
import java.io.IOException;
import java.util.List;
import java.util.Locale;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** An afternoon at the vegetable stall, as somebody lives it who has read nothing; in both languages. */
class StoryTest {
    private static final By PAPER = By.cssSelector("a.paper");

    private static @Nullable Demo demo;

    @BeforeAll
    static void opens() throws IOException, InterruptedException {
        demo = Demo.start();
    }

    @AfterAll
    static void ends_with_nothing_left_behind() throws IOException, InterruptedException {
        running().close();
    }

    private static Demo running() {
        return java.util.Objects.requireNonNull(demo);
    }

    private static Visitor visitor(String language) throws IOException {
        return Visitor.at(running(), Locale.of(language));
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void both_baskets_grow_and_a_full_card_pays_what_the_fund_pays_for(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            visitor.look("empty");
            visitor.ringUpBoth();
            long conventioned = visitor.cents("#half-conventioned .amount");
            long other = visitor.cents("#half-other .amount");
            assertTrue(conventioned > 0 && other > 0);
            assertEquals(conventioned + other, visitor.cents(".total .amount"));
            visitor.ring(true, 0);
            assertTrue(visitor.cents("#half-conventioned .amount") > conventioned);
            assertEquals(other, visitor.cents("#half-other .amount"));
            visitor.look("open");
            visitor.press("card");
            visitor.awaitSaid("present-card");
            visitor.look("awaiting-card");
            visitor.tap(Card.FULL);
            visitor.awaitSaid("paid");
            visitor.look("paid");
            visitor.next();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void a_nearly_empty_card_pays_what_it_can_and_the_rest_is_cash(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            for (int article = 0; article < 3; article++) {
                visitor.ring(true, article);
            }
            visitor.press("card");
            visitor.awaitState("awaiting-card");
            visitor.tap(Card.NEARLY_EMPTY);
            visitor.awaitState("shortfall");
            visitor.awaitSaid("shortfall");
            visitor.look("shortfall");
            long total = visitor.cents(".total .amount");
            long rest = visitor.cents(".share.strong .amount");
            assertTrue(rest > 0 && rest < total);
            visitor.awaitReaderFree();
            visitor.press("agree");
            visitor.awaitSaid("present-card");
            visitor.tap(Card.NEARLY_EMPTY);
            visitor.awaitState("paid");
            assertEquals(rest, visitor.cents(".share.strong .amount"));
            visitor.next();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void a_lost_card_and_a_stranger_s_pay_nothing_and_the_next_card_does(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            visitor.ringUpBoth();
            visitor.press("card");
            visitor.awaitState("awaiting-card");
            visitor.tap(Card.BANK);
            visitor.awaitSaid("card-bank_card");
            visitor.look("bank-card");
            another(visitor, Card.DENIED);
            // The first stall that sees a denied card blocks it for good; later it is only denied.
            visitor.awaitSaidAny("card-blocked", "card-denied");
            visitor.look("denied-card");
            another(visitor, Card.FULL);
            visitor.awaitSaid("paid");
            visitor.next();
        }
    }

    /** A basket whose card was not taken goes on waiting for one. */
    private static void another(Visitor visitor, Card card) {
        visitor.awaitReaderFree();
        visitor.tap(card);
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void a_card_taken_away_too_early_pays_once_when_it_comes_back(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            // Each time at another moment: before the command, at a write, before the answer.
            for (int moment = 0; moment < 3; moment++) {
                visitor.ringUpBoth();
                visitor.press("card");
                visitor.awaitState("awaiting-card");
                visitor.tapTooShort(Card.FULL);
                visitor.awaitReaderFree();
                visitor.awaitState("awaiting-card", "in-doubt", "open");
                visitor.look("too-early-" + moment);
                visitor.payAgain(Card.FULL);
                visitor.next();
            }
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void a_receipt_comes_out_as_the_printer_prints_it(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            visitor.table();
            List<String> before = visitor.browser().count(PAPER) == 0
                    ? List.of()
                    : visitor.browser().attributes(PAPER, "href");
            visitor.sell();
            visitor.press("receipt");
            visitor.awaitSaid("screen-printed");
            visitor.table();
            visitor.browser()
                    .await(
                            "a new receipt",
                            () -> !visitor.browser().attributes(PAPER, "href").equals(before));
            visitor.browser().await("its picture", () -> visitor.browser().isPicture(By.cssSelector("a.paper img")));
            visitor.look("receipt");
            visitor.browser().touch(PAPER);
            visitor.browser().awaitText(By.cssSelector("main.receipt pre"), "TOTAL");
            visitor.look("receipt-alone");
            assertTrue(visitor.browser().text(By.tagName("pre")).contains("ETAL1"));
            visitor.browser().back();
            visitor.next();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void the_language_is_one_click_away_and_stays(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            String table = heading(visitor);
            String till = visitor.languageOfTill();
            visitor.table();
            visitor.browser().touch(By.cssSelector("nav a[hreflang]"));
            visitor.browser()
                    .await("the other language", () -> !heading(visitor).equals(table));
            assertNotEquals(till, visitor.languageOfTill());
            visitor.browser().reload();
            assertNotEquals(table, heading(visitor));
            assertNotEquals(till, visitor.languageOfTill());
        }
    }

    private static String heading(Visitor visitor) {
        visitor.table();
        return visitor.browser().text(By.id("tries"));
    }
}
