package etal.fleet.bench;

import etal.fleet.bench.BenchTill.Outside;
import etal.port.CardGone;
import etal.port.Link;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.port.printer.Printer;
import etal.protocol.card.PeriodToken;
import etal.protocol.cbor.Malformed;
import etal.terminal.card.CardAccess;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/** Makes the taps: each scenario some times, known-terminal payments in a row, and a few with everything outside held up. */
final class TapRuns {
    /** Of each scenario; the median counts. */
    private static final int EACH = 21;

    private static final long SEED = 1;
    private static final int HELD_UP = 4;
    private static final Duration HOLD = Duration.ofMillis(1_500);

    private final Path directory;
    private final BenchFund fund;
    private final BenchFund.TerminalKeys ours;
    private final CardAccess elsewhere;
    private final PeriodToken token;

    /** In a directory of their own. */
    TapRuns(Path directory) throws StorageFailed, Malformed {
        this.directory = directory;
        this.fund = new BenchFund(directory, SEED);
        this.ours = fund.terminal(1);
        this.elsewhere = fund.terminal(2).access();
        this.token = fund.token();
    }

    /** How many cards so many payments take. */
    private int cardsFor(int payments) {
        int each = Math.toIntExact(fund.rules().entitlement().amountCents() / BenchTill.BASKET_CENTS);
        return (payments + each - 1) / each;
    }

    private Path folder(String name) throws StorageFailed {
        try {
            return Files.createDirectory(directory.resolve(name));
        } catch (IOException e) {
            throw new StorageFailed(directory + ": " + e.getMessage(), e);
        }
    }

    /** A card brought to where the scenario begins. */
    private void prepare(BenchCard card, Scenario scenario) throws CardGone, ReaderBroken {
        if (scenario.loaded()) {
            ByHand.load(card, elsewhere, token);
        }
        if (scenario.introduced()) {
            ByHand.introduce(card, ours.access());
        }
        card.chip().powerOff();
    }

    /** Each scenario some times, by the terminal's own work in the field: the median of them. */
    Map<Scenario, Payment> scenarios() throws StorageFailed, CardGone, ReaderBroken {
        Map<Scenario, Payment> medians = new EnumMap<>(Scenario.class);
        make(EACH).forEach((scenario, payments) -> medians.put(scenario, median(payments)));
        return medians;
    }

    /** Each scenario so many times, in turn. */
    Map<Scenario, List<Payment>> make(int each) throws StorageFailed, CardGone, ReaderBroken {
        Map<Scenario, List<Payment>> made = new EnumMap<>(Scenario.class);
        List<BenchCard> cards = fund.cards(each * Scenario.values().length);
        try (BenchTill till = new BenchTill(folder("scenarios"), fund, ours, cards, Outside.quick())) {
            for (int i = 0; i < cards.size(); i++) {
                Scenario scenario = Scenario.values()[i % Scenario.values().length];
                prepare(cards.get(i), scenario);
                if (scenario.voucher()) {
                    till.voucher(cards.get(i));
                }
                made.computeIfAbsent(scenario, none -> new ArrayList<>()).add(till.pay(cards.get(i), false));
            }
        }
        return made;
    }

    private static Payment median(List<Payment> payments) {
        return payments.stream()
                .sorted(Comparator.comparingLong(Payment::fieldNanos))
                .toList()
                .get(payments.size() / 2);
    }

    /** The terminal's own share, and beside each payment the bare commits. */
    record Shares(Durations own, Durations bare) {}

    /** Payments in a row at a till that the cards know, after as many as it takes to warm up. */
    Shares shares(int warmUp, int payments) throws StorageFailed, CardGone, ReaderBroken {
        Shares shares = new Shares(new Durations(), new Durations());
        List<BenchCard> cards = fund.cards(cardsFor(warmUp + payments));
        Path folder = folder("shares");
        try (BenchTill till = new BenchTill(folder, fund, ours, cards, Outside.quick());
                BareCommits bare = new BareCommits(folder)) {
            for (int i = 0; i < warmUp + payments; i++) {
                BenchCard card = cards.get(i % cards.size());
                if (i < cards.size()) {
                    prepare(card, Scenario.KNOWN);
                }
                long own = till.pay(card, false).ownNanos();
                long bareNanos = bare.nanos();
                if (i >= warmUp) {
                    shares.own().add(own);
                    shares.bare().add(bareNanos);
                }
            }
        }
        return shares;
    }

    /** The terminal's own share while printer and link hold up whoever calls them. */
    Durations heldUp() throws StorageFailed, CardGone, ReaderBroken {
        Durations own = new Durations();
        try (Stall stall = stall(Slow.printer(HOLD), link -> Slow.link(link, HOLD), heard -> {})) {
            for (int i = 0; i < HELD_UP; i++) {
                own.add(stall.pay().ownNanos());
            }
        }
        return own;
    }

    /** A till with one card that it knows, and this around it. */
    Stall stall(Printer printer, UnaryOperator<Link> link, Consumer<Stopwatch.Heard> hearer)
            throws StorageFailed, CardGone, ReaderBroken {
        List<BenchCard> cards = fund.cards(1);
        prepare(cards.getFirst(), Scenario.KNOWN);
        BenchTill till = new BenchTill(folder("stall"), fund, ours, cards, new Outside(printer, link, hearer));
        return new Stall(till, cards.getFirst());
    }

    /** One till and one card. */
    record Stall(BenchTill till, BenchCard card) implements AutoCloseable {
        /** A payment with a receipt. */
        Payment pay() {
            return till.pay(card, true);
        }

        long sales() throws StorageFailed {
            return till.sales();
        }

        @Override
        public void close() throws StorageFailed {
            till.close();
        }
    }
}
