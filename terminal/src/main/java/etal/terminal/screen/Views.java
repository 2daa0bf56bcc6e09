package etal.terminal.screen;

import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.protocol.card.Period;
import etal.protocol.ledger.ReceiptCode;
import etal.protocol.split.TariffSide;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.closing.Closings;
import etal.terminal.main.Till;
import etal.terminal.rules.Rules;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/** What the screen is shown, as maps that become JSON, fields in their order. Used from the loop only. */
final class Views {
    private final Till till;

    Views(Till till) {
        this.till = till;
    }

    Map<String, @Nullable Object> basket(TillBasket basket) throws StorageFailed {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("key", basket.key());
        view.put("state", basket.state().word());
        view.put("version", basket.version());
        view.put("totalCents", basket.basket().totalCents());
        view.put("conventionedCents", basket.basket().conventionedCents());
        view.put("otherCents", basket.basket().otherCents());
        view.put("fairCents", basket.basket().fairCents());
        view.put("discountCents", basket.basket().discountCents());
        view.put("tariff", basket.basket().tariff().map(TariffSide::choice).orElse(null));
        view.put("cardCents", basket.cardCents());
        view.put("cashCents", basket.cashCents());
        view.put("sale", basket.sale() == 0 ? null : basket.sale());
        view.put("entry", basket.entry() == 0 ? null : basket.entry());
        view.put("receiptCode", basket.entry() == 0 ? null : receiptCode(basket.entry()));
        long cancellation = till.receipts().cancellation(basket);
        view.put("cancellation", cancellation == 0 ? null : cancellation);
        view.put("cancellationCode", cancellation == 0 ? null : receiptCode(cancellation));
        view.put("sentence", sentence(basket));
        return view;
    }

    private String sentence(TillBasket basket) {
        // Of a stored basket only the key of the sentence is kept; the amount of a shortfall stands in the view anyway.
        return till.speech().speak(basket.said());
    }

    private @Nullable String receiptCode(long entry) throws StorageFailed {
        Optional<byte[]> hash = till.ledger().hashOf(entry);
        return hash.map(bytes -> new ReceiptCode(till.setup().identity().id(), entry, bytes).text())
                .orElse(null);
    }

    Map<String, @Nullable Object> status(String reader) throws StorageFailed {
        Map<String, @Nullable Object> view = new LinkedHashMap<>();
        view.put("terminal", till.setup().identity().id().terminal());
        view.put("epoch", till.setup().identity().id().epoch());
        view.put("name", till.setup().seller().name());
        view.put("head", till.ledger().head().number());
        view.put("headHash", till.headHash());
        view.put("acknowledged", till.uplink().acknowledged());
        view.put("unacknowledged", till.uplink().unacknowledged());
        view.put("link", till.uplink().up() ? "up" : "down");
        view.put("scheme", till.stall().rulesNow().map(Views::scheme).orElse(null));
        view.put("nextRules", till.stall().nextRules().map(Instant::toString).orElse(null));
        view.put("period", Period.yearMonth(till.stall().period()).toString());
        view.put("openBasket", till.stall().awaited().orElse(null));
        view.put("liveBaskets", till.baskets().live().size());
        view.put("inDoubt", inDoubt());
        view.put("reader", reader);
        view.put("readerWorking", till.stall().readerWorking());
        view.put("printerWorking", till.receipts().printerWorking());
        view.put("printer", till.receipts().printerState().word());
        view.put(
                "printerSentence",
                till.receipts().trouble().map(till.speech()::speak).orElse(null));
        view.put("mediumWorking", till.ledger().mediumWorking());
        view.put("unnotedEvents", till.ledger().unnoted());
        view.put("storageFailed", till.stall().storageFailed());
        view.put("rolledBack", till.ledger().disowned() != 0);
        view.put("retired", till.ledger().retired());
        view.put("certificate", till.certificateWord().map(till.speech()::speak).orElse(null));
        view.put("ready", till.stall().ready());
        view.put("training", till.practice().on());
        view.put("trainingSales", till.practice().sales());
        view.put("sales", till.sales());
        view.put("sentence", till.speech().speak(till.ledger().sellsNot().orElse(lamp())));
        return view;
    }

    /** How far the end of a retired ledger has come. */
    Map<String, Object> retired() {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("ledger", till.setup().identity().id().toString());
        view.put("entry", till.ledger().head().number());
        view.put("unacknowledged", till.uplink().unacknowledged());
        return view;
    }

    private long inDoubt() {
        return till.baskets().live().stream()
                .filter(basket ->
                        basket.state() == BasketState.IN_DOUBT || basket.state() == BasketState.CANCEL_IN_DOUBT)
                .count();
    }

    private Said lamp() {
        long waiting = till.uplink().unacknowledged();
        return waiting == 0 ? Said.of("all-up") : Said.of("not-all-up", waiting);
    }

    private static Map<String, Object> scheme(Rules rules) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("id", rules.scheme().id());
        view.put("version", rules.scheme().version());
        return view;
    }

    static Map<String, Object> closing(Closings.Closed closed) {
        Map<String, Object> view = new LinkedHashMap<>();
        view.put("entry", closed.entry());
        view.put("day", closed.closing().day());
        view.put("sales", closed.closing().sales());
        view.put("cardCents", closed.closing().cardCents());
        view.put("cashCents", closed.totals().sold().cashCents());
        view.put("perpetualCardCents", closed.closing().perpetualCardCents());
        view.put("perpetualCents", closed.totals().sold().perpetualCents());
        view.put("cancelled", closed.closing().undone().count());
        view.put("cardBackCents", closed.closing().undone().cardCents());
        view.put("cashBackCents", closed.totals().cancelled().cashCents());
        view.put("perpetualCardBackCents", closed.closing().undone().perpetualCardCents());
        view.put("perpetualBackCents", closed.totals().cancelled().perpetualCents());
        return view;
    }
}
