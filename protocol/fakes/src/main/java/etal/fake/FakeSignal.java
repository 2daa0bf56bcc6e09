package etal.fake;

import etal.port.Signal;
import java.util.ArrayList;
import java.util.List;

/** Light and sound that remember what they showed. */
public final class FakeSignal implements Signal {
    private final List<Outcome> shown = new ArrayList<>();

    @Override
    public void show(Outcome outcome) {
        shown.add(outcome);
    }

    /** What was shown since the last time this was asked, in order. */
    public List<Outcome> takeShown() {
        List<Outcome> taken = List.copyOf(shown);
        shown.clear();
        return taken;
    }
}
