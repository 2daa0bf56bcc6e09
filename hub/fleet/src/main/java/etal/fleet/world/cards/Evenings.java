package etal.fleet.world.cards;

import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import etal.fleet.world.cards.office.Bank;
import etal.hub.core.HubCore;
import etal.hub.settle.PayoutRuns.Ordered;
import etal.port.CentralFund.Statement;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import java.time.Instant;
import java.time.LocalDate;
import java.util.Map;
import java.util.Optional;

/** The operator's evenings with the bank: payouts, statements, and what may go wrong with them. Not thread-safe. */
final class Evenings {
    private static final int TRIES_MOST = 100;

    private final HubNode hub;
    private final Weather weather;
    private final Story story;
    private final Bank bank;
    private int runs;
    private boolean open;
    private boolean restored;

    Evenings(HubNode hub, Weather weather, Story story) {
        this.hub = hub;
        this.weather = weather;
        this.story = story;
        this.bank = new Bank(weather, story);
    }

    /** One evening: what the bank says is entered, and what is owed is ordered. */
    void evening(LocalDate today, Instant now) throws StorageFailed {
        statement(now, false);
        if (!open) {
            runs++;
            open = true;
        }
        order(today, now);
        if (!open && hit(Fault.PAYOUT_TWICE)) {
            order(today, now);
            runs++;
            order(today, now);
        }
    }

    /** The hub has forgotten what its backup did not know. */
    void restored() {
        restored = true;
    }

    /** All that the bank has ever said is entered again, and the operator says so. */
    private void readBack() throws StorageFailed {
        for (Bank.Line line : bank.all()) {
            enter(new Statement(line.endToEndId(), line.rejected(), line.cents(), line.from()));
            bank.entered(line);
        }
        restored = hub.at(core -> core.statementEntered("operator")).isEmpty();
    }

    /** Nothing goes wrong: what was begun is finished; at the end all of the bank's lines are there. */
    void settle(LocalDate today, Instant now, boolean last) throws StorageFailed {
        if (restored) {
            readBack();
        }
        if (open) {
            order(today, now);
        }
        statement(now, last);
    }

    /** A run that may have been ordered already is ordered under its name until the file is there. */
    private void order(LocalDate today, Instant now) throws StorageFailed {
        Optional<Ordered> ordered = hub.at(core -> paid(core, today));
        ordered.ifPresent(done -> {
            // A restored hub pays nothing before it has read back what it forgot: the run is ordered again.
            open = done instanceof Ordered.Closed;
            if (done instanceof Ordered.Submitted submitted) {
                int fresh = bank.handedIn(submitted.document(), now);
                story.tell("payout run R" + runs + ": " + fresh + " payouts");
                story.count("payout runs");
            }
        });
    }

    private Ordered paid(HubCore core, LocalDate today) throws StorageFailed {
        try {
            return core.payOut(today, "R" + runs);
        } catch (PeerUnreachable full) {
            throw new StorageFailed("the fund's own books cannot be read now", full);
        }
    }

    private void statement(Instant now, boolean all) throws StorageFailed {
        for (Bank.Line line : bank.statement(now, all)) {
            var said = new Statement(line.endToEndId(), line.rejected(), line.cents(), line.from());
            enter(said);
            bank.entered(line);
            if (hit(Fault.STATEMENT_TWICE)) {
                enter(said);
            }
        }
    }

    /** The operator enters a line until the hub has taken it. */
    private void enter(Statement said) throws StorageFailed {
        for (int tries = 0; tries < TRIES_MOST; tries++) {
            if (hub.at(core -> entered(core, said)).isPresent()) {
                return;
            }
        }
        throw new IllegalStateException("a line of the bank cannot be entered");
    }

    private static int entered(HubCore core, Statement said) throws StorageFailed {
        try {
            return core.enter(said);
        } catch (PeerUnreachable full) {
            throw new StorageFailed("the fund's own books cannot be read now", full);
        }
    }

    private boolean hit(Fault fault) {
        boolean happens = weather.brings(fault);
        if (happens) {
            story.fault(fault, "", "office");
        }
        return happens;
    }

    /** What each stall was paid in all. */
    Map<Long, Long> paidCents() {
        return bank.paidCents();
    }
}
