package etal.fsck.check;

import etal.fsck.bytes.Damage;
import java.util.LinkedHashMap;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * The sale numbers of one ledger: they rise, and each ends once. One that was in doubt may end after later ones; what
 * was sold or given up may be asked back once, and what was sold may be cancelled once instead.
 */
final class SaleNumbers {
    private enum State {
        IN_DOUBT,
        SOLD,
        ABANDONED,
        CANCELLED,
        REFUNDED
    }

    private final Map<Long, State> states = new LinkedHashMap<>();
    private long highest;

    void inDoubt(long sale) throws Damage {
        take(sale, State.IN_DOUBT);
    }

    void sold(long sale) throws Damage {
        take(sale, State.SOLD);
    }

    void abandoned(long sale) throws Damage {
        take(sale, State.ABANDONED);
    }

    /** Given up at the stall, and yet debited: that shows only when the card is seen again. */
    void refunded(long sale) throws Damage {
        State before = states.get(sale);
        if (before == State.SOLD || before == State.ABANDONED) {
            states.put(sale, State.REFUNDED);
        } else {
            take(sale, State.REFUNDED);
        }
    }

    /** Its cancellation was tried, whatever came of it. */
    void cancelling(long sale) throws Damage {
        requireSold(sale);
    }

    void cancelled(long sale) throws Damage {
        requireSold(sale);
        states.put(sale, State.CANCELLED);
    }

    private void requireSold(long sale) throws Damage {
        State state = states.get(sale);
        if (state == State.CANCELLED) {
            throw new Damage("sale " + sale + " was cancelled already");
        }
        if (state != State.SOLD) {
            throw new Damage("sale " + sale + " was not sold, and is cancelled");
        }
    }

    private void take(long sale, State next) throws Damage {
        @Nullable State before = states.get(sale);
        if (before == null && sale <= highest) {
            throw new Damage("sale " + sale + " comes after sale " + highest);
        }
        if (before != null && before != State.IN_DOUBT) {
            throw new Damage("sale " + sale + " had its end already");
        }
        states.put(sale, next);
        highest = Math.max(highest, sale);
    }
}
