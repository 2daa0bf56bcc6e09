package etal.fleet.bench;

import etal.fleet.bench.BenchTill.Outside;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import java.math.BigDecimal;
import java.nio.file.Path;

/** Sales in cash at a till on disk, each beside the one bare commit that it cannot do without. */
public final class SaleRuns {
    private static final int WARM_UP = 400;
    private static final int SALES = 1_000;
    private static final long SEED = 3;
    private static final BigDecimal MOST = new BigDecimal("1.5");

    private SaleRuns() {}

    /**
     * How long it takes until a sale stands, in the median; its goal is one and a half times the bare commit.
     *
     * @param directory where it keeps its files; empty
     */
    public static Figure sale(Path directory) throws StorageFailed {
        var own = new Durations();
        var bare = new Durations();
        try {
            var fund = new BenchFund(directory, SEED);
            try (BenchTill till = new BenchTill(directory, fund, fund.terminal(1), fund.cards(1), Outside.quick());
                    BareCommits commits = new BareCommits(directory)) {
                for (int i = 0; i < WARM_UP + SALES; i++) {
                    long sale = till.payInCashNanos();
                    long commit = commits.nanos(1);
                    if (i >= WARM_UP) {
                        own.add(sale);
                        bare.add(commit);
                    }
                }
            }
        } catch (Malformed | CardGone | ReaderBroken broken) {
            throw new IllegalStateException("the virtual card or its fund is broken", broken);
        }
        BigDecimal baseline = Figure.millis(bare.percentile(50));
        return new Figure(
                "terminal.sale.p50", Figure.millis(own.percentile(50)), "ms", baseline, baseline.multiply(MOST));
    }
}
