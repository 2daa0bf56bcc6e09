package etal.fleet.world.witness;

import etal.fleet.auditor.cards.TillSeen.Trained;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.Entry;
import java.util.ArrayList;
import java.util.List;

/** Listens to a ledger for what was practised, and for what stands where it must not. For one use. */
final class Training {
    private final List<Long> sales = new ArrayList<>();
    private final List<Long> astray = new ArrayList<>();
    private final List<Long> within = new ArrayList<>();
    private boolean on;

    void hear(Entry entry) {
        switch (entry.body()) {
            case Body.TechnicalEvent event when event.code() == Body.TechnicalEvent.TRAINING_BEGUN -> on = true;
            case Body.TechnicalEvent event when event.code() == Body.TechnicalEvent.TRAINING_ENDED -> on = false;
            case Body.TrainingSale practised -> {
                sales.add(entry.number());
                if (!on) {
                    astray.add(entry.number());
                }
            }
            case Body.Sale sale -> moves(entry);
            case Body.Cancellation cancellation -> moves(entry);
            case Body.RefundRequest request -> moves(entry);
            case Body.RecordCarried carried -> moves(entry);
            default -> {
                // Neither practised, nor of any value.
            }
        }
    }

    private void moves(Entry entry) {
        if (on) {
            within.add(entry.number());
        }
    }

    Trained heard() {
        return new Trained(List.copyOf(sales), List.copyOf(astray), List.copyOf(within));
    }
}
