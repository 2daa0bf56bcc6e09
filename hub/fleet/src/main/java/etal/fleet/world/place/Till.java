package etal.fleet.world.place;

import etal.fleet.fault.DayFaults.TapFault;
import etal.fleet.market.Visit;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.StallClient;
import etal.fleet.world.process.StallClient.BasketView;
import etal.fleet.world.process.Supervised;
import java.io.IOException;
import java.util.Optional;

/** How one visit goes at the till, in the producer's and the member's gestures. */
public final class Till {
    /** How often a basket may be taken up again before something is thought to be broken. */
    private static final int ATTEMPTS_MAX = 30;

    private final Pocket pocket;
    private final boolean driven;

    /** With the members' cards; {@code driven}: the till's clock is set to the time of the visit. */
    public Till(Pocket pocket, boolean driven) {
        this.pocket = pocket;
        this.driven = driven;
    }

    /** Sells one basket, whatever happens to till, card or cable meanwhile; the basket as it was paid. */
    public BasketView sell(StallNode stall, Visit visit, Optional<TapFault> fault)
            throws IOException, InterruptedException {
        Optional<TapFault> pending = fault;
        IOException last = null;
        for (int attempt = 0; attempt < ATTEMPTS_MAX; attempt++) {
            try {
                StallClient client = stall.client();
                if (driven) {
                    client.setClock(visit.at());
                }
                BasketView view = client.ringUp(visit);
                if (!view.done()) {
                    view = pay(stall, client, visit, view, pending);
                }
                if (view.done()) {
                    return view;
                }
            } catch (JsonClient.Refused | Supervised.Broken e) {
                throw e;
            } catch (IOException e) {
                // The till's process has died or is starting again: its supervisor raises it, and we take the basket up
                // again.
                last = e;
                stall.process().start();
            }
            pending = Optional.empty();
        }
        throw new IOException(
                "basket " + visit.key() + " could not be sold" + (last == null ? "" : ": " + last.getMessage()), last);
    }

    /** One go at paying; not done when the card was torn or the till died, so that the basket is taken up again. */
    private BasketView pay(
            StallNode stall, StallClient client, Visit visit, BasketView before, Optional<TapFault> fault)
            throws IOException, InterruptedException {
        if (!visit.card()) {
            return client.cash(visit);
        }
        BasketView view = before.state().equals("open") ? client.card(visit) : before;
        try (Pocket.Tap tap = pocket.present(visit.household(), stall, fault)) {
            while (true) {
                switch (view.state()) {
                    case "paid" -> {
                        return view;
                    }
                    case "open" -> view = client.card(visit);
                    case "shortfall" -> view = client.agree(visit);
                    case "refused", "abandoned" ->
                        throw new IOException(
                                "basket " + visit.key() + " was " + view.state() + " at stall " + stall.number());
                    default -> {
                        if (tap.over()) {
                            return view;
                        }
                        view = client.await(visit, view.version());
                    }
                }
            }
        }
    }
}
