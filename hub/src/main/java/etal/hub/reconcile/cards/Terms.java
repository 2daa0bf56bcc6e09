package etal.hub.reconcile.cards;

import etal.protocol.card.CardRecord;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Entitlement;
import etal.protocol.card.order.CardOrder;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/** What one card was entitled to, when: found by walking through its records. Immutable. */
public final class Terms {
    private final TreeMap<Integer, Entitlement> versions = new TreeMap<>();
    private final TreeMap<Integer, Integer> firstPeriods = new TreeMap<>();
    private final TreeMap<Long, CardRecord> records;

    Terms(Entitlement first, List<OrderSeen> orders, TreeMap<Long, CardRecord> records) {
        this.records = records;
        add(first, 0);
        for (OrderSeen seen : orders) {
            if (seen.order() instanceof CardOrder.Set set) {
                add(set.entitlement(), seen.firstPeriod());
            }
        }
    }

    private void add(Entitlement entitlement, int firstPeriod) {
        versions.put(entitlement.version(), entitlement);
        firstPeriods.put(entitlement.version(), firstPeriod);
    }

    /** The version by which the books open a month. */
    public Entitlement opening(int period) {
        Entitlement opening = versions.firstEntry().getValue();
        for (Entitlement version : versions.values()) {
            if (firstPeriods.getOrDefault(version.version(), 0) <= period) {
                opening = version;
            }
        }
        return opening;
    }

    /** What the books open a month with. */
    public long rightsCents(int period) {
        Entitlement entitlement = opening(period);
        boolean entitled = period >= entitlement.firstPeriod() && period <= entitlement.lastPeriod();
        return entitled ? entitlement.amountCents() : 0;
    }

    /** The first month that any version names. */
    public int firstPeriod() {
        return versions.values().stream()
                .mapToInt(Entitlement::firstPeriod)
                .min()
                .orElse(0);
    }

    /** The points of sale the card may have been tied to at its record of that counter. */
    public List<Long> places(long counter) {
        return possible(counter).stream()
                .map(Entitlement::pointOfSale)
                .distinct()
                .toList();
    }

    /** The entitlements that may have given a load. */
    public List<Entitlement> giving(CardRecord load) {
        Optional<CardRecord> before = load.counter() == 1
                ? Optional.of(CardRecord.first(0))
                : Optional.ofNullable(records.get(load.counter() - 1));
        int period = before.map(CardRecord::period)
                .orElseGet(() -> records.headMap(load.counter()).values().stream()
                        .filter(record -> record.tag() == Tag.LOAD)
                        .mapToInt(CardRecord::period)
                        .max()
                        .orElse(0));
        return possible(load.counter()).stream()
                .filter(one -> Brought.isDue(one, load, period, before.isPresent()))
                .toList();
    }

    /** The one under which a load is booked: none while more than one may have given it and they say different things. */
    public Optional<Entitlement> by(CardRecord load) {
        List<Entitlement> giving = giving(load);
        boolean alike =
                giving.stream().map(one -> Brought.of(one, load)).distinct().count() == 1;
        return alike ? Optional.of(giving.getFirst()) : Optional.empty();
    }

    /** Forward through the records before, in each gap any later version may have come; and none that came only after. */
    private List<Entitlement> possible(long counter) {
        if (versions.size() == 1) {
            return List.copyOf(versions.values());
        }
        int least = versions.firstKey();
        int most = least;
        long next = 1;
        for (CardRecord record : records.headMap(counter).values()) {
            most = record.counter() > next ? versions.lastKey() : most;
            if (record.tag() == Tag.SET) {
                least = (int) record.sale();
                most = least;
            }
            next = record.counter() + 1;
        }
        most = counter > next ? versions.lastKey() : most;
        for (CardRecord record : records.tailMap(counter, false).values()) {
            if (record.tag() == Tag.SET) {
                most = Math.min(most, (int) record.sale() - 1);
                break;
            }
        }
        return most < least
                ? List.of()
                : List.copyOf(versions.subMap(least, true, most, true).values());
    }
}
