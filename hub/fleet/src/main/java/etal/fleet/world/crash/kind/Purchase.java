package etal.fleet.world.crash.kind;

import etal.terminal.basket.Wanted;
import java.util.List;

/**
 * What somebody wants to buy.
 *
 * @param key the name under which the till knows it
 * @param stall where, 1 or 2
 * @param goods each product once
 * @param receipt whether a receipt is wished
 */
public record Purchase(String key, int stall, List<Wanted> goods, boolean receipt) {
    /** A purchase at the first stall, without a receipt. */
    static Purchase of(String key, Wanted... goods) {
        return new Purchase(key, 1, List.of(goods), false);
    }

    Purchase at(int otherStall) {
        return new Purchase(key, otherStall, goods, receipt);
    }

    Purchase withReceipt() {
        return new Purchase(key, stall, goods, true);
    }
}
