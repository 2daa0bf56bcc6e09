package etal.protocol.ledger;

import etal.protocol.cbor.Malformed;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/**
 * Names one ledger: a terminal and an epoch of it. Ordered by terminal, then epoch. Immutable.
 *
 * @param terminal the terminal, 32 bits
 * @param epoch the epoch, 32 bits
 */
public record LedgerId(long terminal, long epoch) implements Comparable<LedgerId> {
    private static final long MAX = 0xffff_ffffL;
    private static final Pattern TEXT = Pattern.compile("t(0|[1-9][0-9]{0,9})-e(0|[1-9][0-9]{0,9})");

    public LedgerId {
        if (terminal < 0 || terminal > MAX || epoch < 0 || epoch > MAX) {
            throw new IllegalArgumentException("terminal and epoch have 32 bits");
        }
    }

    /** Reads {@code t3-e1}. */
    public static LedgerId parse(String text) throws Malformed {
        Matcher matcher = TEXT.matcher(text);
        if (!matcher.matches()) throw new Malformed("not a ledger such as t3-e1");
        long terminal = Long.parseLong(matcher.group(1));
        long epoch = Long.parseLong(matcher.group(2));
        if (terminal > MAX || epoch > MAX) throw new Malformed("terminal and epoch have 32 bits");
        return new LedgerId(terminal, epoch);
    }

    @Override
    public int compareTo(LedgerId other) {
        int byTerminal = Long.compare(terminal, other.terminal);
        return byTerminal != 0 ? byTerminal : Long.compare(epoch, other.epoch);
    }

    /** Such as {@code t3-e1}. */
    @Override
    public String toString() {
        return "t" + terminal + "-e" + epoch;
    }
}
