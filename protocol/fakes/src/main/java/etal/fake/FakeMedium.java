package etal.fake;

import etal.port.Medium;
import etal.port.StorageFailed;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/** A second medium in memory that can be pulled out, and whose contents a test may change. */
public final class FakeMedium implements Medium {
    private final List<byte[]> entries = new ArrayList<>();
    private boolean pulled;
    private boolean full;

    @Override
    public void append(byte[] entry) throws StorageFailed {
        insist();
        if (full) {
            throw new StorageFailed("the second medium is full");
        }
        entries.add(entry.clone());
    }

    @Override
    public Stream<byte[]> read() throws StorageFailed {
        insist();
        return List.copyOf(entries).stream().map(byte[]::clone);
    }

    /** The stick is pulled out, or put back with what it held. */
    public void pulled(boolean out) {
        pulled = out;
    }

    /** The stick takes nothing more from now on, or does again; what it holds can be read. */
    public void full(boolean on) {
        full = on;
    }

    /** Loses its last {@code count} entries, as after a torn write. */
    public void loseLast(int count) {
        entries.subList(entries.size() - count, entries.size()).clear();
    }

    /** Puts another entry in the place of the one at {@code index}, counted from 0. */
    public void replace(int index, byte[] entry) {
        entries.set(index, entry.clone());
    }

    /** How many entries it holds. */
    public int size() {
        return entries.size();
    }

    private void insist() throws StorageFailed {
        if (pulled) {
            throw new StorageFailed("the second medium is not there");
        }
    }
}
