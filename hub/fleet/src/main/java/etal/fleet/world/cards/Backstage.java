package etal.fleet.world.cards;

import etal.fleet.world.cards.collusion.Crook;
import etal.fleet.world.cards.collusion.Trick;
import etal.fleet.world.cards.fault.NodeClock;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import java.time.Duration;
import java.time.LocalDate;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import org.jspecify.annotations.Nullable;

/** What nobody at the market does on purpose: the machines and the office behind it. Not thread-safe. */
public final class Backstage {
    private final MarketWorld world;
    private @Nullable Auditing auditing;

    Backstage(MarketWorld world) {
        this.world = world;
    }

    /** Who must know of cards that are copied before they are used. */
    void watchedBy(Auditing watcher) {
        auditing = watcher;
    }

    /** A card's memory is copied by somebody. */
    public boolean copy(MemberCard card) throws StorageFailed {
        return Objects.requireNonNull(auditing).copied(card);
    }

    /** A card's memory is put back to what was copied. */
    public boolean rollBack(MemberCard card) throws StorageFailed {
        return Objects.requireNonNull(auditing).rolledBack(card);
    }

    /** There is another card with all that this one holds. */
    public boolean multiply(MemberCard card) throws StorageFailed {
        return Objects.requireNonNull(auditing).cloned(card);
    }

    /** The broker begins anew, with nothing or with what it kept long ago. */
    public void brokerAnew(boolean forgets) {
        world.post().brokerAnew(forgets);
    }

    /** Somebody may keep a copy of what the broker keeps. */
    public void brokerCopied() {
        world.post().mayCopy();
    }

    /** A second hub runs on the same store. */
    public void secondHub() throws StorageFailed {
        world.hub().second();
    }

    /** The hub's store is copied. */
    public void hubBackedUp() throws StorageFailed {
        world.hub().backUp();
    }

    /** The hub's machine is gone; what comes in its place has the last copy. */
    public void hubRestored() throws StorageFailed {
        Objects.requireNonNull(auditing).ordersKept();
        // Two at once: an old stick that the hub has forgotten, and the only machine that would send it again refuses
        // to start.
        if (!world.anyRotten() && world.hub().restore()) {
            world.story().tell("the hub knows what it knew at its backup");
            world.story().count("hubs restored");
            world.evenings().restored();
        }
    }

    /** Another machine goes on at a stall, with the old stick or without; false when that cannot be. */
    public boolean swap(Stall stall, boolean withStick, boolean looked) throws StorageFailed {
        return world.swap(stall, withStick, looked);
    }

    /** A bit flips in a till's store; false when none does. */
    public boolean rots(Stall stall) throws StorageFailed {
        return world.rots(stall);
    }

    /** Somebody looks after tills that refuse to start. */
    public void mend() throws StorageFailed {
        for (Stall stall : world.stalls()) {
            if (stall.rotting().refused()) {
                world.mend(stall);
            }
        }
    }

    /** The operator names a machine as stolen from now on. */
    public void stolen(long stall, long epoch) throws StorageFailed {
        world.hub().stolen(new LedgerId(stall, epoch));
    }

    /** Everybody's clocks: those of the stalls and the hub's, which is the last. */
    public List<NodeClock> clocks() {
        var clocks = new ArrayList<NodeClock>();
        world.stalls().forEach(stall -> clocks.add(stall.ownClock()));
        clocks.add(world.hub().ownClock());
        return clocks;
    }

    /** The day it is, as the hub takes it. */
    public LocalDate hubsDay() {
        return LocalDate.ofInstant(
                world.hub().ownClock().now(), world.fund().fund().scheme().zone());
    }

    /** How long it is until that time before a day begins; negative when that is past. */
    public Duration until(LocalDate day, Duration before) {
        ZoneId zone = world.fund().fund().scheme().zone();
        return Duration.between(
                world.clock().now(), day.atStartOfDay(zone).toInstant().minus(before));
    }

    /** The tills hear that clocks were set. */
    public void clocksSet() throws StorageFailed {
        for (Stall stall : world.stalls()) {
            stall.clockSet();
        }
    }

    /** The producer who cheats tries something with a card; false when there is nothing to try it with. */
    public boolean cheat(Trick trick, MemberCard card) throws StorageFailed {
        if (Objects.requireNonNull(auditing).forked(card)) {
            return false;
        }
        Crook crook = world.crook();
        boolean tried;
        try {
            tried = crook.attempt(
                    trick,
                    new Crook.Laid(card.certificate(), card::used),
                    world.clock().now().toEpochMilli());
        } catch (Malformed e) {
            throw new IllegalStateException("card " + card.number() + " answers nonsense undisturbed", e);
        }
        card.powerOff();
        if (tried) {
            world.story().tell("stall " + crook.number() + " cheats: " + trick + ", card " + card.number());
        }
        return tried;
    }

    /** A card is denied that nobody has lost. */
    public void deny(MemberCard card) throws StorageFailed {
        world.hub().deny(card.number());
    }

    /** It is taken off the list again. */
    public void undeny(MemberCard card) throws StorageFailed {
        world.hub().undeny(card.number());
    }
}
