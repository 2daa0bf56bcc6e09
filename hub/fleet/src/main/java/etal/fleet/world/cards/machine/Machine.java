package etal.fleet.world.cards.machine;

import etal.edge.sqlite.SqliteDatabase;
import etal.fake.FakeMedium;
import etal.fleet.world.sim.fund.MadeTerminal;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.ledger.Succession;
import etal.terminal.succession.Predecessor;
import org.jspecify.annotations.Nullable;

/**
 * A terminal with its store and its second medium, which keep what is written into them. Immutable but for that.
 *
 * @param before what there was of the machine before, where there was one
 */
public record Machine(
        MadeTerminal terminal,
        SqliteDatabase store,
        FakeMedium medium,
        @Nullable Predecessor before) {
    /** A stall's first. */
    public static Machine first(MadeTerminal terminal) throws StorageFailed {
        return new Machine(terminal, SqliteDatabase.inMemory(), new FakeMedium(), null);
    }

    /**
     * Another one that goes on in this one's place.
     *
     * @param withStick whether this one's second medium is at hand
     * @param told how far the hub has this one's ledger; null when nobody looked
     */
    public Machine followedBy(MadeTerminal next, boolean withStick, @Nullable Succession told) throws StorageFailed {
        var predecessor = new Predecessor(ledger(), terminal.identity().chain(), told, withStick ? medium : null);
        return new Machine(next, SqliteDatabase.inMemory(), new FakeMedium(), predecessor);
    }

    /**
     * Another one in the place of this one, which has never been started: it goes on where this one was to.
     *
     * @param withStick whether the second medium that this one was given is left
     */
    public Machine replacedUnused(MadeTerminal next, boolean withStick) throws StorageFailed {
        Predecessor same = before == null
                ? null
                : new Predecessor(before.ledger(), before.chain(), before.told(), withStick ? before.stick() : null);
        return new Machine(next, SqliteDatabase.inMemory(), new FakeMedium(), same);
    }

    /** Which ledger it writes. */
    public LedgerId ledger() {
        return terminal.identity().id();
    }

    /** One that sells no more; {@code stick}: its second medium is left. */
    public record Gone(Machine machine, boolean stick) {}
}
