package etal.fleet.world.cards.machine;

import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.Said;
import java.util.Collections;
import java.util.Optional;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** What has rotted in the store of the machine that stands at a stall, until somebody has found it. Not thread-safe. */
public final class Rotting {
    private final String stall;
    private final Weather weather;
    private final Story story;
    private @Nullable Rot rot;
    private boolean refused;
    private final Set<String> entries = new TreeSet<>();

    /** Nothing yet; {@code stall} is its name in the story. */
    public Rotting(String stall, Weather weather, Story story) {
        this.stall = stall;
        this.weather = weather;
        this.story = story;
    }

    /** A bit flips; false when none does, or one has that nobody has found. */
    public boolean strike(Database store) throws StorageFailed {
        Optional<Rot> struck = rot == null ? Rot.strike(store, weather::draw) : Optional.empty();
        struck.ifPresent(bit -> {
            rot = bit;
            bit.entry().ifPresent(entries::add);
            story.tell(stall + ": a bit has flipped in " + bit);
            story.count("bits flipped in " + bit.table());
        });
        return struck.isPresent();
    }

    /** Whether a bit has flipped that nobody has found, or that keeps the till from starting. */
    public boolean any() {
        return rot != null;
    }

    /**
     * All entries that have ever lain here with a flipped bit, hexadecimal: a till that runs on sends such a one as it stands,
     * and the hub lays it aside.
     */
    public Set<String> entries() {
        return Collections.unmodifiableSet(entries);
    }

    /** Whether the till has refused to start on such a store. */
    public boolean refused() {
        return refused;
    }

    /** The till refuses to start, which it may only for a flipped bit. */
    public void refuses(Said why) {
        if (rot == null) {
            throw new IllegalStateException(stall + " refuses to start: " + why);
        }
        if (!refused) {
            story.tell(stall + " refuses to start: " + why.key());
            story.count("starts refused for a flipped bit");
        }
        refused = true;
    }

    /** The till starts: it has found what lay there, or it lies there no more. */
    public void starts(Database store) throws StorageFailed {
        Rot bit = rot;
        if (bit != null && bit.stands(store)) {
            throw new IllegalStateException(stall + " starts with a flipped bit in " + bit);
        }
        rot = null;
        refused = false;
    }

    /** The store is set aside, and read as it was written by those who know what that was. */
    public void setAside(Database store) throws StorageFailed {
        Rot bit = rot;
        if (bit != null) {
            bit.undo(store);
            rot = null;
            refused = false;
        }
    }
}
