package etal.terminal.practice;

import etal.port.CardReader.CardEvent;
import etal.port.Entropy;
import etal.port.Signal;
import etal.port.StorageFailed;
import etal.protocol.Said;
import etal.terminal.basket.BasketBook;
import etal.terminal.intent.Intention;
import etal.terminal.intent.IntentionBook;
import etal.terminal.ledger.Ledger;
import etal.terminal.sale.Stall;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Training: whether the till practises now, which its ledger says by technical events, so that a pulled plug ends none; and
 * while it does, what stands between the reader and the stall. Used from the loop only.
 */
public final class Practice {
    private final Ledger ledger;
    private final BasketBook baskets;
    private final Stall stall;
    private final PracticeBook book;
    private final Signal signal;
    private final List<Runnable> listeners = new ArrayList<>();
    private PracticeDesk desk;

    /** Beside a stall, whose baskets are looked at before a training begins. */
    public Practice(Ledger ledger, BasketBook baskets, Stall stall, Entropy entropy, Signal signal) {
        this.ledger = ledger;
        this.baskets = baskets;
        this.stall = stall;
        this.book = new PracticeBook(ledger, entropy);
        this.signal = signal;
        this.desk = fresh();
    }

    private PracticeDesk fresh() {
        var ruling = new PracticeDesk.Ruling(stall::rulesNow, stall::coveredCents);
        return new PracticeDesk(book, ruling, stall.store(), signal, this::changed);
    }

    /** Whether the till practises now. */
    public boolean on() {
        return ledger.training() && ledger.endedForGood().isEmpty();
    }

    /** The desk of the training that is on. */
    public PracticeDesk desk() {
        return desk;
    }

    /** Why no training can begin now: something is rung up, or of a payment it is not known whether it was made. */
    public Optional<Said> hindrance() throws StorageFailed {
        Optional<Said> not = ledger.sellsNot();
        if (not.isPresent()) {
            return not;
        }
        if (stall.rulesNow().isEmpty()) {
            return Optional.of(Said.of("no-rules"));
        }
        boolean doubtful = new IntentionBook(ledger.store())
                .undecided().stream().anyMatch(intention -> intention.verdict() != Intention.Verdict.UNDONE);
        boolean open = !baskets.live().isEmpty();
        return doubtful || open
                ? Optional.of(Said.of(doubtful ? "practice-after-doubt" : "practice-after-basket"))
                : Optional.empty();
    }

    /** Begins a training. @return why not, if it cannot begin */
    public Optional<Said> begin() throws StorageFailed {
        Optional<Said> hindrance = hindrance();
        if (hindrance.isEmpty()) {
            book.begin();
            desk = fresh();
            changed();
        }
        return hindrance;
    }

    /** Ends the training; what was rung up in it is gone. Where there is none nothing happens. */
    public void end() throws StorageFailed {
        if (on()) {
            book.end();
            desk = fresh();
            signal.show(Signal.Outcome.READY);
            changed();
        }
    }

    /** How often something was sold for practice, in all trainings of this ledger. */
    public long sales() throws StorageFailed {
        return book.sales();
    }

    /** When the last training began, milliseconds since 1970; 0 if there was none. */
    public long sinceMillis() throws StorageFailed {
        return book.sinceMillis();
    }

    /**
     * What the reader tells. A card that is laid down while the till practises is not asked for anything, not even who it is:
     * a card that is asked for nothing cannot be changed.
     */
    public void onCard(CardEvent event) {
        boolean laid = switch (event) {
            case CardEvent.Presented presented -> true;
            case CardEvent.Collision collision -> true;
            case CardEvent.Unfit unfit -> true;
            case CardEvent.Gone gone -> false;
            case CardEvent.ReaderState state -> false;
        };
        if (laid && on()) {
            desk.cardLaid();
            changed();
        } else {
            stall.onCard(event);
        }
    }

    /** Names who hears of each change, on the loop. */
    public void onChange(Runnable listener) {
        listeners.add(listener);
    }

    private void changed() {
        List.copyOf(listeners).forEach(Runnable::run);
    }
}
