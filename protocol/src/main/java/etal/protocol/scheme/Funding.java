package etal.protocol.scheme;

import java.util.List;
import java.util.Optional;

/**
 * Money beside the contributions, and money to those who decide. Immutable.
 *
 * @param funders who else pays
 * @param payback what points of sale give back of an extra margin, by signed statement
 * @param attendance what is paid for sitting in a committee
 * @param sisters funds whose cards are taken and settled by clearing
 */
public record Funding(
        List<Funder> funders, Optional<Payback> payback, Optional<Attendance> attendance, List<Sister> sisters) {
    /** Takes its own copies of the lists. */
    public Funding {
        funders = List.copyOf(funders);
        sisters = List.copyOf(sisters);
    }

    /** What a funder takes over. */
    public enum Pays {
        /** A share of the allocations. */
        ALLOCATION,
        /** A share of the bonuses. */
        BONUS
    }

    /**
     * Who pays a share.
     *
     * @param id short name
     * @param name for people
     * @param pays of what
     * @param percent the share
     */
    public record Funder(String id, String name, Pays pays, int percent) {}

    /** This share of the extra margin that a point of sale states, signed, goes to the fund. */
    public record Payback(int percent) {}

    /**
     * Fees for sitting.
     *
     * @param meetings what each kind of meeting is paid
     * @param onCard whether it is credited to the card; otherwise it is only counted
     */
    public record Attendance(List<Meeting> meetings, boolean onCard) {
        /** Takes its own copy of the list. */
        public Attendance {
            meetings = List.copyOf(meetings);
        }

        /** A kind of meeting. */
        public record Meeting(String id, String name, long amountCents) {}
    }

    /** Another fund whose cards are taken here, up to so much a sale. */
    public record Sister(long fund, String name, long saleMostCents) {}
}
