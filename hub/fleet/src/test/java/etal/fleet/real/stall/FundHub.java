package etal.fleet.real.stall;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.fake.QueueLoop;
import etal.hub.books.Chart;
import etal.hub.core.HubCore;
import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.hub.members.PublishedRules;
import etal.hub.sync.Mailbox;
import etal.port.Database;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import java.time.Duration;
import java.time.LocalDate;
import java.util.List;

/** The hub of a fund of one stall, on a store of the test's choice, in the test's thread. Stateless. */
public final class FundHub {
    /** The day of the market. */
    public static final LocalDate DAY = LocalDate.of(2025, 4, 2);

    static final String SIREN = "900000019";
    static final String NAME = "Le potager des Rives";

    private FundHub() {}

    /** Starts it behind {@code broker}. */
    public static HubCore start(StallFund fund, Database database, ManualClock clock, QueueLoop loop, FakeBroker broker)
            throws StorageFailed {
        FakeLink link = broker.link(loop, Mailbox.topics(StallFund.FUND));
        var settings = new Fund(
                StallFund.FUND,
                List.of(new PointOfSale(1, 1, NAME, SIREN, "FR7630001007940000000000148", NAME)),
                new Fund.Debtor("Caisse de Dieulefit", "FR7630001007940000000009945", "BDFEFRPPXXX"),
                Period.of(DAY),
                100_000,
                Duration.ofDays(1).toMillis());
        var hub = new HubCore(
                new HubCore.Ports(clock, loop, database, link, failure -> {
                    throw new IllegalStateException("the hub's store", failure);
                }),
                fund.keys().hubKeys(),
                settings,
                new PublishedRules(
                        fund.rules().scheme(), fund.rules().yaml(), fund.rules().catalogue()),
                Chart.shipped());
        List<String> complaints = hub.start(List.of(member(fund)));
        if (!complaints.isEmpty()) {
            throw new IllegalStateException(complaints.toString());
        }
        broker.connect(link);
        loop.runUntilIdle();
        return hub;
    }

    private static Member member(StallFund fund) {
        return new Member(
                "F0001",
                fund.card().certificate().cardId(),
                fund.card().certificate().encode(),
                2,
                fund.rules().entitlement(),
                10_000,
                false);
    }
}
