package etal.fleet.browser;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.edge.speech.Speech;
import etal.protocol.money.Unit;
import java.io.IOException;
import java.net.URI;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import org.openqa.selenium.By;
import org.openqa.selenium.Keys;

/**
 * Somebody at the vegetable stall: touches the till's screen, lays down cards, pulls at cable and plug, and looks. Not safe
 * for use by several threads.
 */
final class Visitor implements AutoCloseable {
    private static final By SCREEN = By.id("screen");
    private static final By TICKET = By.id("ticket");
    private static final By NOTICE = By.cssSelector("#ticket .notice");

    private static final List<Integer> SEVEN_INCHES = List.of(800, 480);
    private static final List<Integer> TELEPHONE = List.of(390, 844);

    /** More than anybody should have to press. */
    private static final int KEYS_MAX = 150;

    private final Demo demo;
    private final Browser browser;
    private final Axe axe;
    private final Speech till;
    private final Locale language;

    /** The cards beside the till, by what their ids begin with. */
    enum Card {
        FULL("full"),
        NEARLY_EMPTY("nearly-empty"),
        DENIED("denied"),
        BANK("bank");

        private final String id;

        Card(String id) {
            this.id = id;
        }

        By button(String deed) {
            return By.cssSelector("button[id^='" + deed + "-" + id + "']");
        }
    }

    private Visitor(Demo demo, Browser browser, Axe axe, Locale language) {
        this.demo = demo;
        this.browser = browser;
        this.axe = axe;
        this.language = language;
        this.till = Speech.of("etal.terminal.speech.messages", language, Unit.EURO);
    }

    /** Opens the stall's page in this language; French is what a newcomer gets without asking. */
    static Visitor at(Demo demo, Locale language) throws IOException {
        Visitor visitor = new Visitor(demo, Browser.open(1440), Axe.read(), language);
        visitor.open();
        visitor.begin();
        return visitor;
    }

    /** Opens the stall's page, as if for the first time. */
    void open() {
        browser.open(
                language.equals(Locale.FRENCH) ? demo.stall() : demo.stall().resolve("/?lang=en"));
        screen();
    }

    Browser browser() {
        return browser;
    }

    /** The language that the till's screen is in, by its two letters. */
    String languageOfTill() {
        screen();
        return browser.attribute(By.tagName("html"), "lang");
    }

    /** Looks at the till's screen. */
    void screen() {
        browser.frame(SCREEN);
    }

    /** Looks at the table around it. */
    void table() {
        browser.page();
    }

    /** Touches the article of that number among those the fund pays for, or among the others. */
    void ring(boolean conventioned, int number) {
        screen();
        String tile = conventioned ? ".tile.fund" : ".tile.rest";
        String product = browser.attributes(By.cssSelector(tile), "value").get(number);
        long before = count(product);
        browser.touch(By.cssSelector(tile + "[value='" + product + "']"));
        browser.await("one more " + product, () -> count(product) == before + 1);
    }

    /** How many of a product are in the basket. */
    private long count(String product) {
        List<String> counts = browser.texts(
                By.xpath("//li[contains(@class,'line')][.//button[@value='" + product + "']]//span[@class='count']"));
        return counts.isEmpty() ? 0 : Long.parseLong(counts.getFirst().replaceAll("[^0-9]", ""));
    }

    /** Rings up what makes a small basket that the fund pays for, with one line that it does not. */
    void ringUpBoth() {
        ring(true, 0);
        ring(true, 1);
        ring(false, 0);
        awaitState("open");
    }

    /** Touches a button of the ticket: {@code card}, {@code cash}, {@code agree}, {@code next}, {@code receipt} and so on. */
    void press(String button) {
        screen();
        browser.touch(By.id("act-" + button));
    }

    /** Waits until the basket in hand is in one of these states; {@code empty} without one. */
    void awaitState(String... states) {
        screen();
        browser.await(
                "the basket " + String.join(" or ", states),
                () -> Set.of(states).contains(browser.attributeNow(TICKET, "data-state")));
    }

    /** The state of the basket in hand. */
    String state() {
        screen();
        return browser.attribute(TICKET, "data-state");
    }

    /** Waits until the till says this, by its key. */
    void awaitSaid(String key) {
        screen();
        browser.awaitText(NOTICE, beginning(key));
    }

    /** Waits until the notice says one of these. */
    void awaitSaidAny(String... keys) {
        screen();
        browser.awaitAnyText(NOTICE, Arrays.stream(keys).map(this::beginning).toList());
    }

    /** What the till says in the visitor's language, up to the first argument. */
    String beginning(String key) {
        return till.word(key).replaceAll("\\{.*", "").replace('\u00A0', ' ');
    }

    /** Pays what was torn: what the card had not decided is paid anew, what it had decided is found paid. */
    void payAgain(Card card) {
        awaitReaderFree();
        awaitState("awaiting-card", "in-doubt", "open", "paid");
        while (!state().equals("paid")) {
            if (state().equals("open")) {
                press("card");
                awaitState("awaiting-card");
            }
            tap(card);
            awaitReaderFree();
            awaitState("paid", "open", "awaiting-card");
        }
    }

    /** An amount on the ticket, in cents. */
    long cents(String css) {
        screen();
        return amount(browser.text(By.cssSelector("#ticket " + css)));
    }

    /** Cents of an amount as people read it. */
    static long amount(String text) {
        return Long.parseLong(text.replaceAll("[^0-9]", ""));
    }

    /** Lays a card on the reader. */
    void tap(Card card) {
        lay("tap", card);
    }

    /** Lays a card on the reader and pulls it away too early. */
    void tapTooShort(Card card) {
        lay("short", card);
    }

    private void lay(String deed, Card card) {
        table();
        awaitReaderFree();
        browser.touch(card.button(deed));
    }

    /** Waits until no card lies on the reader. */
    void awaitReaderFree() {
        table();
        browser.await("a free reader", () -> browser.count(By.cssSelector(".card.lies")) == 0);
    }

    /** The till as the next customer finds it, whatever was left there: a basket in doubt stays parked. */
    void begin() {
        switch (state()) {
            case "paid", "abandoned", "in-doubt" -> next();
            case "awaiting-card", "shortfall", "refused" -> {
                press("reopen");
                awaitState("open");
                begin();
            }
            case "open" -> {
                press("clear");
                awaitState("abandoned");
                next();
            }
            default -> awaitState("empty");
        }
    }

    /** The next customer comes. */
    void next() {
        press("next");
        awaitState("empty");
    }

    /** Rings up, pays by full card, and lets the next customer come; the numbers of the day grow by one sale. */
    long sell() {
        ringUpBoth();
        press("card");
        awaitState("awaiting-card");
        tap(Card.FULL);
        awaitState("paid");
        return cents(".share .amount");
    }

    /** Goes with the tab key to something on the till's screen or on the table. */
    void tabTo(By what) {
        for (int keys = 0; keys < KEYS_MAX; keys++) {
            browser.press(Keys.TAB);
            table();
            if (browser.hasFocus(what)) {
                return;
            }
            if (browser.hasFocus(SCREEN)) {
                screen();
                if (browser.hasFocus(what)) {
                    return;
                }
            }
        }
        throw new AssertionError("the tab key does not lead to " + what);
    }

    /** Pulls the network cable or plugs it in. */
    void cable(boolean plugged) {
        flip("cable", plugged);
    }

    /** Pulls the plug or puts it in. */
    void power(boolean on) {
        flip("power", on);
    }

    private void flip(String what, boolean wanted) {
        table();
        browser.touch(By.id(what));
        browser.await(
                what + " " + wanted,
                () -> browser.attributeNow(By.id(what), "aria-checked").equals(Boolean.toString(wanted)));
    }

    /** Looks at the page at each width: nothing bars the way, nothing is pushed out of sight; keeps a picture. */
    void look(String name) throws IOException {
        look(browser, axe, name + "-" + language.getLanguage());
    }

    /**
     * Looks at a page of the till alone, on the stall's seven inches and on a telephone: nothing bars the way, nothing is pushed
     * out of sight; keeps pictures of what is seen without pushing. The table is left as it was.
     */
    void lookAtTill(String name, String page) throws IOException {
        screen();
        URI shown = browser.address().resolve(page);
        try (Browser alone = Browser.open(SEVEN_INCHES.getFirst())) {
            for (List<Integer> size : List.of(SEVEN_INCHES, TELEPHONE)) {
                alone.screen(size.getFirst(), size.getLast());
                alone.open(shown);
                String what = "till-" + name + "-" + size.getFirst() + "x" + size.getLast();
                assertEquals(List.of(), axe.violations(alone), what);
                assertEquals(List.of(), alone.overflow(), what);
                alone.view(what);
            }
        }
    }

    /** Looks like this at another page, such as the hub's. */
    static void look(Browser browser, Axe axe, String name) throws IOException {
        for (int width : Browser.WIDTHS) {
            browser.page();
            browser.width(width);
            assertEquals(List.of(), axe.violations(browser), name + " at " + width);
            assertEquals(List.of(), browser.overflow(), name + " is wider than " + width);
            browser.screenshot(name, width);
        }
    }

    /** The hub's page. */
    URI hub() {
        return demo.hub();
    }

    @Override
    public void close() throws IOException {
        browser.close();
    }
}
