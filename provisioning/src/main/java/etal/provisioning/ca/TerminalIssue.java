package etal.provisioning.ca;

import java.util.List;

/** What became of a terminal's request. */
public sealed interface TerminalIssue {
    /**
     * It is certified.
     *
     * @param chain leaf first, DER, the root left out
     * @param again whether the very same request had been answered before; the chain is the same then
     */
    record Issued(List<byte[]> chain, boolean again) implements TerminalIssue {}

    /** Another request has used this ticket up. */
    record TicketUsed() implements TerminalIssue {}

    /** Another key holds this terminal and epoch. A rebuilt terminal starts a new epoch. */
    record LedgerTaken() implements TerminalIssue {}
}
