package etal.fleet.world.cards.carry;

import etal.fake.FakeStick;
import etal.fleet.world.cards.Market;
import etal.fleet.world.cards.Stall;
import etal.hub.sync.BundleDesk.Outcome;
import etal.hub.sync.BundleDesk.Why;
import etal.port.StorageFailed;
import etal.port.stick.Stick.Trouble;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Way;
import etal.terminal.bundle.StickDesk;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.SplittableRandom;
import java.util.TreeMap;

/**
 * Now and then somebody carries a stick from a stall to the hub and brings the answer back, beside whatever the network does.
 * Sticks are lost, full, handed in late, twice, and by the wrong person; answers are lost, come late, or come to another
 * stall. By dice of its own, of which nobody else's depend. Not thread-safe.
 */
public final class Carrier {
    private static final int ONE_STEP_IN = 12;
    private static final int ONE_STEP_IN_OF_A_SEASON = 600;
    private static final int SOMETHING_ODD_ONE_IN = 4;
    private static final int KEPT_MOST = 6;

    /** What a stick that a till has written may not be refused for: who has certified its terminal is asked of its time. */
    private static final Set<Why> ALLOWED = EnumSet.of(Why.STRANGER, Why.NO_TIME);

    private final Market market;
    private final long fund;
    private final Map<Long, List<byte[]>> copies = new TreeMap<>();
    private final Map<Long, List<byte[]>> answers = new TreeMap<>();

    /** At that market, of that fund. */
    public Carrier(Market market, long fund) {
        this.market = market;
        this.fund = fund;
    }

    /** Perhaps somebody goes, between two things that others do. */
    public void walk(SplittableRandom dice, boolean season) throws StorageFailed {
        if (dice.nextInt(season ? ONE_STEP_IN_OF_A_SEASON : ONE_STEP_IN) != 0) {
            return;
        }
        List<Stall> stalls = market.stalls();
        Stall stall = stalls.get(dice.nextInt(stalls.size()));
        touch(stall, stall, dice);
        if (odd(dice, "lost")) {
            return;
        }
        Optional<byte[]> copy = kept(copies, stall, dice, "old stick handed in");
        if (copy.isEmpty()) {
            return;
        }
        int times = odd(dice, "handed in twice") ? 2 : 1;
        for (int time = 0; time < times; time++) {
            handIn(stall, copy.get());
        }
        if (!odd(dice, "answer lost")) {
            boolean wrong = odd(dice, "answer brought to another stall");
            touch(wrong ? stalls.get(dice.nextInt(stalls.size())) : stall, stall, dice);
        }
    }

    private boolean odd(SplittableRandom dice, String what) {
        boolean happens = dice.nextInt(SOMETHING_ODD_ONE_IN) == 0;
        if (happens) {
            market.story().count("stick: " + what);
        }
        return happens;
    }

    /** The newest, or one of before. */
    private Optional<byte[]> kept(Map<Long, List<byte[]>> files, Stall stall, SplittableRandom dice, String whenOld) {
        List<byte[]> all = files.getOrDefault(stall.number(), List.of());
        if (all.isEmpty()) {
            return Optional.empty();
        }
        boolean old = odd(dice, whenOld);
        return Optional.of(old ? all.get(dice.nextInt(all.size())) : all.getLast());
    }

    private static void keep(Map<Long, List<byte[]>> files, Stall stall, byte[] file) {
        List<byte[]> all = files.computeIfAbsent(stall.number(), number -> new ArrayList<>());
        all.add(file);
        if (all.size() > KEPT_MOST) {
            all.removeFirst();
        }
    }

    /** The key is touched at a stall, and an answer to that other one may lie on the stick; a till that is off does nothing. */
    private void touch(Stall stall, Stall answered, SplittableRandom dice) throws StorageFailed {
        FakeStick stick = new FakeStick(stall.loop());
        Optional<byte[]> answer = kept(answers, answered, dice, "old answer read");
        if (odd(dice, "full")) {
            stick.writing(Optional.of(Trouble.FULL));
        }
        Optional<LedgerId> touched = stall.at(till -> {
            LedgerId ledger = till.setup().identity().id();
            answer.ifPresent(file -> stick.put(Bundle.name(Way.DOWN, fund, ledger), file));
            new StickDesk(stick, stall.loop(), till.uplink(), till.ledger(), fund).carry();
            return ledger;
        });
        market.settle();
        touched.flatMap(ledger -> stick.file(Bundle.name(Way.UP, fund, ledger))).ifPresent(file -> {
            keep(copies, stall, file);
            market.story().count("stick: copied");
        });
    }

    private void handIn(Stall stall, byte[] copy) throws StorageFailed {
        Optional<Outcome> outcome = market.handIn(copy);
        market.settle();
        if (outcome.isEmpty()) {
            market.story().count("stick: the hub went out");
            return;
        }
        switch (outcome.get()) {
            case Outcome.Taken taken -> {
                keep(answers, stall, taken.answer().encode());
                market.story().count("stick: handed in");
                market.story()
                        .tell(stall.name() + ": a stick is handed in, up to " + taken.acknowledged() + " of "
                                + taken.head());
            }
            case Outcome.Refused refused
            when ALLOWED.contains(refused.why()) -> market.story().count("stick: refused");
            case Outcome.Refused refused ->
                throw new IllegalStateException(
                        stall.name() + ": a stick of a till is refused: " + refused.why() + " " + refused.detail());
        }
    }
}
