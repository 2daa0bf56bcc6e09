package etal.provisioning.tool;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Commands;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import etal.protocol.trust.Role;
import etal.provisioning.ca.Authority;
import etal.testkit.ChildProcess;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import etal.virtualcard.Tear;
import java.net.InetSocketAddress;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** A batch of real cards over a real reader, by a process that is killed in the middle. */
class PersonaliseTest {
    private static final Duration START = Duration.ofSeconds(30);
    private static final Duration STEP = Duration.ofSeconds(10);

    @TempDir
    Path directory;

    @BeforeEach
    void an_authority_that_has_certified_the_hub() throws Exception {
        CommandRun.config(directory);
        var entropy = new SeededEntropy(1);
        var clock = new ManualClock(Instant.parse("2025-04-01T08:00:00Z"));
        Authority.init(directory.resolve("ca"), 1, clock, entropy)
                .issueService(Role.HUB_DOCUMENTS, P256.publicKey(P256.newScalar(entropy::fill)));
    }

    private ChildProcess personalise(String... further) {
        var arguments = new ArrayList<>(List.of(
                "card", "personalise", "--config", "registrar.yaml", "--count", "3", "--reader", "127.0.0.1:0"));
        arguments.addAll(List.of("--amount-cents", "15000", "--first-period", "63", "--last-period", "74"));
        arguments.addAll(List.of("--earnable-cents", "2500", "--keep-cents", "4000", "--catch-up-months", "2"));
        arguments.addAll(List.of(further));
        return ChildProcess.java(directory, Provision.class, arguments.toArray(String[]::new));
    }

    /** Where the process asks for its card; a sentence that ends in the address. */
    private static InetSocketAddress asked(ChildProcess process, int card) throws InterruptedException {
        String line = process.await(said -> said.contains(" " + card + " ") && said.contains("127.0.0.1:"), START);
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(line.replaceAll(".*:([0-9]+)\\.", "$1")));
    }

    @Test
    void a_batch_killed_in_the_middle_goes_on_and_no_card_is_issued_twice_or_lost() throws Exception {
        try (CardPocket pocket = CardPocket.open(directory.resolve("pocket"))) {
            try (ChildProcess first = personalise()) {
                InetSocketAddress reader = asked(first, 1);
                present(first, pocket, "a", reader, "1/3 ");
                // Its answer to LOCK never arrives: locked, and not ticked off when the process is killed.
                try (var torn = card(pocket, "b").present(reader, new Tear.BeforeAnswer(0xE8))) {
                    assertTrue(torn.await(STEP).isPresent());
                }
                first.kill();
            }
            CommandRun again = CommandRun.of(
                    "card",
                    "personalise",
                    "--config",
                    directory.resolve("registrar.yaml").toString(),
                    "--count",
                    "3",
                    "--amount-cents",
                    "1",
                    "--first-period",
                    "1",
                    "--last-period",
                    "2");
            assertEquals(2, again.code(), "without --resume an unfinished batch is not passed over");
            try (ChildProcess second = personalise("--resume")) {
                InetSocketAddress reader = asked(second, 2);
                String made = "(" + id(pocket, "a") + ")";
                try (var known = card(pocket, "a").present(reader, new Tear.Never())) {
                    second.await(line -> line.contains(made), STEP);
                    assertTrue(known.await(STEP).isPresent());
                }
                present(second, pocket, "b", reader, "2/3 ");
                present(second, pocket, "c", reader, "3/3 ");
                second.await("done 3"::equals, STEP);
                assertEquals(0, second.awaitExit(STEP));
            }
            assertListed(pocket);
        }
    }

    private static void present(
            ChildProcess process, CardPocket pocket, String name, InetSocketAddress reader, String line)
            throws Exception {
        try (var presented = card(pocket, name).present(reader, new Tear.Never())) {
            String said = process.await(candidate -> candidate.startsWith(line), STEP);
            assertEquals(line + id(pocket, name), said);
            assertTrue(presented.await(STEP).isPresent(), "the reader lets it go");
        }
    }

    private static PocketCard card(CardPocket pocket, String name) throws Exception {
        return pocket.make(name, ("a test card's seed: " + name).getBytes(StandardCharsets.US_ASCII));
    }

    private static String id(CardPocket pocket, String name) throws Exception {
        var selected = Answers.select(card(pocket, name).transmit(Commands.select()));
        return Hash.hex(selected.certificate().cardId());
    }

    private void assertListed(CardPocket pocket) throws Exception {
        String json = Files.readString(directory.resolve("cards/cards.json"));
        assertTrue(
                json.contains("\"entitlementCents\":15000,\"earnableCents\":2500,\"keepCents\":4000,\"pointOfSale\":0,"
                        + "\"firstPeriod\":63,\"lastPeriod\":74,\"catchUpMonths\":2}"),
                json);
        var ids = new HashSet<String>();
        for (String name : pocket.names()) {
            var selected = Answers.select(card(pocket, name).transmit(Commands.select()));
            assertTrue(json.contains(Hash.hex(selected.certificate().encode())), name);
            ids.add(Hash.hex(selected.certificate().cardId()));
        }
        assertEquals(3, ids.size());
        assertEquals(3, json.lines().filter(line -> line.contains("\"card\"")).count());
    }
}
