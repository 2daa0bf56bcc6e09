package etal.hub.prices;

import etal.protocol.ledger.PriceChosen;
import etal.protocol.scheme.Scheme;
import etal.protocol.split.Envelope;
import etal.protocol.split.PooledClaim;
import java.util.TreeMap;

/** What each stall's envelope of each day has given so far. Not safe for use by several threads. */
public final class DayEnvelopes {
    private record StallDay(long pointOfSale, String day) implements Comparable<StallDay> {
        @Override
        public int compareTo(StallDay other) {
            int byDay = day.compareTo(other.day);
            return byDay != 0 ? byDay : Long.compare(pointOfSale, other.pointOfSale);
        }
    }

    private final TreeMap<StallDay, Long> usedCents = new TreeMap<>();

    /** So much of it is used already. */
    void used(long pointOfSale, String day, long cents) {
        usedCents.put(new StallDay(pointOfSale, day), cents);
    }

    /** What is owed for the next price, and taken out of the envelope. */
    public PooledClaim claim(long pointOfSale, String day, PriceChosen price, Scheme scheme) {
        StallDay stallDay = new StallDay(pointOfSale, day);
        long used = usedCents.getOrDefault(stallDay, 0L);
        Envelope envelope =
                scheme.tariffs().map(tariffs -> Envelope.of(tariffs, used)).orElse(new Envelope(0));
        PooledClaim claim = PooledClaim.of(price, scheme, envelope);
        usedCents.put(stallDay, used + Math.max(0, claim.owedCents()));
        return claim;
    }
}
