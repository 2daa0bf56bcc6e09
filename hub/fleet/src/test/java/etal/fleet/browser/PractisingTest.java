package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.browser.Visitor.Card;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;

/** A new seller practises, on seven inches and on a telephone: every page says so, and nothing is sold. */
class PractisingTest {
    private static final By BANNER = By.cssSelector("#school .school-word strong");
    private static final By SAID = By.cssSelector(".notice[role=status]");

    private static @Nullable Demo demo;

    @BeforeAll
    static void opens() throws IOException, InterruptedException {
        demo = Demo.start();
    }

    @AfterAll
    static void ends_with_nothing_left_behind() throws IOException, InterruptedException {
        Objects.requireNonNull(demo).close();
    }

    @Test
    void a_new_seller_practises_a_sale_with_all_that_can_happen_and_the_till_sells_again_afterwards()
            throws IOException {
        try (Visitor visitor = visitor("fr")) {
            begin(visitor);
            visitor.ringUpBoth();
            visitor.lookAtTill("school-open", "/");
            visitor.press("card");
            visitor.awaitState("awaiting-card");
            visitor.lookAtTill("school-awaiting", "/");
            card(visitor, "refused", "refused");
            card(visitor, "short", "shortfall");
            visitor.lookAtTill("school-shortfall", "/");
            visitor.press("agree");
            visitor.awaitState("awaiting-card");
            card(visitor, "lifted", "in-doubt");
            visitor.lookAtTill("school-doubt", "/");
            card(visitor, "enough", "paid");
            visitor.press("receipt");
            visitor.awaitSaid("screen-printed");
            visitor.lookAtTill("school-paid", "/");
            visitor.press("cancel");
            visitor.awaitState("awaiting-cancel");
            card(visitor, "enough", "cancelled");
            visitor.lookAtTill("school-cancelled", "/");
            visitor.next();
            for (String page : new String[] {"day", "known", "practice"}) {
                visitor.lookAtTill("school-" + page, "/till/" + page);
            }
            visitor.lookAtTill("school-pad", "/?pad=amount");
            visitor.look("school-table");
            end(visitor);
            visitor.sell();
            visitor.next();
        }
    }

    @Test
    void a_card_laid_down_meanwhile_is_told_and_after_a_pulled_plug_the_till_practises_on() throws IOException {
        try (Visitor visitor = visitor("en")) {
            begin(visitor);
            visitor.tap(Card.FULL);
            visitor.awaitSaid("practice-real-card");
            visitor.lookAtTill("school-real-card", "/?lang=en");
            // While the plug is out a page that looks on gets no answer, and a browser says so.
            visitor.browser().expect("net::ERR_|Failed to load resource|Failed to fetch");
            visitor.power(false);
            visitor.power(true);
            visitor.open();
            visitor.browser().awaitText(BANNER, visitor.beginning("practice-banner"));
            assertEquals("empty", visitor.state());
            end(visitor);
        }
    }

    private static Visitor visitor(String language) throws IOException {
        Visitor visitor = Visitor.at(Objects.requireNonNull(demo), Locale.of(language));
        visitor.browser().expect("Blocked autofocusing");
        return visitor;
    }

    private static void begin(Visitor visitor) throws IOException {
        visitor.screen();
        visitor.browser().touch(By.id("to-day"));
        visitor.browser().awaitShown(By.id("to-practice"));
        visitor.browser().touch(By.id("to-practice"));
        visitor.browser().awaitShown(By.id("begin-practice"));
        visitor.lookAtTill("school-before", "/till/practice");
        visitor.browser().touch(By.id("practice-read"));
        visitor.browser().touch(By.id("begin-practice"));
        visitor.browser().awaitText(BANNER, visitor.beginning("practice-banner"));
        visitor.awaitState("empty");
    }

    private static void card(Visitor visitor, String card, String state) {
        visitor.screen();
        visitor.browser().touch(By.id("practise-" + card));
        visitor.awaitState(state);
    }

    private static void end(Visitor visitor) {
        visitor.screen();
        visitor.browser().touch(By.cssSelector("#school .school-end"));
        visitor.browser().awaitShown(By.id("end-practice"));
        visitor.browser().touch(By.id("end-practice"));
        visitor.browser().awaitText(SAID, visitor.beginning("practice-ended"));
        visitor.browser().touch(By.id("to-till"));
        visitor.browser().awaitShown(By.id("ticket"));
        visitor.awaitState("empty");
        assertEquals(0, visitor.browser().count(BANNER));
    }
}
