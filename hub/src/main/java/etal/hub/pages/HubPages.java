package etal.hub.pages;

import etal.edge.web.WebAnswer;
import etal.edge.web.WebRefusal;
import etal.edge.web.WebRequest;
import etal.edge.web.WebRoutes;
import etal.hub.core.HubCore;
import etal.hub.orders.Correction;
import etal.hub.settle.PayoutRuns;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.hub.sync.BundleDesk;
import etal.port.CentralFund.Statement;
import etal.protocol.card.Deltas;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.bundle.Bundle;
import java.nio.file.Path;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/**
 * What the hub answers over HTTP, all of it JSON but the ledger files. Handlers run on the loop.
 *
 * <pre>
 * GET  /api/status
 * PUT  /api/clock        {"now": "2025-04-02T16:00:00Z"}          (only with a driven clock)
 * POST /api/reconcile    {"day": "2025-04-02", "deep": true}      the reconciliation, also in reconciliation.json
 * POST /api/suspense     {"card": hex, "counter": 7, "decision": "payable" or "returned", "by": name}
 * POST /api/vouchers     {"card": hex, "allocationCents": 500, "bonusCents": 0, "reason": "correction", "note": what for,
 *                         "by": name}                             {"card", "number"}; see hub/docs/vouchers.md
 * POST /api/payouts      {"day": "2025-04-02", "run": "R1"}       {"file", "run", "payouts", "totalCents"}
 * POST /api/statements   {"endToEndId", "rejected", "amountCents", "bookedAt"}
 * POST /api/bundle       a stick's file, as it is                 {"ledger", "acknowledged", "head", "left", "name", "answer": base64}
 * GET  /api/ledgers/t3-e1.etal
 * </pre>
 */
public final class HubPages {
    private final HubCore hub;
    private final Files files;
    private final Consumer<Instant> setClock;

    /** Where documents are laid down; returns where. */
    public interface Files {
        /** Writes whole or not at all. */
        Path write(String name, byte[] content) throws etal.port.StorageFailed;
    }

    /** Pages of that hub; {@code setClock} sets a driven clock. */
    public HubPages(HubCore hub, Files files, Consumer<Instant> setClock) {
        this.hub = hub;
        this.files = files;
        this.setClock = setClock;
    }

    /** Names the routes. */
    public void on(WebRoutes routes) {
        routes.get("/api/status", request -> WebAnswer.json(hub.status()))
                .put("/api/clock", this::clock)
                .post("/api/reconcile", this::reconcile)
                .post("/api/suspense", this::decide)
                .post("/api/vouchers", this::correct)
                .post("/api/payouts", this::payOut)
                .post("/api/statements", this::statement)
                .post("/api/restored", this::restored)
                .upload("/api/bundle", Bundle.BYTES_MAX, this::bundle)
                .get("/api/ledgers/{file}", this::ledger);
    }

    private WebAnswer clock(WebRequest request) throws WebRefusal {
        Instant now = moment(request, "now");
        setClock.accept(now);
        return WebAnswer.json(Map.of("now", now.toString()));
    }

    private WebAnswer reconcile(WebRequest request) throws Exception {
        var deep = request.json().get("deep");
        WebAnswer answer = WebAnswer.json(hub.reconcile(day(request), deep == null || deep.asBoolean()));
        files.write("reconciliation.json", answer.body());
        return answer;
    }

    private WebAnswer decide(WebRequest request) throws Exception {
        var counter = request.json().get("counter");
        String decision = request.text("decision");
        boolean payable = decision.equals("payable");
        if (counter == null || !counter.canConvertToLong() || !(payable || decision.equals("returned"))) {
            throw new WebRefusal(400, "malformed", "A decision is payable or returned, of a card's counter.");
        }
        String by = text(request, "by", "Who decides gives a name");
        Optional<String> refused;
        try {
            refused = hub.decide(Hash.unhex(request.text("card")), counter.longValue(), payable, by);
        } catch (Malformed e) {
            throw new WebRefusal(400, "malformed", "A card is named in hexadecimal.");
        }
        if (refused.isPresent()) {
            throw new WebRefusal(409, "suspense", "Nothing was posted: " + refused.get() + ".");
        }
        return WebAnswer.json(Map.of("decision", decision));
    }

    private WebAnswer correct(WebRequest request) throws Exception {
        var allocation = request.json().get("allocationCents");
        var bonus = request.json().get("bonusCents");
        if (allocation == null || !allocation.canConvertToInt() || bonus == null || !bonus.canConvertToInt()) {
            throw new WebRefusal(400, "malformed", "A voucher has allocationCents and bonusCents, whole numbers.");
        }
        if (!request.text("reason").equals("correction")) {
            throw new WebRefusal(
                    400, "reason", "The reason is correction; refunds and transfers the hub issues itself.");
        }
        byte[] card;
        try {
            card = Hash.unhex(request.text("card"));
        } catch (Malformed e) {
            throw new WebRefusal(400, "malformed", "A card is named in hexadecimal.");
        }
        Deltas deltas = new Deltas(allocation.intValue(), bonus.intValue(), 0);
        String note = text(request, "note", "A correction has a note of what it is for");
        String by = text(request, "by", "Who corrects gives a name");
        return switch (hub.correct(new Correction(card, deltas, note, by))) {
            case Correction.Outcome.Issued issued ->
                WebAnswer.json(Map.of("card", Hash.hex(card), "number", issued.number()));
            case Correction.Outcome.Refused refused ->
                throw new WebRefusal(409, "voucher", "No voucher was issued: " + refused.sentence() + ".");
        };
    }

    private static String text(WebRequest request, String field, String sentence) throws WebRefusal {
        String text = request.text(field).strip();
        if (!Correction.isText(text)) {
            throw new WebRefusal(400, field, sentence + " of 1 to " + Correction.TEXT_CHARS_MAX + " characters.");
        }
        return text;
    }

    private WebAnswer payOut(WebRequest request) throws Exception {
        LocalDate day = day(request);
        String run = request.text("run");
        if (!PayoutRuns.isName(run)) {
            throw new WebRefusal(400, "run", "A run is named by 1 to 24 letters, digits and hyphens.");
        }
        Map<String, Object> answer = new LinkedHashMap<>();
        answer.put("run", run);
        switch (hub.payOut(day, run)) {
            case Ordered.Closed closed ->
                throw new WebRefusal(
                        409,
                        "restored",
                        "Nothing was ordered: the hub was restored from a backup and has not read everything back.");
            case Ordered.Forgotten forgotten ->
                throw new WebRefusal(
                        409, "run", "Nothing was ordered: by the bank's statement that run was handed in before.");
            case Ordered.NothingDue nothing -> {
                answer.put("payouts", 0);
                answer.put("totalCents", 0);
            }
            case Ordered.Submitted submitted -> {
                answer.put(
                        "file",
                        files.write("payouts-" + run + ".xml", submitted.document())
                                .toString());
                answer.put("payouts", submitted.run().payouts().size());
                answer.put(
                        "totalCents",
                        submitted.run().payouts().stream()
                                .mapToLong(payout -> payout.amountCents())
                                .sum());
            }
        }
        return WebAnswer.json(answer);
    }

    private WebAnswer statement(WebRequest request) throws Exception {
        var amount = request.json().get("amountCents");
        var rejected = request.json().get("rejected");
        if (amount == null || !amount.canConvertToLong() || rejected == null || !rejected.isBoolean()) {
            throw new WebRefusal(400, "malformed", "A line has amountCents, a number, and rejected, true or false.");
        }
        int posted = hub.enter(new Statement(
                request.text("endToEndId"), rejected.booleanValue(), amount.longValue(), moment(request, "bookedAt")));
        return WebAnswer.json(Map.of("posted", posted));
    }

    /** The operator's words on what a restored hub waits for: the statement entered, or a terminal that never comes. */
    private WebAnswer restored(WebRequest request) throws Exception {
        String by = text(request, "by", "Who says so gives a name");
        var terminal = request.json().get("lost");
        boolean awaited;
        if (terminal == null) {
            awaited = request.text("statement").equals("entered") && hub.statementEntered(by);
        } else {
            awaited = terminal.canConvertToLong() && hub.terminalLost(terminal.longValue(), by);
        }
        if (!awaited) {
            throw new WebRefusal(409, "restored", "That is not waited for: statement is entered, lost a terminal.");
        }
        return WebAnswer.json(hub.status());
    }

    private WebAnswer bundle(WebRequest request) throws Exception {
        return switch (hub.bundles().take(request.body())) {
            case BundleDesk.Outcome.Refused refused ->
                WebAnswer.refused(409, "bundle." + refused.why().name().toLowerCase(Locale.ROOT), refused.detail());
            case BundleDesk.Outcome.Taken taken -> {
                Map<String, Object> answer = new LinkedHashMap<>();
                answer.put("ledger", taken.answer().ledger().toString());
                answer.put("acknowledged", taken.acknowledged());
                answer.put("head", taken.head());
                answer.put("left", taken.left());
                answer.put("name", taken.answer().name());
                answer.put(
                        "answer",
                        Base64.getEncoder().encodeToString(taken.answer().encode()));
                yield WebAnswer.json(answer);
            }
        };
    }

    private WebAnswer ledger(WebRequest request) throws Exception {
        String file = request.path("file");
        LedgerId id;
        try {
            id = LedgerId.parse(file.endsWith(".etal") ? file.substring(0, file.length() - 5) : file);
        } catch (Malformed e) {
            throw new WebRefusal(404, "ledger", "A ledger is called such as t3-e1.etal.");
        }
        byte[] ledger =
                hub.ledger(id).orElseThrow(() -> new WebRefusal(404, "ledger", "The hub holds nothing of " + id + "."));
        return WebAnswer.bytes("application/cbor-seq", ledger);
    }

    private static LocalDate day(WebRequest request) throws WebRefusal {
        try {
            return LocalDate.parse(request.text("day"));
        } catch (DateTimeException e) {
            throw new WebRefusal(400, "day", "A day is written such as 2025-04-02.");
        }
    }

    private static Instant moment(WebRequest request, String field) throws WebRefusal {
        try {
            return Instant.parse(request.text(field));
        } catch (DateTimeException e) {
            throw new WebRefusal(400, field, "A moment is written such as 2025-04-02T16:00:00Z.");
        }
    }
}
