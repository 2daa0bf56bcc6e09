package etal.terminal.screen;

import etal.edge.page.Assets;
import etal.edge.page.Language;
import etal.edge.page.Live;
import etal.edge.page.Page;
import etal.edge.page.Pages;
import etal.edge.speech.Speech;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.port.Loop;
import etal.port.StorageFailed;
import etal.port.scale.Scale;
import etal.protocol.Said;
import etal.protocol.catalogue.Product;
import etal.protocol.ledger.Body;
import etal.protocol.money.Unit;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.bundle.StickDesk;
import etal.terminal.main.Till;
import etal.terminal.practice.PracticeCard;
import etal.terminal.receipt.ReceiptDesk;
import etal.terminal.rules.Rules;
import etal.terminal.sale.Answer;
import etal.terminal.sale.Desk;
import etal.terminal.screen.TicketView.Notice;
import etal.terminal.screen.TicketView.Tile;
import etal.terminal.screen.day.DayScreen;
import etal.terminal.screen.practice.PracticeScreen;
import etal.terminal.speech.TillSpeech;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.LongFunction;
import org.jspecify.annotations.Nullable;

/**
 * The till's own screen: tiles to touch and the ticket beside them. All that counts is kept by the till; the page shows it,
 * on as many screens as look at it, and may be loaded anew at any moment. Every handler runs on the loop.
 */
public final class TillScreen {
    private static final String WARN = "warn";
    private static final Duration LOOK_EVERY = Duration.ofSeconds(1);

    private final Loop loop;
    private final Till till;
    private final List<String> tiles;
    private final Counter counter;
    private final Lamp lamp;
    private final Live live;
    private final Assets assets = new Assets(TillScreen.class, "till.css", "till.js");
    private final Pages pages = new Pages("jte.terminal", assets);
    private final Pads pads;
    private final boolean cardAlone;
    private final Scale scale;
    private final Optional<StickDesk> stick;
    private String seen = "";
    private @Nullable Spoken spoken;
    private long version;

    private TillScreen(
            Loop loop,
            Till till,
            List<String> tiles,
            Optional<String> cardAlone,
            Scale scale,
            Optional<StickDesk> stick,
            Counter counter) {
        this.loop = loop;
        this.till = till;
        this.tiles = List.copyOf(tiles);
        this.counter = counter;
        this.cardAlone = cardAlone.isPresent();
        this.scale = scale;
        this.stick = stick;
        this.pads = new Pads(till, counter, cardAlone, new Pads.Shown() {
            @Override
            public WebAnswer answered(WebRequest request, Answer answer) throws StorageFailed {
                return typed(request, answer instanceof Answer.Refused refused ? new Word(WARN, refused.why()) : null);
            }

            @Override
            public WebAnswer said(WebRequest request, String kind, Said said) throws StorageFailed {
                return typed(request, new Word(kind, said));
            }
        });
        this.lamp = new Lamp(till, stick.isPresent());
        // A page of the last run must not take this run's state for one it knows.
        this.version = till.baskets().version();
        this.live = new Live(loop, () -> version);
    }

    /**
     * The screen of a running till.
     *
     * @param tiles ids of the products that have a tile, in their order; empty for the whole catalogue
     */
    public static TillScreen of(Loop loop, Till till, List<String> tiles) throws StorageFailed {
        return of(loop, till, tiles, Optional.empty(), Scale.NONE, Optional.empty());
    }

    /**
     * The screen of a running till whose stall may keep a till of its own.
     *
     * @param cardAlone the family of what the card pays, where the screen begins with two amounts
     * @param scale whose weight is offered where one is asked for
     * @param stick where entries are carried to the hub on a stick
     */
    public static TillScreen of(
            Loop loop,
            Till till,
            List<String> tiles,
            Optional<String> cardAlone,
            Scale scale,
            Optional<StickDesk> stick)
            throws StorageFailed {
        try {
            return loop.call(() -> {
                TillScreen screen = new TillScreen(loop, till, tiles, cardAlone, scale, stick, Counter.open(till));
                till.baskets().onChange(screen::changed);
                till.practice().onChange(screen::changed);
                screen.look();
                return screen;
            });
        } catch (StorageFailed failed) {
            throw failed;
        } catch (Exception bug) {
            throw new IllegalStateException("the screen did not open", bug);
        }
    }

    /** Names what is answered. */
    public void routes(WebRoutes routes) {
        assets.on(routes);
        pads.routes(routes);
        new DayScreen(till, pages, stick).routes(routes);
        new PracticeScreen(till, pages).routes(routes);
        routes.get("/", this::page)
                .get("/till/room", request -> WebAnswer.html(pages.part("room.jte", room(request))))
                .get(
                        "/till/balance",
                        request -> new Balance(till, pages).show(request, paid(), speech(Language.of(request))))
                .waitingGet("/till/live", request -> live.wait(request, () -> part(request)))
                .post("/till/ring", request -> rung(request, true))
                .post("/till/less", request -> rung(request, false))
                .post("/till/card", request -> wish(request, key -> desk().awaitCard(key)))
                .post("/till/cash", request -> wish(request, key -> desk().cash(key)))
                .post("/till/agree", request -> wish(request, key -> desk().agree(key)))
                .post("/till/reopen", request -> wish(request, key -> desk().reopen(key)))
                .post("/till/clear", request -> wish(request, key -> desk().giveUp(key, false)))
                .post("/till/returned", request -> wish(request, key -> desk().giveUp(key, false)))
                .post("/till/kept", request -> wish(request, key -> desk().giveUp(key, true)))
                .post(
                        "/till/cancel",
                        request -> ofSale(request, sale -> desk().cancel(sale, Body.Cancellation.RUNG_UP_WRONGLY)))
                .post("/till/keep", request -> ofSale(request, sale -> desk().keepSale(sale)))
                .post("/till/practise", this::practise)
                .post("/till/again", this::again)
                .post("/till/price", this::price)
                .post("/till/next", this::next)
                .post("/till/take", this::take)
                .post("/till/receipt", this::receipt);
    }

    private Desk desk() {
        return counter.desk();
    }

    /** Something that can be wished of the basket in hand. */
    @FunctionalInterface
    private interface Wish {
        Answer of(String key);
    }

    /**
     * What came of a wish.
     *
     * @param kind good or warn
     */
    private record Word(String kind, Said said) {}

    /** A word and the basket it was said of, as that was then: both empty while nothing is in hand. */
    private record Spoken(Word word, Optional<TillBasket> of) {}

    private void changed() {
        version++;
        live.changed();
    }

    /** What tells nobody of its changes, as the link, is looked at every second. */
    private void look() {
        lamp.look();
        String now = lamp.light(speech(Language.FRENCH)) + " " + till.stall().ready() + " "
                + till.stall().readerWorking() + " " + till.stall().storageFailed() + " "
                + till.receipts().trouble();
        if (!now.equals(seen)) {
            seen = now;
            changed();
        }
        loop.after(LOOK_EVERY, this::look);
    }

    private WebAnswer page(WebRequest request) throws StorageFailed {
        Language language = Language.of(request);
        Speech speech = speech(language);
        String name = till.setup().seller().name();
        Map<String, Object> values = values(speech, "");
        values.putAll(room(request));
        values.put("name", name);
        values.put("script", assets.url("till.js"));
        values.put("language", language);
        String title = speech.say(counter.practises() ? "practice-screen-title" : "screen-title", name);
        Page frame = new Page(language, title, "till", List.of("till.css"));
        return Language.remembered(request, WebAnswer.html(pages.page(frame, "till.jte", values)));
    }

    private WebAnswer part(WebRequest request) throws StorageFailed {
        Map<String, Object> values =
                values(speech(Language.of(request)), request.form("product").orElse(""));
        return WebAnswer.html(pages.part("ticket.jte", values));
    }

    private Map<String, Object> values(Speech speech, String touched) throws StorageFailed {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("speech", speech);
        Spoken last = spoken;
        Notice notice = last == null || !last.of().equals(counter.hand().basket())
                ? null
                : new Notice(last.word().kind(), speech.speak(last.word().said()));
        values.put("ticket", new Ticket(till, counter, lamp, speech, touched).view(version, notice));
        return values;
    }

    /** What lies beside the ticket: a pad, if one is asked for and there is something to ask, or else the tiles. */
    private Map<String, Object> room(WebRequest request) throws StorageFailed {
        Speech speech = speech(Language.of(request));
        String usual = cardAlone ? Pad.CARD_ALONE.word() : "";
        Optional<TillBasket> basket = counter.hand().basket();
        Optional<Rules> rules = till.stall().rulesNow();
        Optional<PadView> pad = Pad.of(request.query("pad").orElse(usual))
                .flatMap(asked -> rules.flatMap(now -> drawn(asked, request, speech, now, basket)));
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("speech", speech);
        values.put("tiles", pad.isPresent() ? List.of() : tiles(speech));
        values.put("pad", pad);
        values.put("aside", false);
        return values;
    }

    private Optional<PadView> drawn(
            Pad asked, WebRequest request, Speech speech, Rules rules, Optional<TillBasket> basket) {
        String product = request.query("product").orElse("");
        int line = request.query("line")
                .filter(text -> text.matches("[0-9]{1,4}"))
                .map(Integer::valueOf)
                .orElse(0);
        return new PadDrawing(speech, rules, basket, scale).draw(asked, product, line);
    }

    /** After something was typed: the ticket, and if it was taken the tiles in the place of the pad. */
    private WebAnswer typed(WebRequest request, @Nullable Word word) throws StorageFailed {
        spoken = word == null ? null : new Spoken(word, counter.hand().basket());
        if (!request.wantsFragment()) {
            return WebAnswer.seeOther("/");
        }
        String ticket = pages.part("ticket.jte", values(speech(Language.of(request)), ""));
        if (word != null && word.kind().equals(WARN)) {
            return WebAnswer.html(ticket);
        }
        Map<String, Object> room = room(request);
        room.put("aside", true);
        return WebAnswer.html(ticket + pages.part("room.jte", room));
    }

    private List<Tile> tiles(Speech speech) {
        Optional<Rules> rules = till.stall().rulesNow();
        if (rules.isEmpty()) {
            return List.of();
        }
        List<Product> products = tiles.isEmpty()
                ? rules.get().catalogue().products()
                : tiles.stream()
                        .flatMap(id -> rules.get().catalogue().find(id).stream())
                        .toList();
        return products.stream()
                .map(product -> new Tile(
                        product.id(),
                        // A number and its unit stay on one line of the tile.
                        product.name().replaceAll("([0-9]) (kg|g|l|cl)\\b", "$1\u00A0$2"),
                        speech.amount(product.unitPriceCents()) + (product.byWeight() ? "/kg" : ""),
                        product.coveragePercent() > 0,
                        product.byWeight()))
                .toList();
    }

    private WebAnswer rung(WebRequest request, boolean more) throws StorageFailed, WebRefusal {
        String product = field(request, "product");
        String key = counter.hand().keyForRinging();
        Answer answer = desk().ringOne(key, product, more);
        counter.hand().take(key);
        return shown(request, answer);
    }

    private WebAnswer wish(WebRequest request, Wish wish) throws StorageFailed {
        Optional<TillBasket> basket = counter.hand().basket();
        return basket.isEmpty()
                ? shown(request, (Word) null)
                : shown(request, wish.of(basket.get().key()));
    }

    private WebAnswer ofSale(WebRequest request, LongFunction<Answer> wish) throws StorageFailed {
        Optional<TillBasket> basket = counter.hand().basket();
        return basket.isEmpty()
                ? shown(request, (Word) null)
                : shown(request, wish.apply(basket.get().sale()));
    }

    private WebAnswer price(WebRequest request) throws StorageFailed, WebRefusal {
        String choice = field(request, "choice");
        return wish(request, key -> desk().choose(key, new etal.protocol.split.Wish.Choice(choice)));
    }

    private WebAnswer next(WebRequest request) throws StorageFailed {
        counter.hand().next();
        changed();
        return shown(request, (Word) null);
    }

    /** A button is touched in the place of a card; on a till that sells there is none. */
    private WebAnswer practise(WebRequest request) throws StorageFailed, WebRefusal {
        Optional<PracticeCard> card = PracticeCard.of(field(request, "card"));
        return card.isEmpty() || !counter.practises()
                ? shown(request, (Word) null)
                : wish(request, key -> till.practice().desk().lay(key, card.get()));
    }

    /** What a card has paid: nothing where the till practises. */
    private Optional<TillBasket> paid() throws StorageFailed {
        return counter.practises() ? Optional.empty() : counter.hand().basket();
    }

    private WebAnswer again(WebRequest request) throws StorageFailed {
        String cancelled = counter.hand().basket().map(TillBasket::key).orElse("");
        String key = counter.hand().keyForRinging();
        Answer answer = desk().again(cancelled, key);
        counter.hand().take(key);
        return shown(request, answer);
    }

    private WebAnswer take(WebRequest request) throws StorageFailed, WebRefusal {
        counter.hand().take(field(request, "key"));
        changed();
        return shown(request, (Word) null);
    }

    private WebAnswer receipt(WebRequest request) throws StorageFailed {
        Optional<TillBasket> basket = counter.hand()
                .basket()
                .filter(known -> known.state() == BasketState.PAID || known.state() == BasketState.CANCELLED);
        if (basket.isEmpty()) {
            return shown(request, new Word(WARN, Said.of("not-paid")));
        }
        return switch (printed(basket.get())) {
            case ReceiptDesk.Printed.Done done -> shown(request, new Word("good", Said.of("screen-printed")));
            case ReceiptDesk.Printed.NotNow notNow -> shown(request, new Word(WARN, notNow.why()));
        };
    }

    private ReceiptDesk.Printed printed(TillBasket basket) throws StorageFailed {
        return counter.practises()
                ? till.receipts().practise(basket, till.practice().desk().printedBefore(basket.sale()))
                : till.receipts().print(basket);
    }

    private WebAnswer shown(WebRequest request, Answer answer) throws StorageFailed {
        return shown(request, answer instanceof Answer.Refused refused ? new Word(WARN, refused.why()) : null);
    }

    /** The part of the page for its script; a browser without one looks at the page anew. */
    private WebAnswer shown(WebRequest request, @Nullable Word word) throws StorageFailed {
        // It stays until something else is done: the page may renew itself at any moment, for the lamp's sake alone.
        spoken = word == null ? null : new Spoken(word, counter.hand().basket());
        return request.wantsFragment() ? part(request) : WebAnswer.seeOther("/");
    }

    private static String field(WebRequest request, String name) throws WebRefusal {
        return request.form(name)
                .orElseThrow(() -> new WebRefusal(400, "malformed", "The field " + name + " is missing."));
    }

    private Speech speech(Language language) {
        Unit unit = till.stall().rulesNow().map(now -> now.scheme().unit()).orElse(Unit.EURO);
        return TillSpeech.in(language.locale(), unit);
    }
}
