package etal.hub.pages;

import etal.edge.page.Assets;
import etal.edge.page.Language;
import etal.edge.page.Live;
import etal.edge.page.Page;
import etal.edge.page.Pages;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.hub.core.HubCore;
import etal.hub.trace.Found;
import etal.hub.view.Board;
import etal.port.Loop;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The hub's pages for people. Everything on them can be read without a script; with one, the dashboard renews itself.
 * Handlers run on the loop.
 *
 * <pre>
 * GET  /                          the dashboard: of the last day of sales, or ?day=2025-04-02
 * GET  /live/board?day=&amp;after=    its part that renews itself
 * GET  /sales/3-1-17              the way of every cent: terminal, epoch, number of the entry
 * GET  /rules                     what the fund has voted, see {@link RulesPages}
 * POST /reconcile  day=           a light reconciliation, then back to the dashboard
 * </pre>
 */
public final class HubSite {
    private static final List<String> STYLES = List.of("hub.css");
    private static final Pattern SALE = Pattern.compile("([0-9]{1,10})-([0-9]{1,10})-([0-9]{1,15})");
    private static final long UINT32_MAX = 0xffff_ffffL;

    private final HubCore hub;
    private final Assets assets = new Assets(HubSite.class, "hub.css");
    private final Pages pages = new Pages("jte.hub", assets);
    private final Live live;
    private @Nullable Seen seen;

    private record Seen(long version, Optional<LocalDate> day, Board board) {}

    /** Pages of that hub, whose loop is {@code loop}. */
    public HubSite(HubCore hub, Loop loop) {
        this.hub = hub;
        live = new Live(loop, hub::version);
        hub.onChange(live::changed);
    }

    /** Names the routes. */
    public void on(WebRoutes routes) {
        assets.on(routes);
        routes.get("/", this::board)
                .waitingGet("/live/board", this::liveBoard)
                .get("/sales/{name}", this::sale)
                .post("/reconcile", this::reconcile);
        new RulesPages(hub, pages, this::words).on(routes);
    }

    private WebAnswer board(WebRequest request) throws WebRefusal, StorageFailed {
        Words words = words(request);
        Map<String, Object> values = board(words, day(request.query("day")));
        Page page = page(words, hub.scheme().name());
        return Language.remembered(request, WebAnswer.html(pages.page(page, "dashboard.jte", values)));
    }

    private CompletableFuture<WebAnswer> liveBoard(WebRequest request) throws Exception {
        Words words = words(request);
        Optional<LocalDate> day = day(request.query("day"));
        return live.wait(request, () -> WebAnswer.html(pages.part("board.jte", board(words, day))));
    }

    private Map<String, Object> board(Words words, Optional<LocalDate> day) throws StorageFailed {
        Board board = seen(day);
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("w", words);
        values.put("fund", hub.scheme().name());
        values.put("board", board);
        values.put("evened", hub.lastEvening());
        values.put("verdict", Verdict.of(board, hub.lastEvening(), hub.restored(), words));
        values.put("version", hub.version());
        values.put("asked", day.map(LocalDate::toString).orElse(""));
        values.put("today", hub.now().atZone(hub.scheme().zone()).toLocalDate());
        return values;
    }

    /** Many pages may wait for the same change: the store is read for it once. */
    private Board seen(Optional<LocalDate> day) throws StorageFailed {
        Seen last = seen;
        if (last == null || last.version() != hub.version() || !last.day().equals(day)) {
            last = new Seen(hub.version(), day, hub.board(day));
            seen = last;
        }
        return last.board();
    }

    private WebAnswer sale(WebRequest request) throws StorageFailed {
        Words words = words(request);
        Matcher name = SALE.matcher(request.path("name"));
        if (!name.matches()) {
            return missing(words, words.say("missing.sale"));
        }
        long terminal = Long.parseLong(name.group(1));
        long epoch = Long.parseLong(name.group(2));
        if (terminal > UINT32_MAX || epoch > UINT32_MAX) {
            return missing(words, words.say("missing.sale"));
        }
        return switch (hub.way(new LedgerId(terminal, epoch), Long.parseLong(name.group(3)))) {
            case Found.Nothing nothing -> missing(words, words.say("missing.sale"));
            case Found.Damaged(LedgerId ledger, long number) ->
                missing(words, words.say("missing.damaged", ledger.toString(), number));
            case Found.Shown shown -> {
                Map<String, Object> values = new LinkedHashMap<>();
                values.put("w", words);
                values.put("fund", hub.scheme().name());
                values.put("path", "/sales/" + name.group());
                values.put("way", shown.way());
                Page page = page(words, words.say("way"));
                yield Language.remembered(request, WebAnswer.html(pages.page(page, "way.jte", values)));
            }
        };
    }

    private WebAnswer missing(Words words, String sentence) {
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("w", words);
        values.put("fund", hub.scheme().name());
        values.put("sentence", sentence);
        return WebAnswer.html(404, pages.page(page(words, words.say("missing")), "missing.jte", values));
    }

    private WebAnswer reconcile(WebRequest request) throws WebRefusal, StorageFailed {
        Optional<LocalDate> asked = day(request.form("day"));
        LocalDate day = asked.isPresent() ? asked.get() : seen(asked).day();
        hub.reconcile(day, false);
        return WebAnswer.seeOther("/?day=" + day + "#evening");
    }

    static Page page(Words words, String title) {
        return new Page(words.language(), title + " · " + words.say("brand"), "hub", STYLES);
    }

    private Words words(WebRequest request) {
        return Words.in(Language.of(request), hub.scheme().unit(), hub.scheme().zone());
    }

    private static Optional<LocalDate> day(Optional<String> text) throws WebRefusal {
        try {
            return text.filter(given -> !given.isEmpty()).map(LocalDate::parse);
        } catch (DateTimeException e) {
            throw new WebRefusal(400, "day", "A day is written such as 2025-04-02.");
        }
    }
}
