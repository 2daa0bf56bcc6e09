package etal.fleet.world.cards.machine;

import etal.fleet.world.sim.fund.FundMaker;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.protocol.ledger.LedgerId;
import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/**
 * What the registrar has made for one stall: its terminal, those that may follow it, and in the place of the first one whose
 * certificate ends within the year. Immutable.
 *
 * @param aged in epoch 2, before all that may follow
 * @param agedUntil when its certificate ends
 */
public record Terminals(MadeTerminal first, MadeTerminal aged, Instant agedUntil, List<MadeTerminal> following) {
    private static final long FOLLOWING = 3;
    private static final long FIRST_FOLLOWING = 3;
    private static final Instant FIRST_END = Instant.parse("2025-05-10T12:00:00Z");
    private static final Duration APART = Duration.ofDays(50);

    /** Makes them, for the stall of that number. */
    public static Terminals make(FundMaker maker, long stall) throws IOException {
        Instant until = FIRST_END.plus(APART.multipliedBy((stall - 1) % FOLLOWING));
        MadeTerminal aged = maker.terminalUntil(new LedgerId(stall, 2), until);
        var following = new ArrayList<MadeTerminal>();
        for (long epoch = FIRST_FOLLOWING; epoch < FIRST_FOLLOWING + FOLLOWING; epoch++) {
            following.add(maker.terminal(new LedgerId(stall, epoch)));
        }
        return new Terminals(maker.terminal(new LedgerId(stall, 1)), aged, until, List.copyOf(following));
    }
}
