package etal.fsck.check;

import etal.fsck.bytes.Damage;
import etal.fsck.ledger.Body;

/**
 * The trainings of a ledger: from an event that begins one to the event that ends it nothing is sold and no card is asked for
 * anything, and what is sold for practice stands nowhere else.
 */
final class Trainings {
    private boolean on;
    private long sales;

    /** How often something was sold for practice. */
    long sales() {
        return sales;
    }

    /** Takes an entry that follows; the others' own rules are held elsewhere. */
    void follow(Body body) throws Damage {
        switch (body) {
            case Body.Training.Begins begins -> turn(true);
            case Body.Training.Ends ends -> turn(false);
            case Body.Training.Sale practised -> practise(practised.number());
            case Body.Sale sale -> refuse("sale " + sale.sale());
            case Body.Cancellation cancellation -> refuse("the cancellation of sale " + cancellation.sale());
            case Body.RefundRequest request -> refuse("the refund request for sale " + request.sale());
            case Body.RecordCarried carried -> refuse("a record carried");
            default -> {}
        }
    }

    private void turn(boolean begins) throws Damage {
        if (on == begins) {
            throw new Damage(begins ? "a training begins within another" : "a training ends that has not begun");
        }
        on = begins;
    }

    private void practise(long number) throws Damage {
        if (!on) {
            throw new Damage("training sale " + number + " stands outside of any training");
        }
        if (number != sales + 1) {
            throw new Damage("training sale " + number + " stands in the place of " + (sales + 1));
        }
        sales = number;
    }

    private void refuse(String what) throws Damage {
        if (on) {
            throw new Damage(what + " stands within a training");
        }
    }
}
