package etal.terminal.screen.practice;

import etal.edge.page.Language;
import etal.edge.page.Page;
import etal.edge.page.Pages;
import etal.edge.speech.Speech;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.money.Unit;
import etal.terminal.main.Till;
import etal.terminal.speech.TillSpeech;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/** A training is begun and ended here; to begin one its beginner says to have read what it means. From the loop only. */
public final class PracticeScreen {
    private static final String HERE = "/till/practice";

    private final Till till;
    private final Pages pages;

    /** Of a till. */
    public PracticeScreen(Till till, Pages pages) {
        this.till = till;
        this.pages = pages;
    }

    /** Names what is answered. */
    public void routes(WebRoutes routes) {
        routes.get(HERE, this::page).post(HERE + "/begin", this::begin).post(HERE + "/end", this::end);
    }

    private WebAnswer begin(WebRequest request) throws StorageFailed {
        if (request.form("read").isEmpty()) {
            return WebAnswer.seeOther(HERE + "?said=unread");
        }
        Optional<Said> hindrance =
                till.practice().on() ? Optional.empty() : till.practice().begin();
        return WebAnswer.seeOther(hindrance.isPresent() ? HERE : "/");
    }

    private WebAnswer end(WebRequest request) throws StorageFailed {
        till.practice().end();
        return WebAnswer.seeOther(HERE + "?said=ended");
    }

    private WebAnswer page(WebRequest request) throws StorageFailed {
        Language language = Language.of(request);
        Unit unit = till.stall().rulesNow().map(now -> now.scheme().unit()).orElse(Unit.EURO);
        Speech speech = TillSpeech.in(language.locale(), unit);
        String said = "practice-" + request.query("said").orElse("");
        boolean on = till.practice().on();
        PracticeView view = new PracticeView(
                speech.knows(said) ? speech.word(said) : "",
                on ? Optional.empty() : till.practice().hindrance().map(speech::speak),
                on ? Optional.of(at(till.practice().sinceMillis(), speech)) : Optional.empty(),
                String.valueOf(till.practice().sales()));
        Page frame = new Page(language, speech.word("practice-title"), "till aside", List.of("till.css"));
        Map<String, Object> values = Map.of("speech", speech, "language", language, "practises", on, "practice", view);
        return Language.remembered(request, WebAnswer.html(pages.page(frame, "practice.jte", values)));
    }

    private String at(long millis, Speech speech) {
        ZoneId zone = till.stall().rulesNow().map(now -> now.scheme().zone()).orElse(ZoneOffset.UTC);
        return DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(speech.locale())
                .withZone(zone)
                .format(Instant.ofEpochMilli(millis));
    }
}
