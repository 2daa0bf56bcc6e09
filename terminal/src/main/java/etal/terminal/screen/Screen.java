package etal.terminal.screen;

import com.fasterxml.jackson.databind.JsonNode;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.port.Loop;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.ledger.Body;
import etal.protocol.split.Wish;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.Terms;
import etal.terminal.basket.Wanted;
import etal.terminal.main.Till;
import etal.terminal.receipt.ReceiptDesk;
import etal.terminal.sale.Answer;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.function.UnaryOperator;
import org.jspecify.annotations.Nullable;

/**
 * The screen's interface: JSON over HTTP on this machine only. Every handler runs on the loop. Refusals are
 * {@code {"error": key, "sentence": text}} with a status of 4xx, or 503 when the terminal cannot sell.
 */
public final class Screen {
    private static final long WAIT_MILLIS_MAX = 30_000;
    /** Cards count seconds in 32 bits, entries name years in four digits. */
    private static final Instant CLOCK_MAX = Instant.parse("2100-01-01T00:00:00Z");

    private static final int YEAR_MAX = 9_999;

    private final Till till;
    private final Views views;
    private final BasketWatch watch;
    private final String reader;
    private final @Nullable UnaryOperator<Instant> setClock;

    /**
     * On a till.
     *
     * @param reader where cards connect, as the status says it
     * @param setClock sets a driven clock and returns the time that stands; null where the clock is the machine's
     */
    public Screen(Till till, Loop loop, String reader, @Nullable UnaryOperator<Instant> setClock) {
        this.till = till;
        this.views = new Views(till);
        this.watch = new BasketWatch(loop, this::answered);
        this.reader = reader;
        this.setClock = setClock;
        till.baskets().onChange(watch::changed);
    }

    /** Names what is answered. */
    public void routes(WebRoutes routes) {
        routes.get("/api/status", request -> WebAnswer.json(views.status(reader)))
                .put("/api/clock", this::clock)
                .post("/api/baskets", this::ringUp)
                .waitingGet("/api/baskets/{key}", this::look)
                .post(
                        "/api/baskets/{key}/card",
                        request -> answered(till.stall().awaitCard(request.path("key"))))
                .post(
                        "/api/baskets/{key}/agree",
                        request -> answered(till.stall().agree(request.path("key"))))
                .post(
                        "/api/baskets/{key}/cash",
                        request -> answered(till.stall().cash(request.path("key"))))
                .post("/api/baskets/{key}/give-up", this::giveUp)
                .post("/api/sales/{sale}/cancel", this::cancel)
                .post("/api/sales/{sale}/keep", request -> answered(till.stall().keepSale(sale(request))))
                .post("/api/receipts/{key}", this::reprint)
                .post("/api/closing", this::closing)
                .post("/api/retire", this::retire)
                .get(
                        "/api/ledger.etal",
                        request -> WebAnswer.bytes(
                                "application/cbor-seq", till.ledgerFile().encode()));
    }

    private WebAnswer clock(WebRequest request) throws WebRefusal {
        UnaryOperator<Instant> set = setClock;
        if (set == null) {
            return refused(409, Said.of("not-driven"));
        }
        try {
            Instant now = Instant.parse(request.text("now"));
            if (now.isAfter(CLOCK_MAX)) {
                return malformed("now");
            }
            Map<String, Object> view = new LinkedHashMap<>();
            view.put("now", set.apply(now).toString());
            till.clockSet();
            return WebAnswer.json(view);
        } catch (DateTimeException malformed) {
            return malformed("now");
        }
    }

    private WebAnswer ringUp(WebRequest request) throws WebRefusal {
        JsonNode body = request.json();
        List<Wanted> wanted = new ArrayList<>();
        JsonNode lines = body.get("lines");
        if (lines == null || !lines.isArray()) {
            return malformed("lines");
        }
        for (JsonNode line : lines) {
            JsonNode product = line.get("product");
            JsonNode quantity = line.get("quantity");
            if (product == null || !product.isTextual() || quantity == null || !quantity.isIntegralNumber()) {
                return malformed("lines");
            }
            // A number beyond a long is beyond any quantity, and refused as such.
            wanted.add(new Wanted(product.textValue(), quantity.canConvertToLong() ? quantity.longValue() : -1));
        }
        JsonNode receipt = body.get("receipt");
        if (receipt != null && !receipt.isBoolean()) {
            return malformed("receipt");
        }
        return answered(till.stall()
                .ringUp(request.text("key"), wanted, receipt != null && receipt.booleanValue(), terms(body)));
    }

    /** {@code tariff}: a choice of the scheme; or {@code priceCents}: a price of the buyer's own; {@code discountCents}. */
    private static Terms terms(JsonNode body) throws WebRefusal {
        JsonNode tariff = body.get("tariff");
        if (tariff != null && (!tariff.isTextual() || body.has("priceCents"))) {
            throw new WebRefusal(400, "malformed", "The field tariff is no text, or stands beside priceCents.");
        }
        Wish wish = Wish.FAIR;
        if (tariff != null) {
            wish = new Wish.Choice(tariff.textValue());
        } else if (body.has("priceCents")) {
            wish = new Wish.Free(cents(body, "priceCents"));
        }
        return new Terms(wish, body.has("discountCents") ? cents(body, "discountCents") : 0);
    }

    private static long cents(JsonNode body, String field) throws WebRefusal {
        JsonNode cents = body.path(field);
        if (!cents.isIntegralNumber() || !cents.canConvertToLong()) {
            throw new WebRefusal(400, "malformed", "The field " + field + " is no whole number of cents.");
        }
        return cents.longValue();
    }

    private CompletableFuture<WebAnswer> look(WebRequest request) throws WebRefusal {
        String key = request.path("key");
        long after = request.queryNumber("after", -1, Long.MAX_VALUE, -1);
        long waitMillis = request.queryNumber("waitMillis", 0, WAIT_MILLIS_MAX, 0);
        return watch.wait(() -> till.stall().look(key), after, Duration.ofMillis(waitMillis));
    }

    private WebAnswer giveUp(WebRequest request) throws WebRefusal {
        return switch (request.text("goods")) {
            case "returned" -> answered(till.stall().giveUp(request.path("key"), false));
            case "kept" -> answered(till.stall().giveUp(request.path("key"), true));
            default -> malformed("goods");
        };
    }

    /** {@code reason}: mistake, returned or other; mistake where the request says nothing. */
    private WebAnswer cancel(WebRequest request) throws WebRefusal {
        String word = request.body().length > 0 ? request.text("reason") : "mistake";
        return switch (word) {
            case "mistake" -> cancel(request, Body.Cancellation.RUNG_UP_WRONGLY);
            case "returned" -> cancel(request, Body.Cancellation.GOODS_RETURNED);
            case "other" -> cancel(request, Body.Cancellation.OTHER);
            default -> malformed("reason");
        };
    }

    private WebAnswer cancel(WebRequest request, int reason) {
        return answered(till.stall().cancel(sale(request), reason));
    }

    /** What is no number is no sale's. */
    private static long sale(WebRequest request) {
        String sale = request.path("sale");
        return sale.matches("[1-9][0-9]{0,9}") ? Long.parseLong(sale) : 0;
    }

    private WebAnswer reprint(WebRequest request) throws StorageFailed {
        Answer looked = till.stall().look(request.path("key"));
        if (!(looked instanceof Answer.Basket basket)) {
            return answered(looked);
        }
        if (basket.basket().state() != BasketState.PAID && basket.basket().state() != BasketState.CANCELLED) {
            return refused(409, Said.of("not-paid"));
        }
        return switch (till.receipts().print(basket.basket())) {
            case ReceiptDesk.Printed.Done done -> WebAnswer.json(Map.of("duplicate", done.duplicate()));
            case ReceiptDesk.Printed.NotNow notNow -> refused(503, notNow.why());
        };
    }

    private WebAnswer closing(WebRequest request) throws WebRefusal, StorageFailed {
        if (till.practice().on()) {
            return refused(409, Said.of("till-practises"));
        }
        Optional<LocalDate> day = day(request.text("day"));
        return day.isEmpty()
                ? malformed("day")
                : WebAnswer.json(Views.closing(till.closing().close(day.get())));
    }

    /** {@code reason}: out-of-service, or swapped. The answer says how far the end has come. */
    private WebAnswer retire(WebRequest request) throws WebRefusal, StorageFailed {
        int reason = switch (request.text("reason")) {
            case "out-of-service" -> Body.Retirement.OUT_OF_SERVICE;
            case "swapped" -> Body.Retirement.SWAPPED;
            default -> 0;
        };
        if (reason == 0) {
            return malformed("reason");
        }
        Optional<Said> refused = till.retire(reason);
        return refused.isPresent() ? refused(409, refused.get()) : WebAnswer.json(views.retired());
    }

    private static Optional<LocalDate> day(String text) {
        try {
            return Optional.of(LocalDate.parse(text)).filter(day -> day.getYear() >= 0 && day.getYear() <= YEAR_MAX);
        } catch (DateTimeException malformed) {
            return Optional.empty();
        }
    }

    private WebAnswer answered(Answer answer) {
        return switch (answer) {
            case Answer.Basket basket -> basket(basket);
            case Answer.Refused refused ->
                refused(
                        switch (refused.kind()) {
                            case BAD_REQUEST -> 400;
                            case NOT_FOUND -> 404;
                            case CONFLICT -> 409;
                            case UNAVAILABLE -> 503;
                        },
                        refused.why());
        };
    }

    private WebAnswer basket(Answer.Basket basket) {
        try {
            return WebAnswer.json(views.basket(basket.basket()));
        } catch (StorageFailed failed) {
            return refused(503, Said.of("storage-failed"));
        }
    }

    private WebAnswer malformed(String field) {
        return refused(400, Said.of("malformed-request", field));
    }

    private WebAnswer refused(int status, Said why) {
        return WebAnswer.refused(status, why.key(), till.speech().speak(why));
    }
}
