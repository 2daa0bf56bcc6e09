package etal.fleet.table;

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
import etal.fleet.table.paper.PaperPicture;
import etal.fleet.world.open.Table;
import etal.port.Loop;
import etal.protocol.money.Unit;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * The table's page and what its buttons do. Everything that changes something says the state it wants, so that a second
 * click, the back button or a second tab changes nothing. Used from the loop only.
 */
final class TablePages {
    private static final String TEXTS = "etal.fleet.table.messages";
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final Pattern NUMBER = Pattern.compile("[0-9]{1,9}");
    private static final String SVG = ".svg";

    private final Loop loop;
    private final Table table;
    private final long origin;
    private final Assets assets = new Assets(TablePages.class, "table.css");
    private final Pages pages = new Pages("jte.fleet", assets);
    private final Live things;
    private final Live display;
    private Scene scene;
    private @Nullable Receipt newest;

    /**
     * On a table.
     *
     * @param startMillis since 1970, of this run: a page that was left open by the run before is renewed
     */
    TablePages(Loop loop, Table table, long startMillis) {
        this.loop = loop;
        this.table = table;
        // Versions stay below 2^63 for some thousand years, and two runs' never meet.
        this.origin = startMillis << 20;
        this.scene = Scene.first(table.view());
        this.things = new Live(loop, () -> origin + scene.view().version());
        this.display = new Live(loop, () -> origin + scene.display());
    }

    /** Names the routes. */
    void on(WebRoutes routes) {
        URI till = scene.view().till();
        assets.on(routes);
        routes.showing(till.getScheme() + "://" + till.getAuthority())
                .get("/", this::page)
                .waitingGet("/things", request -> things.wait(request, () -> part("renewed.jte", request)))
                .waitingGet("/display", request -> display.wait(request, () -> part("display.jte", request)))
                .get("/papers/{name}", this::paper)
                .post("/cards/{id}/tap", request -> tap(request, false))
                .post("/cards/{id}/tap-too-short", request -> tap(request, true))
                .post("/cable", request -> {
                    table.cable(wanted(request, "plugged"));
                    return done(request);
                })
                .post("/power", request -> {
                    table.power(wanted(request, "on"));
                    return done(request);
                });
    }

    /** Keeps the scene in step with the table, from now on. */
    void follow() {
        var unused = table.after(scene.view().version(), PATIENCE)
                .thenAccept(view -> loop.post(() -> {
                    show(view);
                    follow();
                }));
    }

    private void show(Table.View view) {
        Scene before = scene;
        scene = before.next(view);
        if (scene != before) {
            things.changed();
        }
        if (scene.display() != before.display()) {
            display.changed();
        }
    }

    private WebAnswer page(WebRequest request) {
        show(table.view());
        Language language = Language.of(request);
        Page frame = new Page(language, speech(language).word("title"), "table", List.of("table.css"));
        return Language.remembered(request, WebAnswer.html(pages.page(frame, "table.jte", values(language))));
    }

    private WebAnswer part(String template, WebRequest request) {
        return WebAnswer.html(pages.part(template, values(Language.of(request))));
    }

    /**
     * A browser without script is led back to the page. Where the script runs, what has changed comes by {@code /things}
     * and {@code /display}, in one order for clicks and for all else that happens.
     */
    private WebAnswer done(WebRequest request) {
        show(table.view());
        return request.wantsFragment() ? WebAnswer.nothingNew() : WebAnswer.seeOther("/");
    }

    /**
     * A card that lies there already lies there: the second half of a double click must not pull it away. A card that is
     * no more on the table cannot be laid down; the page is about to say so.
     */
    private WebAnswer tap(WebRequest request, boolean tooShort) {
        String card = request.path("id");
        show(table.view());
        boolean there = scene.view().cards().stream().anyMatch(one -> one.id().equals(card));
        if (there && !scene.lies(card)) {
            scene = scene.beforeTap(tooShort);
            if (tooShort) {
                table.tapTooShort(card);
            } else {
                table.tap(card);
            }
        }
        return done(request);
    }

    private WebAnswer paper(WebRequest request) throws WebRefusal {
        String name = request.path("name");
        boolean picture = name.endsWith(SVG);
        String number = picture ? name.substring(0, name.length() - SVG.length()) : name;
        Language language = Language.of(request);
        Receipt receipt = (NUMBER.matcher(number).matches()
                        ? receipt(Integer.parseInt(number))
                        : Optional.<Receipt>empty())
                .orElseThrow(TablePages::unknown);
        String title = speech(language).say("receipt", receipt.number());
        if (picture) {
            byte[] svg = PaperPicture.svg(receipt.paper(), title).getBytes(StandardCharsets.UTF_8);
            return WebAnswer.bytes("image/svg+xml", svg);
        }
        Page frame = new Page(language, title, "table", List.of("table.css"));
        Map<String, Object> values = Map.of("receipt", receipt, "say", speech(language), "language", language);
        return Language.remembered(request, WebAnswer.html(pages.page(frame, "receipt.jte", values)));
    }

    private Map<String, Object> values(Language language) {
        return Map.of(
                "scene", scene,
                "say", speech(language),
                "language", language,
                "assets", assets,
                "origin", origin,
                "newest", scene.newestPaper().flatMap(this::receipt));
    }

    private Optional<Receipt> receipt(int number) {
        Receipt known = newest;
        if (known != null && known.number() == number) {
            return Optional.of(known);
        }
        Optional<Receipt> receipt = table.paper(number).map(bytes -> Receipt.of(number, bytes));
        if (scene.newestPaper().equals(Optional.of(number))) {
            newest = receipt.orElse(null);
        }
        return receipt;
    }

    private static boolean wanted(WebRequest request, String field) throws WebRefusal {
        String value = request.form(field).orElse("");
        if (!value.equals("true") && !value.equals("false")) {
            throw new WebRefusal(400, "malformed", "The field " + field + " must be true or false.");
        }
        return value.equals("true");
    }

    private static WebRefusal unknown() {
        return new WebRefusal(404, "unknown", "There is nothing under this address.");
    }

    private static Speech speech(Language language) {
        return Speech.of(TEXTS, language.locale(), Unit.EURO);
    }
}
