package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.browser.Visitor.Card;
import java.io.IOException;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** Cable, plug, reloading and going away at the wrong moment: what was begun is finished or as it was, and nothing is lost. */
class TroubleTest {
    private static final By LAMP = By.id("lamp");

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
        return Objects.requireNonNull(demo);
    }

    private static Visitor visitor(String language) throws IOException {
        Visitor visitor = Visitor.at(running(), Locale.of(language));
        // A till without power answers nothing, and the browser says so.
        visitor.browser().expect("net::ERR_|Failed to load resource|Failed to fetch");
        return visitor;
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void without_a_network_the_stall_sells_on_and_all_goes_up_when_the_cable_is_back(String language)
            throws IOException {
        try (Visitor visitor = visitor(language)) {
            visitor.cable(false);
            visitor.screen();
            visitor.browser().awaitShown(By.cssSelector("#lamp .mark.warn"));
            visitor.sell();
            visitor.browser().awaitText(LAMP, visitor.beginning("screen-offline"));
            visitor.look("offline");
            visitor.cable(true);
            visitor.screen();
            visitor.browser().awaitText(LAMP, visitor.beginning("all-up"));
            visitor.next();
        }
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void after_a_power_cut_an_open_basket_is_as_it_was_and_is_paid(String language) throws IOException {
        try (Visitor visitor = visitor(language)) {
            visitor.ringUpBoth();
            long total = visitor.cents(".total .amount");
            visitor.power(false);
            visitor.browser().awaitShown(By.cssSelector("#display .dark"));
            visitor.look("power-off");
            visitor.power(true);
            visitor.awaitState("open");
            assertEquals(total, visitor.cents(".total .amount"));
            visitor.look("power-back");
            visitor.press("card");
            visitor.awaitState("awaiting-card");
            visitor.tap(Card.FULL);
            visitor.awaitState("paid");
            visitor.next();
        }
    }

    @ParameterizedTest
    @ValueSource(ints = {1, 2, 3})
    void after_a_power_cut_in_the_middle_of_a_payment_the_sale_is_paid_once(int time) throws IOException {
        try (Visitor visitor = visitor("fr")) {
            visitor.ringUpBoth();
            long total = visitor.cents(".total .amount");
            visitor.press("card");
            visitor.awaitState("awaiting-card");
            // At each of the three times the card is gone at another moment.
            visitor.tapTooShort(Card.FULL);
            visitor.power(false);
            visitor.browser().awaitShown(By.cssSelector("#display .dark"));
            visitor.power(true);
            visitor.awaitState("open", "awaiting-card", "in-doubt");
            visitor.payAgain(Card.FULL);
            assertEquals(total, visitor.cents(".total .amount"), "time " + time);
            visitor.next();
        }
    }

    @Test
    void reloading_and_going_away_in_the_middle_of_everything_harms_nothing() throws IOException {
        try (Visitor visitor = visitor("fr")) {
            visitor.ringUpBoth();
            long total = visitor.cents(".total .amount");
            visitor.browser().reload();
            assertEquals(total, visitor.cents(".total .amount"));
            visitor.press("card");
            visitor.browser().reload();
            visitor.awaitState("awaiting-card");
            visitor.tapTooShort(Card.FULL);
            visitor.browser().leave();
            visitor.open();
            visitor.payAgain(Card.FULL);
            visitor.browser().reload();
            visitor.awaitState("paid");
            assertEquals(total, visitor.cents(".total .amount"));
            visitor.next();
        }
    }

    @Test
    void two_visitors_at_one_stall_see_the_same_basket() throws IOException {
        try (Visitor first = visitor("fr");
                Visitor second = visitor("en")) {
            first.ring(true, 0);
            second.awaitState("open");
            second.ring(true, 1);
            long total = second.cents(".total .amount");
            first.screen();
            first.browser().await("the same total", () -> first.cents(".total .amount") == total);
            assertTrue(total > 0);
            first.begin();
            second.awaitState("empty");
        }
    }
}
