package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.IOException;
import java.net.URI;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;
import org.openqa.selenium.By;

/** What the fund sees while the visitor sells: the sale, the day, and the way of every cent. */
class HubStoryTest {
    /** The first figure of the day: the list itself ends after fifty. */
    private static final By SALES = By.cssSelector(".figures strong");

    private static final By VISITORS = By.xpath("//a[contains(@class,'sale')][contains(.,'Le potager des Rives')]");

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

    private static URI hub(String language) {
        return running().hub().resolve(language.equals("fr") ? "/" : "/?lang=" + language);
    }

    @Test
    void the_market_goes_on_by_itself() throws IOException {
        try (Browser hub = Browser.open(1440)) {
            hub.open(hub("fr"));
            hub.awaitShown(SALES);
            String before = hub.text(SALES);
            hub.await("one more sale", () -> !hub.text(SALES).equals(before));
        }
    }

    /** The newest comes first. */
    private static boolean isNews(List<String> sales, List<String> before) {
        return !sales.isEmpty() && !before.contains(sales.getFirst());
    }

    @ParameterizedTest
    @ValueSource(strings = {"fr", "en"})
    void a_sale_at_the_stall_arrives_and_the_way_of_its_cents_is_shown(String language) throws IOException {
        try (Visitor visitor = Visitor.at(running(), Locale.of(language));
                Browser hub = Browser.open(1440)) {
            hub.open(hub(language));
            hub.awaitShown(By.id("board"));
            List<String> before = hub.count(VISITORS) == 0 ? List.of() : hub.attributes(VISITORS, "href");
            long byCard = visitor.sell();
            hub.await("the visitor's sale", () -> isNews(hub.attributes(VISITORS, "href"), before));
            Visitor.look(hub, Axe.read(), "hub-" + language);
            hub.touch(VISITORS);
            hub.awaitShown(By.cssSelector("main.way .lead"));
            assertEquals(byCard, Visitor.amount(hub.text(By.cssSelector(".lead .amount"))));
            assertTrue(hub.count(By.cssSelector(".mark.good")) > 0);
            assertEquals(0, hub.count(By.cssSelector(".mark.bad")));
            hub.touch(By.cssSelector("#bytes-entry summary"));
            hub.awaitShown(By.cssSelector("#bytes-entry td.hex"));
            Visitor.look(hub, Axe.read(), "way-" + language);
            visitor.next();
        }
    }

    @Test
    void the_other_language_is_one_click_away_and_coming_back_harms_nothing() throws IOException {
        try (Browser hub = Browser.open(800)) {
            hub.open(hub("fr"));
            String french = hub.text(By.id("sales"));
            hub.touch(By.cssSelector("a.tongue"));
            hub.await("English", () -> !hub.text(By.id("sales")).equals(french));
            String english = hub.text(By.id("sales"));
            hub.reload();
            assertEquals(english, hub.text(By.id("sales")));
            hub.leave();
            hub.open(hub("fr"));
            assertEquals(english, hub.text(By.id("sales")));
        }
    }
}
