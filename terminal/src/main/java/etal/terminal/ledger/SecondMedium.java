package etal.terminal.ledger;

import etal.port.Medium;
import etal.port.StorageFailed;
import etal.protocol.ledger.SignedEntry;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Iterator;
import java.util.List;
import java.util.stream.Stream;

/**
 * The second medium as a copy that follows the ledger. Where it fails the stall sells on; it is tried again ever more
 * rarely, and what it missed is appended first. Used from the loop only.
 */
final class SecondMedium {
    private static final long PAUSE_MAX = 64;
    private static final int PAGE = 500;

    private final Medium medium;
    private final TerminalStore store;
    private boolean working = true;
    private long pause = 1;
    private long triesAgainAt;

    SecondMedium(Medium medium, TerminalStore store) {
        this.medium = medium;
        this.store = store;
    }

    boolean working() {
        return working;
    }

    /** It could not be read at the start. */
    void lost() {
        working = false;
        triesAgainAt = 0;
    }

    /** Appends what has just been committed; never throws for the medium's sake. */
    void append(List<SignedEntry> committed) {
        long last = committed.getLast().entry().number();
        if (working) {
            try {
                medium.append(committed.stream().map(SignedEntry::bytes).toList());
            } catch (StorageFailed failed) {
                working = false;
                triesAgainAt = last + pause;
            }
        } else if (last >= triesAgainAt) {
            tryAgain(last);
        }
    }

    private void tryAgain(long last) {
        try {
            working = align();
        } catch (StorageFailed stillAway) {
            working = false;
        }
        pause = working ? 1 : Math.min(PAUSE_MAX, pause * 2);
        triesAgainAt = last + pause;
    }

    /**
     * Appends what the medium lacks.
     *
     * @return false if it holds anything that the ledger does not
     */
    boolean align() throws StorageFailed {
        Iterator<byte[]> held = medium.read().iterator();
        long number = 1;
        List<byte[]> page = store.entries(number, PAGE);
        while (!page.isEmpty()) {
            List<byte[]> missing = new ArrayList<>();
            for (byte[] entry : page) {
                if (!held.hasNext()) {
                    missing.add(entry);
                } else if (!Arrays.equals(held.next(), entry)) {
                    return false;
                }
            }
            medium.append(missing);
            number += page.size();
            page = store.entries(number, PAGE);
        }
        return !held.hasNext();
    }

    /** How many entries it holds, if every one of them is the next of that chain; else 0. */
    long whole(OwnChain chain) {
        try (Stream<byte[]> held = medium.read()) {
            return held.allMatch(chain::accept) ? chain.head().number() : 0;
        } catch (StorageFailed unreadable) {
            // The caller has a damaged ledger in hand and only asks whether this copy helps: it does not.
            return 0;
        }
    }

    /** What the medium holds beyond the ledger, if the ledger is its beginning. */
    Comparison compare() throws StorageFailed {
        Iterator<byte[]> held = medium.read().iterator();
        long number = 1;
        List<byte[]> page = store.entries(number, PAGE);
        while (!page.isEmpty()) {
            for (byte[] entry : page) {
                if (!held.hasNext()) {
                    return new Comparison.LedgerGoesOn(number - 1);
                }
                byte[] there = held.next();
                if (!Arrays.equals(there, entry)) {
                    return new Comparison.Differs(number, there);
                }
                number++;
            }
            page = store.entries(number, PAGE);
        }
        List<byte[]> beyond = new java.util.ArrayList<>();
        held.forEachRemaining(beyond::add);
        return beyond.isEmpty() ? new Comparison.LedgerGoesOn(number - 1) : new Comparison.MediumGoesOn(beyond);
    }

    /** How medium and ledger stand to each other. */
    sealed interface Comparison {
        /** The medium holds so many entries, the ledger's beginning or all of it. */
        record LedgerGoesOn(long held) implements Comparison {}

        /** The ledger is the medium's beginning; these entries follow. */
        record MediumGoesOn(List<byte[]> beyond) implements Comparison {}

        /** They hold different entries under this number. */
        record Differs(long number, byte[] held) implements Comparison {}
    }
}
