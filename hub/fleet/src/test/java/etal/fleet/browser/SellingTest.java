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
import org.openqa.selenium.By;

/** What a producer types beside the tiles, and the end of the day, on seven inches and on a telephone. */
class SellingTest {
    private static final By DIGITS = By.id("digits");
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

    private static Visitor visitor(String language) throws IOException {
        Visitor visitor = Visitor.at(Objects.requireNonNull(demo), Locale.of(language));
        // At the stall the till is alone in its window; in the table's frame a browser gives no field the keyboard by
        // itself.
        visitor.browser().expect("Blocked autofocusing");
        return visitor;
    }

    @Test
    void an_amount_without_an_article_is_typed_and_a_member_limits_what_the_card_pays() throws IOException {
        try (Visitor visitor = visitor("fr")) {
            pad(visitor, "mode-amount");
            visitor.lookAtTill("pad-amount", "/?pad=amount");
            keys(visitor, "12,50");
            send(visitor, By.cssSelector(".sends .fund"));
            visitor.awaitState("open");
            assertEquals(1_250, visitor.cents(".total .amount"));
            pad(visitor, "tool-card");
            visitor.lookAtTill("pad-card", "/?pad=card");
            keys(visitor, "4");
            send(visitor, By.cssSelector(".sends .first"));
            visitor.press("card");
            visitor.awaitState("awaiting-card");
            visitor.tap(Card.FULL);
            visitor.awaitState("shortfall", "paid");
            if (visitor.state().equals("shortfall")) {
                visitor.awaitReaderFree();
                visitor.press("agree");
                visitor.awaitSaid("present-card");
                visitor.tap(Card.FULL);
                visitor.awaitState("paid");
            }
            assertEquals(400, visitor.cents(".share .amount"));
            visitor.screen();
            visitor.browser()
                    .await(
                            "the sign that it is accepted",
                            () -> visitor.browser()
                                    .attributeNow(By.tagName("html"), "data-signalled")
                                    .equals("accepted"));
            visitor.browser().awaitText(By.cssSelector(".paper-notice"), visitor.beginning("screen-paper-notice"));
            visitor.next();
        }
    }

    @Test
    void what_the_card_leaves_is_paid_by_cheque_and_in_cash_and_the_change_is_reckoned() throws IOException {
        try (Visitor visitor = visitor("fr")) {
            visitor.ringUpBoth();
            long total = visitor.cents(".total .amount");
            pad(visitor, "tool-tender");
            visitor.lookAtTill("pad-tender", "/?pad=tender");
            keys(visitor, "1");
            send(visitor, By.cssSelector(".sends button[value=cheque]"));
            visitor.press("cash");
            visitor.awaitState("paid");
            pad(visitor, "tool-change");
            visitor.lookAtTill("pad-change", "/?pad=change");
            keys(visitor, "100");
            send(visitor, By.cssSelector(".sends .first"));
            visitor.awaitSaid("change-back");
            String said = visitor.browser().text(By.id("notice"));
            assertEquals(10_000 - (total - 100), Visitor.amount(said.replaceAll("^\\D*", "")), said);
            visitor.look("change");
            visitor.next();
        }
    }

    @Test
    void a_new_article_stands_on_the_spot_and_its_price_and_number_are_corrected() throws IOException {
        try (Visitor visitor = visitor("en")) {
            pad(visitor, "mode-article");
            visitor.lookAtTill("pad-article", "/?pad=article");
            keys(visitor, "3");
            visitor.browser().type(By.name("name"), "Horseradish");
            visitor.browser().type(By.name("family"), "roots");
            send(visitor, By.cssSelector(".sends .first"));
            visitor.awaitState("open");
            // A family that the fund does not know yet is not paid for by it.
            assertEquals(300, visitor.cents("#half-other .amount"));
            assertEquals(0, visitor.cents("#half-conventioned .amount"));
            visitor.browser().touch(By.cssSelector("a.line-link"));
            visitor.browser().awaitShown(DIGITS);
            visitor.lookAtTill("pad-line", "/?pad=line&line=0");
            keys(visitor, "2.5");
            send(visitor, By.cssSelector(".sends button[value=price]"));
            visitor.browser().await("the new price", () -> visitor.cents(".total .amount") == 250);
            visitor.begin();
        }
    }

    @Test
    void a_sale_is_cancelled_with_its_card_and_its_goods_are_rung_up_again() throws IOException {
        try (Visitor visitor = visitor("fr")) {
            visitor.sell();
            long total = visitor.cents(".total .amount");
            visitor.press("cancel");
            visitor.awaitState("awaiting-cancel", "cancelled");
            if (visitor.state().equals("awaiting-cancel")) {
                visitor.look("awaiting-cancel");
                visitor.tap(Card.FULL);
                visitor.awaitState("cancelled");
            }
            visitor.lookAtTill("cancelled", "/");
            visitor.press("again");
            visitor.awaitState("open");
            assertEquals(total, visitor.cents(".total .amount"));
            visitor.begin();
        }
    }

    @Test
    void a_stall_with_a_till_of_its_own_types_two_amounts_and_a_card_pays() throws IOException {
        try (Visitor visitor = visitor("fr")) {
            pad(visitor, "mode-card-alone");
            visitor.lookAtTill("pad-card-alone", "/?pad=card-alone");
            keys(visitor, "7,5");
            visitor.browser().type(By.name("other"), "2");
            send(visitor, By.cssSelector(".sends .first"));
            visitor.awaitState("awaiting-card");
            assertEquals(950, visitor.cents(".total .amount"));
            visitor.tap(Card.FULL);
            visitor.awaitState("paid");
            visitor.next();
        }
    }

    @Test
    void a_late_receipt_is_printed_again_and_the_day_is_closed() throws IOException {
        try (Visitor visitor = visitor("fr")) {
            visitor.sell();
            visitor.next();
            visitor.browser().touch(By.id("to-day"));
            visitor.browser().awaitShown(By.id("close-day"));
            visitor.lookAtTill("day", "/till/day");
            visitor.browser().touch(By.cssSelector("form[action='/till/reprint'] button"));
            visitor.browser().awaitText(SAID, visitor.beginning("day-duplicate"));
            visitor.browser().touch(By.id("close-day"));
            visitor.browser().awaitText(SAID, visitor.beginning("day-closed"));
            assertTrue(visitor.browser().count(By.cssSelector("form[action='/till/slip'] button")) > 0, "its slip");
            visitor.lookAtTill("day-closed", "/till/day");
            visitor.browser().touch(By.cssSelector("a[href='/till/known']"));
            visitor.browser().awaitShown(By.cssSelector("table.figures"));
            visitor.lookAtTill("known", "/till/known");
            visitor.browser().touch(By.id("to-till"));
            visitor.browser().awaitShown(By.id("ticket"));
            visitor.awaitState("empty");
        }
    }

    /** Opens a pad by its link. */
    private static void pad(Visitor visitor, String link) {
        visitor.screen();
        visitor.browser().touch(By.id(link));
        visitor.browser().awaitShown(DIGITS);
    }

    /** Types with the pad's own keys where they are, and what they lack, a full stop, as on a keyboard. */
    private static void keys(Visitor visitor, String digits) {
        visitor.screen();
        for (String digit : digits.split("")) {
            By key = By.cssSelector(".key[data-key='" + digit + "']");
            if (visitor.browser().count(key) > 0) {
                visitor.browser().touch(key);
            } else {
                visitor.browser().type(DIGITS, digit);
            }
        }
        assertEquals(digits, visitor.browser().value(DIGITS));
    }

    /** Sends a pad and waits until it has given way to the tiles. */
    private static void send(Visitor visitor, By button) {
        visitor.browser().touch(button);
        visitor.browser().await("the tiles", () -> visitor.browser().count(By.cssSelector(".tiles")) == 1);
    }
}
