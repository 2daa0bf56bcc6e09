package etal.protocol.grant;

import etal.protocol.money.Rounding;
import etal.protocol.scheme.Funding;
import etal.protocol.scheme.Scheme;
import java.util.List;

/** What is reckoned from statements that people sign: extra margins, and meetings they sat in. Stateless. */
public final class Statements {
    private Statements() {}

    /**
     * What a point of sale gives back of the extra margin it states: the scheme's share, rounded half even; never below
     * nothing, so that a bad month costs the fund nothing; nothing where the scheme has no such share.
     *
     * @param extraMarginCents as stated; negative if the margin fell
     */
    public static long paybackCents(Scheme scheme, long extraMarginCents) {
        return scheme.funding()
                .payback()
                .map(share -> Rounding.percentHalfEven(Math.max(0, extraMarginCents), share.percent()))
                .orElse(0L);
    }

    /**
     * Fees for sitting.
     *
     * @param countedCents what the meetings come to
     * @param creditedCents what of it goes onto the card: all or nothing, as voted
     */
    public record Fees(long countedCents, long creditedCents) {}

    /**
     * The fees of somebody who sat in those meetings.
     *
     * @param meetings ids of kinds of meetings, one for each time
     * @throws IllegalArgumentException for a kind of meeting that the scheme does not pay
     */
    public static Fees fees(Scheme scheme, List<String> meetings) {
        long countedCents = 0;
        for (String meeting : meetings) {
            countedCents += scheme.funding().attendance().stream()
                    .flatMap(attendance -> attendance.meetings().stream())
                    .filter(kind -> kind.id().equals(meeting))
                    .mapToLong(Funding.Attendance.Meeting::amountCents)
                    .findFirst()
                    .orElseThrow(() -> new IllegalArgumentException("no fee for " + meeting));
        }
        boolean onCard =
                scheme.funding().attendance().map(Funding.Attendance::onCard).orElse(false);
        return new Fees(countedCents, onCard ? countedCents : 0);
    }
}
