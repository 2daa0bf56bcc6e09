package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fleet.browser.Visitor.Card;
import java.io.IOException;
import java.time.Duration;
import java.util.Locale;
import org.junit.jupiter.api.Test;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/** How little stands between a newcomer and the first payment by card, and that no mouse is needed for it. */
class FirstTapTest {
    private static final int TOUCHES = 3;

    @Test
    void three_touches_after_the_page_is_open_a_card_has_paid() throws IOException, InterruptedException {
        long begin = System.nanoTime();
        try (Demo demo = Demo.start()) {
            long open = System.nanoTime();
            try (Visitor visitor = Visitor.at(demo, Locale.FRENCH)) {
                visitor.ring(true, 0);
                visitor.press("card");
                visitor.awaitState("awaiting-card");
                visitor.tap(Card.FULL);
                visitor.awaitState("paid");
                assertEquals(TOUCHES, visitor.browser().touches());
                System.out.printf(
                        "measured: %d s until both addresses are said, %d s until the first card has paid, %d touches%n",
                        seconds(begin, open), seconds(begin, System.nanoTime()), TOUCHES);
            }
            withoutAMouse(demo);
        }
    }

    private static long seconds(long fromNanos, long untilNanos) {
        return Duration.ofNanos(untilNanos - fromNanos).toSeconds();
    }

    private static void withoutAMouse(Demo demo) throws IOException {
        try (Visitor visitor = Visitor.at(demo, Locale.FRENCH)) {
            visitor.tabTo(By.cssSelector(".tile.fund"));
            visitor.browser().press(Keys.ENTER);
            visitor.awaitState("open");
            visitor.tabTo(By.id("act-card"));
            visitor.browser().press(Keys.ENTER);
            visitor.awaitState("awaiting-card");
            visitor.tabTo(Card.FULL.button("tap"));
            visitor.browser().press(Keys.ENTER);
            visitor.awaitState("paid");
            visitor.tabTo(By.id("act-receipt"));
            visitor.browser().press(Keys.SPACE);
            visitor.awaitSaid("screen-printed");
            visitor.tabTo(By.id("cable"));
            visitor.browser().press(Keys.SPACE);
            visitor.table();
            visitor.browser().awaitShown(By.cssSelector("#cable[aria-checked='false']"));
        }
    }
}
