package etal.protocol.draw;

import etal.protocol.scheme.Admission;
import etal.protocol.scheme.Scheme;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Collectors;

/**
 * The public draw: candidates come in as {@link DrawOrder} says while the projected reserve holds, the draw has places
 * and the fund has places.
 *
 * <p>Quotas: before each place, a group is owed it if without it the group would have less than its share of the places
 * given so far, this one counted. The place goes to the group owed most (in hundredths of a place; on a tie to the one
 * named first in the scheme), there to its first candidate in drawn order; if no group is owed one, to the first of all.
 * So the shares hold wherever the draw stops, and order is left only where a share asks for it.
 *
 * <p>The first candidate with whom the reserve would fall below its floor ends the draw. Nobody is passed over: a draw
 * that skips those who cost more would be a choice by size and means, and no draw any more.
 *
 * @param order all candidates in drawn order
 * @param admitted those who come in, in the order of coming in
 * @param stop why nobody comes after them
 * @param projection the reserve with those who come in
 */
public record Draw(List<DrawOrder.Drawn> order, List<Candidate> admitted, Stop stop, Projection projection) {
    /** Takes its own copies of the lists. */
    public Draw {
        order = List.copyOf(order);
        admitted = List.copyOf(admitted);
    }

    /** Why a draw ends. */
    public sealed interface Stop {
        /** Everybody has come in. */
        record NobodyLeft() implements Stop {}

        /** As many as a draw may admit. */
        record DrawFull(int drawMost) implements Stop {}

        /** As many as the fund has places. */
        record FundFull(int placesMost) implements Stop {}

        /**
         * With this candidate the reserve would fall below its floor, in this month first.
         *
         * @param already whether it does so without the candidate too
         */
        record ReserveShort(Candidate candidate, Projection.Month month, long floorCents, boolean already)
                implements Stop {}
    }

    /**
     * Draws.
     *
     * @param rules the scheme's draw
     * @param candidates each id once
     * @param seed from the source announced beforehand
     * @param members households that are in already; their money is part of the projection given
     * @param now the reserve without any candidate
     */
    public static Draw of(
            Admission.Way.Draw rules,
            int placesMost,
            List<Candidate> candidates,
            String seed,
            int members,
            Projection now) {
        List<DrawOrder.Drawn> order =
                DrawOrder.of(seed, candidates.stream().map(Candidate::id).toList());
        Map<String, Candidate> byId =
                candidates.stream().collect(Collectors.toMap(Candidate::id, candidate -> candidate));
        List<Candidate> waiting = new ArrayList<>();
        order.forEach(drawn -> waiting.add(byId.get(drawn.id())));
        List<Candidate> admitted = new ArrayList<>();
        Projection projection = now;
        while (true) {
            Optional<Stop> full = full(rules, placesMost, members, waiting.size(), admitted.size());
            if (full.isPresent()) {
                return new Draw(order, admitted, full.get(), projection);
            }
            Candidate next = next(rules.quotas(), waiting, admitted);
            Projection with = projection.with(next.payer());
            Optional<Projection.Month> below = with.belowFloor();
            if (below.isPresent()) {
                long floorCents = projection.reserve().floorCents();
                boolean already = projection.belowFloor().isPresent();
                Stop stop = new Stop.ReserveShort(next, below.get(), floorCents, already);
                return new Draw(order, admitted, stop, projection);
            }
            projection = with;
            admitted.add(next);
            waiting.remove(next);
        }
    }

    /** The draw of a scheme that has one, its reserve projected from that month on; empty if it draws nobody. */
    public static Optional<Draw> of(
            Scheme scheme, List<Candidate> candidates, String seed, int members, YearMonth first) {
        return scheme.admission().way() instanceof Admission.Way.Draw rules
                ? Optional.of(of(
                        rules,
                        scheme.admission().placesMost(),
                        candidates,
                        seed,
                        members,
                        Projection.of(scheme, rules.reserve(), first)))
                : Optional.empty();
    }

    private static Optional<Stop> full(
            Admission.Way.Draw rules, int placesMost, int members, int waiting, int admitted) {
        if (waiting == 0) {
            return Optional.of(new Stop.NobodyLeft());
        }
        if (admitted >= rules.drawMost()) {
            return Optional.of(new Stop.DrawFull(rules.drawMost()));
        }
        return (long) members + admitted >= placesMost ? Optional.of(new Stop.FundFull(placesMost)) : Optional.empty();
    }

    /** Whose turn it is. */
    private static Candidate next(List<Admission.Quota> quotas, List<Candidate> waiting, List<Candidate> admitted) {
        int place = admitted.size() + 1;
        Map<String, Candidate> firstOfGroup = new LinkedHashMap<>();
        waiting.forEach(candidate -> firstOfGroup.putIfAbsent(candidate.group(), candidate));
        Map<String, Long> has =
                admitted.stream().collect(Collectors.groupingBy(Candidate::group, Collectors.counting()));
        Candidate turn = waiting.getFirst();
        long mostOwed = 0;
        for (Admission.Quota quota : quotas) {
            // What the group lacks of its share of the places, in hundredths of a place.
            long owed = (long) quota.percent() * place - 100 * has.getOrDefault(quota.group(), 0L);
            Candidate first = firstOfGroup.get(quota.group());
            if (first != null && owed > mostOwed) {
                mostOwed = owed;
                turn = first;
            }
        }
        return turn;
    }
}
