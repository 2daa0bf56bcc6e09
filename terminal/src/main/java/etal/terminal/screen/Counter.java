package etal.terminal.screen;

import etal.port.StorageFailed;
import etal.terminal.basket.Hand;
import etal.terminal.main.Till;
import etal.terminal.sale.Desk;

/** Where the screen's wishes go: to the stall, or while the till practises to the practice desk. From the loop only. */
final class Counter {
    private final Till till;
    private final Hand selling;

    private Counter(Till till, Hand selling) {
        this.till = till;
        this.selling = selling;
    }

    /** Of a till, with the basket in hand that the last run had. */
    static Counter open(Till till) throws StorageFailed {
        return new Counter(till, InHand.open(till.baskets(), till.ledger().store()));
    }

    /** Whether nothing is sold here now, because the till practises. */
    boolean practises() {
        return till.practice().on();
    }

    Desk desk() {
        return practises() ? till.practice().desk() : till.stall();
    }

    Hand hand() {
        return practises() ? till.practice().desk().hand() : selling;
    }
}
