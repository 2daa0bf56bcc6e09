package etal.fleet.world.crash.kind;

import java.util.List;
import java.util.Map;

/**
 * A kind of payment or voucher.
 *
 * @param name as after {@code --only}
 * @param scheme whose rules hold, by the name of one that ships
 * @param stalls how many there are
 * @param catchUpMonths how many skipped months a load brings along
 * @param purchases all that is bought in it, also before and after
 * @param before what has happened before, undisturbed: each deed, then everything is switched off
 * @param stages what may be disturbed
 * @param words how often the card must have said what in the end, by its record's two letters; a negative number is the most; debits are counted otherwise
 */
public record Kind(
        String name,
        String scheme,
        int stalls,
        int catchUpMonths,
        List<Purchase> purchases,
        List<Deed> before,
        List<Stage> stages,
        Map<String, Integer> words) {
    /** The purchase of that key. */
    public Purchase purchase(String key) {
        return purchases.stream()
                .filter(each -> each.key().equals(key))
                .findFirst()
                .orElseThrow(() -> new IllegalStateException(name + " has no purchase " + key));
    }

    @Override
    public String toString() {
        return name;
    }
}
