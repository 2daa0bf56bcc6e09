package etal.terminal.screen;

import etal.edge.speech.Speech;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.scheme.Tariffs;
import etal.protocol.split.BasketLine;
import etal.protocol.split.TariffSide;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.main.Till;
import etal.terminal.practice.PracticeCard;
import etal.terminal.rules.Rules;
import etal.terminal.screen.TicketView.Button;
import etal.terminal.screen.TicketView.Choice;
import etal.terminal.screen.TicketView.Half;
import etal.terminal.screen.TicketView.Line;
import etal.terminal.screen.TicketView.Notice;
import etal.terminal.screen.TicketView.Parked;
import etal.terminal.screen.TicketView.Share;
import etal.terminal.screen.TicketView.Tool;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** Draws the ticket of the basket in hand, in one language. Used from the loop only. */
final class Ticket {
    private static final String FIRST = "first";
    private static final String PLAIN = "plain";
    private static final List<String> GOOD = List.of("paid", "practice-paid");

    private final Till till;
    private final Counter counter;
    private final Lamp lamp;
    private final Speech speech;
    private final String touched;

    /** In that language; {@code touched} is the product that was rung up or taken back just now, or empty. */
    Ticket(Till till, Counter counter, Lamp lamp, Speech speech, String touched) {
        this.till = till;
        this.counter = counter;
        this.lamp = lamp;
        this.speech = speech;
        this.touched = touched;
    }

    /** What is shown at this version; {@code word} is what came of the last wish, where that wants a sentence. */
    TicketView view(long version, @Nullable Notice word) throws StorageFailed {
        TillBasket basket = counter.hand().basket().orElse(null);
        Optional<Notice> notice = word != null ? Optional.of(word) : realCard().or(() -> saidOf(basket));
        return new TicketView(
                version,
                basket == null ? "empty" : basket.state().word(),
                notice,
                trouble(),
                half(basket, BasketLine::conventioned),
                half(basket, line -> !line.conventioned()),
                speech.amount(basket == null ? 0 : basket.basket().totalCents()),
                basket != null && editable(basket),
                basket == null ? List.of() : shares(basket),
                basket == null ? List.of() : choices(basket),
                basket == null ? List.of() : tools(basket),
                basket == null ? List.of() : buttons(basket),
                parked(),
                lamp.light(speech),
                spoken(basket, notice),
                counter.practises(),
                basket == null ? List.of() : gestures(basket));
    }

    /** A card that lay on the reader of a till that practises: it was asked for nothing. */
    private Optional<Notice> realCard() {
        return counter.practises()
                ? till.practice().desk().aboutRealCard().map(said -> new Notice("bad", speech.speak(said)))
                : Optional.empty();
    }

    private Optional<Notice> saidOf(@Nullable TillBasket basket) {
        return basket == null ? Optional.empty() : notice(basket);
    }

    /** What can be touched in the place of a card, where one is waited for. */
    private List<Choice> gestures(TillBasket basket) {
        if (!counter.practises()) {
            return List.of();
        }
        return switch (basket.state()) {
            case AWAITING_CARD, REFUSED ->
                Stream.of(PracticeCard.values())
                        .map(card -> gesture(card, card.word()))
                        .toList();
            case IN_DOUBT, AWAITING_CANCEL, CANCEL_IN_DOUBT ->
                List.of(gesture(PracticeCard.ENOUGH, "same"), gesture(PracticeCard.LIFTED, "lifted"));
            default -> List.of();
        };
    }

    private Choice gesture(PracticeCard card, String word) {
        String label = speech.word("practice-card-" + word);
        return new Choice(card.word(), label, label, false);
    }

    private Optional<Notice> notice(TillBasket basket) {
        String kind = switch (basket.state()) {
            case OPEN -> "";
            case AWAITING_CARD, IN_DOUBT, AWAITING_CANCEL, CANCEL_IN_DOUBT -> "wait";
            case SHORTFALL, ABANDONED, CANCELLED -> "warn";
            case REFUSED -> "bad";
            case PAID -> GOOD.contains(basket.said().key()) ? "good" : "warn";
        };
        // A basket that was rung up says nothing, unless the card was not debited and it has to be tried again.
        boolean silent = kind.isEmpty() && basket.said().key().equals("open");
        return silent ? Optional.empty() : Optional.of(new Notice(kind.isEmpty() ? "warn" : kind, sentence(basket)));
    }

    private String sentence(TillBasket basket) {
        String sentence = speech.speak(basket.said());
        return basket.state() == BasketState.REFUSED && awaited(basket)
                ? speech.say("screen-or-another-card", sentence)
                : sentence;
    }

    private boolean awaited(TillBasket basket) {
        return counter.desk().awaited().filter(basket.key()::equals).isPresent();
    }

    private Optional<Notice> trouble() {
        Optional<Said> ended = till.ledger().endedForGood();
        if (ended.isPresent()) {
            return Optional.of(new Notice("bad", speech.speak(ended.get())));
        }
        Optional<Said> storage = till.stall().store().trouble();
        if (storage.isPresent()) {
            return Optional.of(new Notice("bad", speech.speak(storage.get())));
        }
        if (counter.desk().rulesNow().isEmpty()) {
            return Optional.of(new Notice("warn", speech.word("no-rules")));
        }
        if (!till.stall().readerWorking()) {
            return Optional.of(new Notice("bad", speech.word("screen-reader-lost")));
        }
        return till.certificateWord().or(till.receipts()::trouble).map(word -> new Notice("warn", speech.speak(word)));
    }

    private Half half(@Nullable TillBasket basket, Predicate<BasketLine> belongs) {
        List<Line> lines = new ArrayList<>();
        long cents = 0;
        if (basket != null) {
            List<BasketLine> all = basket.basket().lines();
            for (int i = 0; i < all.size(); i++) {
                BasketLine line = all.get(i);
                if (belongs.test(line)) {
                    lines.add(new Line(
                            "l" + i,
                            i,
                            line.productId(),
                            line.name(),
                            count(line),
                            !line.weighed() && listed(line),
                            line.weighed() ? speech.amount(line.perKiloCents()) + "/kg" : "",
                            speech.amount(line.priceCents()),
                            line.productId().equals(touched)));
                    cents += line.priceCents();
                }
            }
        }
        return new Half(lines, speech.amount(cents));
    }

    private String count(BasketLine line) {
        boolean french = speech.locale().getLanguage().equals("fr");
        return line.weighed() ? PadDrawing.kilos(line.quantity(), french) : String.valueOf(line.quantity());
    }

    /** One more of a product is rung up at the list's price, so it must stand there. */
    private boolean listed(BasketLine line) {
        return counter.desk()
                .rulesNow()
                .flatMap(rules -> rules.catalogue().find(line.productId()))
                .isPresent();
    }

    private List<Tool> tools(TillBasket basket) {
        return switch (basket.state()) {
            case OPEN ->
                Stream.of(Pad.DISCOUNT, Pad.CARD, Pad.TENDER).map(this::tool).toList();
            case PAID -> ofPaid(basket);
            default -> List.of();
        };
    }

    private List<Tool> ofPaid(TillBasket basket) {
        List<Tool> tools = new ArrayList<>();
        if (basket.cashCents() > basket.paying().tenderedCents()) {
            tools.add(tool(Pad.CHANGE));
        }
        if (Balance.shownOf(basket) && !counter.practises()) {
            tools.add(new Tool("balance", "/till/balance", "/till/balance", speech.word("tool-balance")));
        }
        return tools;
    }

    private Tool tool(Pad pad) {
        String asked = "?pad=" + pad.word();
        return new Tool(pad.word(), "/" + asked, "/till/room" + asked, speech.word("tool-" + pad.word()));
    }

    private static boolean editable(TillBasket basket) {
        return !basket.state().over() && basket.state() != BasketState.IN_DOUBT;
    }

    private List<Share> shares(TillBasket basket) {
        return switch (basket.state()) {
            case OPEN, AWAITING_CARD, REFUSED -> expected(basket);
            case SHORTFALL, IN_DOUBT ->
                List.of(
                        new Share(speech.word("screen-by-card"), speech.amount(basket.cardCents()), false),
                        new Share(speech.word("screen-by-cash"), speech.amount(basket.cashCents()), true));
            case PAID, AWAITING_CANCEL, CANCEL_IN_DOUBT -> paid(basket);
            case CANCELLED -> givenBack(basket);
            case ABANDONED -> List.of();
        };
    }

    private List<Share> expected(TillBasket basket) {
        Optional<Rules> rules = counter.desk().rulesNow();
        if (rules.isEmpty()) {
            return List.of();
        }
        long covered = counter.desk().coveredCents(basket, rules.get());
        long rest = basket.basket().totalCents() - covered;
        List<Share> shares = new ArrayList<>();
        if (basket.basket().discountCents() > 0) {
            shares.add(new Share(
                    speech.word("receipt-discount"),
                    speech.amount(-basket.basket().discountCents()),
                    false));
        }
        shares.add(new Share(speech.word("screen-card-up-to"), speech.amount(covered), false));
        tendered(basket, shares);
        long leftCents = rest - basket.paying().tenderedCents();
        shares.add(new Share(speech.word("screen-by-cash"), speech.amount(Math.max(0, leftCents)), false));
        return shares;
    }

    private List<Share> paid(TillBasket basket) {
        List<Share> shares = new ArrayList<>();
        if (basket.cardCents() > 0) {
            shares.add(new Share(speech.word("screen-paid-card"), speech.amount(basket.cardCents()), false));
        }
        tendered(basket, shares);
        long cashCents = basket.cashCents() - basket.paying().tenderedCents();
        if (cashCents > 0) {
            shares.add(new Share(speech.word("screen-take-cash"), speech.amount(cashCents), true));
        }
        return shares;
    }

    private void tendered(TillBasket basket, List<Share> shares) {
        basket.paying()
                .tenders()
                .forEach(tender -> shares.add(new Share(
                        speech.word("tender-" + tender.means().word()), speech.amount(tender.amountCents()), false)));
    }

    private List<Share> givenBack(TillBasket basket) {
        List<Share> shares = new ArrayList<>();
        if (basket.cardCents() > 0) {
            shares.add(new Share(speech.word("screen-back-on-card"), speech.amount(basket.cardCents()), false));
        }
        if (basket.cashCents() > 0) {
            shares.add(new Share(speech.word("screen-give-back-cash"), speech.amount(basket.cashCents()), true));
        }
        return shares;
    }

    private List<Choice> choices(TillBasket basket) {
        Optional<Tariffs> tariffs =
                counter.desk().rulesNow().flatMap(now -> now.scheme().tariffs());
        if (tariffs.isEmpty() || basket.state() != BasketState.OPEN) {
            return List.of();
        }
        Optional<String> asked = basket.basket().tariff().map(TariffSide::choice);
        return tariffs.get().choices().stream()
                .map(choice -> new Choice(
                        choice.id(),
                        choice.gesture().isEmpty() ? choice.name() : choice.gesture(),
                        choice.name(),
                        asked.map(choice.id()::equals).orElse(choice.percent() == Tariffs.FAIR_PERCENT)))
                .toList();
    }

    private List<Button> buttons(TillBasket basket) {
        Button cash = new Button("/till/cash", speech.word("screen-pay-cash"), "");
        Button back = new Button("/till/reopen", speech.word("screen-back"), PLAIN);
        Button next = new Button("/till/next", speech.word("screen-next"), FIRST);
        return switch (basket.state()) {
            case OPEN -> {
                List<Button> buttons = new ArrayList<>();
                if (payableByCard(basket)) {
                    buttons.add(new Button("/till/card", speech.word("screen-pay-card"), FIRST));
                }
                buttons.add(cash);
                buttons.add(new Button("/till/clear", speech.word("screen-clear"), PLAIN));
                yield buttons;
            }
            case AWAITING_CARD -> List.of(cash, back);
            case SHORTFALL ->
                List.of(
                        new Button("/till/agree", speech.say("screen-agree", basket.cashCents()), FIRST),
                        new Button("/till/card", speech.word("screen-other-card"), ""),
                        back);
            case REFUSED ->
                awaited(basket)
                        ? List.of(cash, back)
                        : List.of(new Button("/till/card", speech.word("screen-other-card"), FIRST), cash, back);
            case IN_DOUBT ->
                List.of(
                        new Button("/till/next", speech.word("screen-next-meanwhile"), ""),
                        new Button("/till/kept", speech.word("screen-goods-kept"), PLAIN),
                        new Button("/till/returned", speech.word("screen-goods-returned"), PLAIN));
            case PAID, AWAITING_CANCEL, CANCEL_IN_DOUBT, CANCELLED -> ofSold(basket, next);
            case ABANDONED -> List.of(next);
        };
    }

    private List<Button> ofSold(TillBasket basket, Button next) {
        Button receipt = new Button("/till/receipt", speech.word("screen-receipt"), "");
        Button keep = new Button("/till/keep", speech.word("screen-keep-sale"), PLAIN);
        return switch (basket.state()) {
            case AWAITING_CANCEL -> List.of(keep);
            case CANCEL_IN_DOUBT -> List.of(new Button("/till/next", speech.word("screen-next-meanwhile"), ""), keep);
            case CANCELLED ->
                List.of(next, receipt, new Button("/till/again", speech.word("screen-ring-again"), PLAIN));
            default -> List.of(next, receipt, new Button("/till/cancel", speech.word("screen-cancel-sale"), PLAIN));
        };
    }

    private boolean payableByCard(TillBasket basket) {
        return counter.desk()
                .rulesNow()
                .filter(rules -> counter.desk().coveredCents(basket, rules) > 0)
                .isPresent();
    }

    private List<Parked> parked() {
        return counter.hand().parked().stream()
                .map(basket -> new Parked(
                        basket.key(),
                        speech.say(
                                switch (basket.state()) {
                                    case IN_DOUBT -> "screen-parked-doubt";
                                    case AWAITING_CANCEL, CANCEL_IN_DOUBT -> "screen-parked-cancel";
                                    default -> "screen-parked-open";
                                },
                                basket.basket().totalCents())))
                .toList();
    }

    private String spoken(@Nullable TillBasket basket, Optional<Notice> notice) {
        if (notice.isPresent()) {
            return notice.get().text();
        }
        return basket == null || basket.basket().lines().isEmpty()
                ? ""
                : speech.say("screen-spoken-total", basket.basket().totalCents());
    }
}
