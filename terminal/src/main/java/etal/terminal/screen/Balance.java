package etal.terminal.screen;

import etal.edge.page.Language;
import etal.edge.page.Page;
import etal.edge.page.Pages;
import etal.edge.speech.Speech;
import etal.edge.web.WebAnswer;
import etal.edge.web.WebRequest;
import etal.port.StorageFailed;
import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.main.Till;
import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * What a card holds after it has paid, for its member's eyes: the text stands on its head for whoever is behind the counter,
 * and goes after five seconds. From the loop only.
 */
final class Balance {
    private static final Duration SHOWN = Duration.ofSeconds(5);
    /** So long its member stands there: a sale taken up again later shows nobody's balance. */
    private static final Duration THERE = Duration.ofMinutes(2);

    private final Till till;
    private final Pages pages;

    Balance(Till till, Pages pages) {
        this.till = till;
        this.pages = pages;
    }

    /** Whether there is one to show: the sale in hand was paid by a card. */
    static boolean shownOf(TillBasket basket) {
        return basket.state() == BasketState.PAID && basket.cardCents() > 0;
    }

    /** The part of the page, or the page for a browser without script; nothing if no card has paid. */
    WebAnswer show(WebRequest request, Optional<TillBasket> hand, Speech speech) throws StorageFailed {
        Optional<Balances> held = hand.isEmpty() || !shownOf(hand.get())
                ? Optional.empty()
                : held(hand.get().entry());
        if (held.isEmpty()) {
            return WebAnswer.seeOther("/till/room");
        }
        Map<String, Object> values = new LinkedHashMap<>();
        values.put("speech", speech);
        values.put("allocation", speech.amount(held.get().allocation()));
        values.put(
                "bonus",
                held.get().bonus() > 0 ? Optional.of(speech.amount(held.get().bonus())) : Optional.empty());
        values.put("millis", SHOWN.toMillis());
        if (request.wantsFragment()) {
            return WebAnswer.html(pages.part("balance.jte", values));
        }
        Language language = Language.of(request);
        Page frame = new Page(language, speech.word("balance-title"), "till", List.of("till.css"));
        return WebAnswer.html(pages.page(frame, "balance.jte", values)).with("Refresh", SHOWN.toSeconds() + "; url=/");
    }

    private Optional<Balances> held(long entry) throws StorageFailed {
        try {
            SignedEntry signed = SignedEntry.decode(
                    till.ledger().from(entry, 1, Integer.MAX_VALUE).getFirst());
            long sinceMillis = till.ledger().timeMillis() - signed.entry().timeMillis();
            return sinceMillis <= THERE.toMillis()
                            && signed.entry().body() instanceof Body.Sale sale
                            && sale.card() != null
                    ? Optional.of(CardRecord.decode(sale.card().record()).after())
                    : Optional.empty();
        } catch (Malformed malformed) {
            throw new StorageFailed("the ledger's entry " + entry + " does not read", malformed);
        }
    }
}
