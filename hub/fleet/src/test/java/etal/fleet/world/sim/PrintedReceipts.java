package etal.fleet.world.sim;

import etal.fake.FakePrinter;
import etal.port.StorageFailed;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.sale.Answer;
import java.io.IOException;
import java.util.List;

/** Receipts that the till's own code printed in the simulated world. */
public final class PrintedReceipts {
    private static final long SEED = 7;

    private PrintedReceipts() {}

    /** Two sales in cash, and the second one's duplicate. */
    public static List<byte[]> ofAnAfternoon() throws IOException, StorageFailed {
        try (var world = new SimWorld(SimTrust.make(SEED), new Fate(List.of()), SEED)) {
            var till = world.raise();
            var goods = List.of(new Wanted("carottes", 2), new Wanted("oeufs six", 1), new Wanted("cidre", 1));
            till.stall().ringUp("b1", goods, true);
            till.stall().cash("b1");
            till.stall().ringUp("b2", List.of(new Wanted("radis", 3)), true);
            if (till.stall().cash("b2") instanceof Answer.Basket(TillBasket paid)) {
                till.receipts().print(paid);
            }
            return world.printed().stream().map(FakePrinter.Printed::escpos).toList();
        }
    }
}
