package etal.provisioning.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import etal.testkit.Await;
import etal.testkit.pcsc.Pcscd;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

/** A batch on a reader of the system's PC/SC service, as real cards are personalised. */
@Timeout(60)
class PcscPersonaliseTest {
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final byte LOCK = (byte) 0xE8;

    @TempDir
    Path directory;

    @Test
    void a_batch_is_made_also_when_a_card_is_pulled_away() throws Exception {
        Path config = CommandRun.config(directory);
        var entropy = new SeededEntropy(1);
        Authority.init(directory.resolve("ca"), 1, new ManualClock(Instant.parse("2025-04-01T08:00:00Z")), entropy)
                .issueService(Role.HUB_DOCUMENTS, P256.publicKey(P256.newScalar(entropy::fill)));
        try (Pcscd daemon = Pcscd.start();
                CardPocket pocket = CardPocket.open(directory.resolve("pocket"))) {
            CompletableFuture<CommandRun> run = CompletableFuture.supplyAsync(() -> personalise(config, daemon.name()));
            lay(daemon, card(pocket, "a"), new Tear.BeforeAnswer(Byte.toUnsignedInt(LOCK)), 0);
            lay(daemon, card(pocket, "a"), new Tear.Never(), 1);
            lay(daemon, card(pocket, "b"), new Tear.Never(), 2);
            assertEquals(0, run.get(20, TimeUnit.SECONDS).code());
            for (String name : pocket.names()) {
                var selected = Answers.select(pocket.card(name).orElseThrow().transmit(Commands.select()));
                assertEquals(0, selected.flags() & 2, name + " is locked");
            }
        }
    }

    private static CommandRun personalise(Path config, String reader) {
        String all = "card personalise --count 2 --amount-cents 15000 --first-period 63 --last-period 74";
        var arguments = new ArrayList<>(List.of(all.split(" ")));
        arguments.addAll(List.of("--config", config.toString(), "--reader", "pcsc:" + reader + " 00 00"));
        return CommandRun.of(arguments.toArray(String[]::new));
    }

    /** Lays a card down until so many are made, or it tears. */
    private void lay(Pcscd daemon, PocketCard card, Tear tear, int made) throws Exception {
        try (PresentedCard presented = card.present(daemon.reader(), tear)) {
            if (tear instanceof Tear.Never) {
                var unused = Await.until("card " + made, PATIENCE, this::made, count -> count == made);
                presented.withdraw();
            }
            assertEquals(true, presented.await(PATIENCE).isPresent());
        }
        daemon.awaitEmpty();
    }

    private long made() {
        try {
            Path list = directory.resolve("cards/cards.log");
            return Files.exists(list)
                    ? Files.readAllLines(list).stream()
                            .filter(line -> line.contains("done "))
                            .count()
                    : 0;
        } catch (IOException problem) {
            throw new UncheckedIOException(problem);
        }
    }

    private static PocketCard card(CardPocket pocket, String name) throws Exception {
        return pocket.make(name, ("a test card's seed: " + name).getBytes(StandardCharsets.US_ASCII));
    }
}
