package etal.terminal.screen.day;

import etal.edge.page.Language;
import etal.edge.page.Page;
import etal.edge.page.Pages;
import etal.edge.speech.Speech;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.port.StorageFailed;
import etal.protocol.money.Unit;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.bundle.StickDesk;
import etal.terminal.closing.Closings;
import etal.terminal.closing.Term;
import etal.terminal.closing.Totals;
import etal.terminal.main.Till;
import etal.terminal.receipt.ReceiptDesk;
import etal.terminal.speech.TillSpeech;
import java.math.BigDecimal;
import java.time.Instant;
import java.time.LocalDate;
import java.time.ZoneId;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/** The day, its closing, the closings of before, and what the terminal knows. Every handler runs on the loop. */
public final class DayScreen {
    private static final int SALES_MOST = 30;
    private static final int LOOK_AGAIN_SECONDS = 1;

    private final Till till;
    private final Pages pages;
    private final Optional<StickDesk> stick;

    /** Of a till, and of its stick where there is one. */
    public DayScreen(Till till, Pages pages, Optional<StickDesk> stick) {
        this.till = till;
        this.pages = pages;
        this.stick = stick;
    }

    /** Names what is answered. */
    public void routes(WebRoutes routes) {
        routes.get("/till/day", request -> day(request, request.query("said").orElse("")))
                .post("/till/close", this::close)
                .post("/till/slip", this::slip)
                .post("/till/reprint", this::reprint)
                .get("/till/known", this::known);
        stick.ifPresent(desk -> routes.post("/till/stick", request -> {
            desk.carry();
            return WebAnswer.seeOther("/till/known");
        }));
    }

    private WebAnswer day(WebRequest request, String said) throws StorageFailed {
        Speech speech = speech(request);
        String word = speech.knows("day-" + said) ? speech.word("day-" + said) : "";
        return page(request, "day.jte", "day-title", Map.of("day", view(speech, word)));
    }

    private DayView view(Speech speech, String word) throws StorageFailed {
        Closings.Standing standing = till.closing().standing(Term.DAY);
        Totals.Side sold = standing.totals().sold();
        List<DayView.Row> rows = new ArrayList<>();
        rows.add(new DayView.Row(speech.word("day-sales"), String.valueOf(standing.sales()), true));
        if (standing.cancelled() > 0) {
            rows.add(new DayView.Row(speech.word("day-cancelled"), String.valueOf(standing.cancelled()), false));
        }
        rows.add(new DayView.Row(
                speech.word("receipt-total"), speech.amount(sold.cardCents() + sold.cashCents()), true));
        rows.add(new DayView.Row(speech.word("receipt-card"), speech.amount(sold.cardCents()), false));
        sold.byMeans()
                .forEach((means, cents) ->
                        rows.add(new DayView.Row(speech.word("tender-" + means.word()), speech.amount(cents), false)));
        rows.add(new DayView.Row(speech.word("tender-cash"), speech.amount(sold.coinsCents()), false));
        long backCents = standing.totals().cancelled().cardCents()
                + standing.totals().cancelled().cashCents();
        if (backCents > 0) {
            rows.add(new DayView.Row(speech.word("day-given-back"), speech.amount(-backCents), false));
        }
        return new DayView(word, rows, rates(speech, sold), last(speech), past(speech), stick.isPresent());
    }

    private static List<DayView.Row> rates(Speech speech, Totals.Side sold) {
        List<DayView.Row> rows = new ArrayList<>();
        sold.byVatPermille()
                .forEach((permille, cents) -> rows.add(new DayView.Row(
                        speech.say("day-vat", BigDecimal.valueOf(permille, 1)), speech.amount(cents), false)));
        return rows;
    }

    private List<DayView.Sold> last(Speech speech) throws StorageFailed {
        return till.baskets().soldLast(SALES_MOST).stream()
                .map(basket -> new DayView.Sold(
                        basket.key(),
                        speech.say("day-sale", basket.sale()),
                        speech.amount(basket.cardCents() + basket.cashCents()),
                        speech.amount(basket.cardCents()),
                        basket.state() == BasketState.CANCELLED ? speech.word("day-sale-cancelled") : ""))
                .toList();
    }

    private List<DayView.Past> past(Speech speech) throws StorageFailed {
        List<DayView.Past> past = new ArrayList<>();
        for (Closings.Closed closed : till.closing().past()) {
            Totals.Side sold = closed.totals().sold();
            Term term = Term.values()[closed.closing().period() - 1];
            past.add(new DayView.Past(
                    closed.entry(),
                    speech.word("term-" + term.name().toLowerCase(Locale.ROOT)),
                    closed.closing().day(),
                    String.valueOf(closed.closing().sales()),
                    speech.amount(closed.closing().cardCents()),
                    speech.amount(sold.cardCents() + sold.cashCents()),
                    speech.amount(sold.perpetualCents())));
        }
        return past;
    }

    private WebAnswer close(WebRequest request) throws StorageFailed, WebRefusal {
        String word = request.form("term").orElse("");
        Term term = Arrays.stream(Term.values())
                .filter(one -> one.name().toLowerCase(Locale.ROOT).equals(word))
                .findFirst()
                .orElseThrow(() -> new WebRefusal(400, "malformed", "The field term is day, month or year."));
        if (till.ledger().sellsNot().isPresent()) {
            return WebAnswer.seeOther("/till/day?said=" + (till.practice().on() ? "practises" : "ended"));
        }
        var unused = till.closing().close(term, today());
        return WebAnswer.seeOther("/till/day?said=closed");
    }

    /** The receipt of any sale there is: whatever comes after the first print is a duplicate and says so. */
    private WebAnswer reprint(WebRequest request) throws StorageFailed {
        Optional<TillBasket> sold = till.baskets()
                .find(request.form("key").orElse(""))
                .filter(basket -> basket.state() == BasketState.PAID || basket.state() == BasketState.CANCELLED);
        boolean printed = sold.isPresent() && till.receipts().print(sold.get()) instanceof ReceiptDesk.Printed.Done;
        return WebAnswer.seeOther("/till/day?said=" + (printed ? "duplicate" : "not-printed"));
    }

    private WebAnswer slip(WebRequest request) throws StorageFailed {
        String number = request.form("entry").orElse("");
        Optional<Closings.Closed> closed = till.closing().past().stream()
                .filter(one -> String.valueOf(one.entry()).equals(number))
                .findFirst();
        boolean printed = closed.isPresent() && till.receipts().print(closed.get()) instanceof ReceiptDesk.Printed.Done;
        return WebAnswer.seeOther("/till/day?said=" + (printed ? "printed" : "not-printed"));
    }

    private WebAnswer known(WebRequest request) throws StorageFailed {
        Speech speech = speech(request);
        KnownView view = new Known(till, speech, zone(), stick).view();
        WebAnswer answer = page(request, "known.jte", "known-title", Map.of("known", view));
        // A page without a script: the browser itself looks again until the stick is done.
        boolean working = stick.map(StickDesk::working).orElse(false);
        return working ? answer.with("Refresh", LOOK_AGAIN_SECONDS + "; url=/till/known#stick") : answer;
    }

    private WebAnswer page(WebRequest request, String template, String title, Map<String, Object> values) {
        Speech speech = speech(request);
        Language language = Language.of(request);
        Map<String, Object> all = new LinkedHashMap<>(values);
        all.put("speech", speech);
        all.put("language", language);
        all.put("practises", till.practice().on());
        Page frame = new Page(language, speech.word(title), "till aside", List.of("till.css"));
        return Language.remembered(request, WebAnswer.html(pages.page(frame, template, all)));
    }

    private Speech speech(WebRequest request) {
        Unit unit = till.stall().rulesNow().map(now -> now.scheme().unit()).orElse(Unit.EURO);
        return TillSpeech.in(Language.of(request).locale(), unit);
    }

    private ZoneId zone() {
        return till.stall().rulesNow().map(now -> now.scheme().zone()).orElse(ZoneOffset.UTC);
    }

    private LocalDate today() {
        return LocalDate.ofInstant(Instant.ofEpochMilli(till.ledger().timeMillis()), zone());
    }
}
