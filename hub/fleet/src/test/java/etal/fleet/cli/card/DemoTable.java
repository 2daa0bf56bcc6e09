package etal.fleet.cli.card;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.testkit.ChildProcess;
import etal.testkit.pcsc.Pcscd;
import etal.virtualcard.CardPocket;
import etal.virtualcard.FieldCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.function.UnaryOperator;

/** A demo fund whose card lies on a real pcscd. */
final class DemoTable implements AutoCloseable {
    private static final Duration PATIENCE = Duration.ofSeconds(120);

    final Path fund;
    private final Pcscd daemon;
    private final CardPocket pocket;
    private final PresentedCard presented;

    /** @param disguise what the card is made into before it is laid down */
    DemoTable(Path folder, UnaryOperator<FieldCard> disguise) throws Exception {
        daemon = Pcscd.start();
        fund = folder.resolve("fund");
        var unused = DemoFund.at(fund, new ManualClock(Instant.parse("2026-04-02T05:00:00Z")), new SeededEntropy(1));
        pocket = CardPocket.open(fund.resolve(DemoFund.POCKET));
        FieldCard card = disguise.apply(pocket.card(DemoFund.CARD).orElseThrow());
        presented = card.present(daemon.reader(), new Tear.Never());
        daemon.awaitCard();
    }

    /** The reader's whole name. */
    String reader() {
        return daemon.name() + " 00 00";
    }

    /** Runs a program that talks to this service: its exit code and its lines. */
    Said run(Path directory, String... command) throws InterruptedException {
        var whole = new ArrayList<>(List.of("env", daemon.socketVariable(), "READER=" + reader(), "LC_ALL=C.UTF-8"));
        whole.addAll(List.of(command));
        try (ChildProcess program = ChildProcess.start(directory, whole)) {
            return new Said(program.awaitExit(PATIENCE), program.lines());
        }
    }

    /** What came of a program. */
    record Said(int code, List<String> lines) {
        String text() {
            return String.join("\n", lines);
        }
    }

    @Override
    public void close() throws Exception {
        presented.withdraw();
        var unused = presented.await(PATIENCE);
        pocket.close();
        daemon.close();
    }
}
