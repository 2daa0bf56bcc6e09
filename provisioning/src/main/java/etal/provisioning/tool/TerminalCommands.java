package etal.provisioning.tool;

import etal.edge.config.ConfigFault;
import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.port.PeerUnreachable;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.provisioning.ca.Authority;
import etal.provisioning.ca.TerminalRegister;
import etal.provisioning.ticket.Ticket;
import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.concurrent.Callable;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

/** The commands about terminals: into service, on to another machine, out of service. Stateless. */
final class TerminalCommands {
    private TerminalCommands() {}

    /** Which terminal, of whose registrar. */
    static final class Which {
        @Option(names = "--config", required = true, paramLabel = "F", description = "registrar.yaml")
        private Path config = Path.of("");

        @Option(names = "--terminal", required = true, paramLabel = "N", description = "the terminal's number")
        private long terminal;

        RegistrarConfig registrarConfig() throws ConfigFault, StorageFailed {
            return RegistrarConfig.read(config);
        }

        /** The authority's register. */
        static TerminalRegister register(RegistrarConfig config) throws BadInput, StorageFailed {
            if (!Authority.isWhole(config.authority())) {
                throw new BadInput("absent", config.authority());
            }
            return TerminalRegister.open(config.authority());
        }

        /** The newest ledger that the terminal was certified for. */
        LedgerId newest(TerminalRegister register) throws BadInput, StorageFailed {
            OptionalLong epoch = register.lastEpoch(terminal);
            if (epoch.isEmpty()) {
                throw new BadInput("never-certified", terminal);
            }
            return new LedgerId(terminal, epoch.getAsLong());
        }
    }

    /** The claim ticket that lets a machine enrol. */
    static final class Claim {
        private static final int HOURS_MAX = 720;

        @Option(names = "--registrar", required = true, paramLabel = "URI", description = "coaps://HOST:PORT")
        private String registrar = "";

        @Option(names = "--hours", defaultValue = "24", paramLabel = "N", description = "how long the ticket holds")
        private int hours;

        /** What was asked for can be done: a registrar is named by host and port, and nothing after it. */
        void insist() throws BadInput {
            try {
                URI uri = new URI(registrar);
                if (!"coaps".equals(uri.getScheme())
                        || uri.getHost() == null
                        || uri.getPort() < 1
                        || !uri.getPath().isEmpty()) {
                    throw new BadInput("not-a-registrar", registrar);
                }
            } catch (URISyntaxException e) {
                throw new BadInput("not-a-registrar", registrar);
            }
            if (hours < 1 || hours > HOURS_MAX) {
                throw new BadInput("hours", hours);
            }
        }

        /** Hands it out; its text is the first line of the result. */
        void issue(CommandSpec command, RegistrarConfig config, LedgerId ledger) throws StorageFailed {
            Ticket ticket = config.office().issue(config.fund(), ledger, registrar, Duration.ofHours(hours));
            Commands.result(command, ticket.claim().text());
            Commands.progress(command, Words.say("ticket-secret", ticket.expiresAt()));
        }
    }

    /** {@code ticket}: hands out a claim ticket; its text is the first line of the result. */
    @Command(name = "ticket", description = "Hands out a claim ticket.", mixinStandardHelpOptions = true)
    static final class TicketCommand implements Callable<Integer> {
        @Mixin
        private Which which = new Which();

        @Option(
                names = "--epoch",
                defaultValue = "1",
                paramLabel = "N",
                description = "its epoch, 1 unless it is rebuilt")
        private long epoch;

        @Mixin
        private Claim claim = new Claim();

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            RegistrarConfig read = which.registrarConfig();
            LedgerId ledger = ledger();
            claim.insist();
            CommandSpec command = Commands.of(spec);
            claim.issue(command, read, ledger);
            Commands.result(command, "done " + ledger);
            return 0;
        }

        private LedgerId ledger() throws BadInput {
            try {
                return new LedgerId(which.terminal, epoch);
            } catch (IllegalArgumentException e) {
                throw new BadInput("not-a-ledger");
            }
        }
    }

    /**
     * {@code swap}: another machine goes on for a terminal, as its next epoch. A ticket for that, the old epoch's certificates for
     * reading its second medium, and a note in the journal. Asked again before the new machine has enrolled, it replaces the ticket.
     */
    @Command(
            name = "swap",
            description = "Hands out a ticket for a terminal's next epoch.",
            mixinStandardHelpOptions = true)
    static final class SwapCommand implements Callable<Integer> {
        private static final long UINT32_MAX = 0xffff_ffffL;

        @Mixin
        private Which which = new Which();

        @Mixin
        private Claim claim = new Claim();

        @Option(
                names = "--out",
                required = true,
                paramLabel = "F",
                description = "where to write the old epoch's certificates")
        private Path out = Path.of("");

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            RegistrarConfig read = which.registrarConfig();
            claim.insist();
            TerminalRegister register = Which.register(read);
            LedgerId old = which.newest(register);
            if (old.epoch() >= UINT32_MAX) {
                throw new BadInput("never-certified", old.terminal());
            }
            LedgerId next = new LedgerId(old.terminal(), old.epoch() + 1);
            List<byte[]> chain = register.chain(old).orElseThrow(() -> new BadInput("never-certified", old.terminal()));
            PrivateFile.write(out, Pem.certificates(chain).getBytes(StandardCharsets.US_ASCII));
            register.supersede(old);
            CommandSpec command = Commands.of(spec);
            claim.issue(command, read, next);
            Commands.progress(command, Words.say("swap-next", old, next, out));
            Commands.result(command, "done " + next);
            return 0;
        }
    }

    /**
     * {@code retire}: a terminal goes out of service. Its till, asked on its own screen's address, writes the end into its ledger and
     * sends it up; once the fund has all of it, the journal notes the end. Of a till that is gone the journal notes that alone.
     */
    @Command(name = "retire", description = "Takes a terminal out of service.", mixinStandardHelpOptions = true)
    static final class RetireCommand implements Callable<Integer> {
        private static final int LACKING = 3;

        @Mixin
        private Which which = new Which();

        @Option(names = "--stall", paramLabel = "URI", description = "the till's own screen, http://127.0.0.1:PORT")
        private @Nullable URI stall;

        @Option(names = "--gone", description = "the machine is burnt, stolen or lost")
        private boolean gone;

        @Option(names = "--swapped", description = "another machine goes on for it")
        private boolean swapped;

        @Spec
        private @Nullable CommandSpec spec;

        @Override
        public Integer call() throws Exception {
            TerminalRegister register = Which.register(which.registrarConfig());
            URI screen = stall;
            if ((screen == null) != gone) {
                throw new BadInput("stall-or-gone");
            }
            LedgerId newest = which.newest(register);
            CommandSpec command = Commands.of(spec);
            return screen == null
                    ? withoutIt(command, register, newest)
                    : atTheStall(command, register, StallScreen.at(screen));
        }

        private static int withoutIt(CommandSpec command, TerminalRegister register, LedgerId ledger) throws Exception {
            register.retire(ledger, 0);
            Commands.progress(command, Words.say("retired-gone", ledger));
            Commands.result(command, "done " + ledger);
            return 0;
        }

        private int atTheStall(CommandSpec command, TerminalRegister register, StallScreen screen)
                throws BadInput, PeerUnreachable, Exception {
            StallScreen.End end = screen.retire(swapped);
            if (end.ledger().terminal() != which.terminal
                    || register.chain(end.ledger()).isEmpty()) {
                throw new BadInput("other-stall", end.ledger());
            }
            if (end.unacknowledged() > 0) {
                Commands.progress(
                        command, Words.say("retired-not-up", end.ledger(), end.entry(), end.unacknowledged()));
                return LACKING;
            }
            register.retire(end.ledger(), end.entry());
            Commands.progress(command, Words.say("retired", end.ledger(), end.entry()));
            Commands.result(command, "done " + end.ledger());
            return 0;
        }
    }

    /** A till's own screen, asked on the technician's machine: it listens on the loopback only. For one thread. */
    static final class StallScreen {
        private static final Duration WITHIN = Duration.ofSeconds(20);
        private static final int ANSWER_CHARS_MAX = 4_096;
        private static final Pattern LEDGER = Pattern.compile("\"ledger\"\\s*:\\s*\"([^\"]{1,32})\"");
        private static final Pattern ENTRY = Pattern.compile("\"entry\"\\s*:\\s*([0-9]{1,10})\\b");
        private static final Pattern WAITING = Pattern.compile("\"unacknowledged\"\\s*:\\s*([0-9]{1,10})\\b");
        private static final Pattern SENTENCE = Pattern.compile("\"sentence\"\\s*:\\s*\"([^\"]{1,500})\"");

        private final URI screen;

        private StallScreen(URI screen) {
            this.screen = screen;
        }

        /** How a ledger ended: its last entry, and how many entries the fund has not signed for. */
        record End(LedgerId ledger, long entry, long unacknowledged) {}

        static StallScreen at(URI screen) throws BadInput {
            boolean loopback = "127.0.0.1".equals(screen.getHost()) && screen.getPort() > 0;
            if (!"http".equals(screen.getScheme()) || !loopback) {
                throw new BadInput("not-a-stall", screen);
            }
            return new StallScreen(screen);
        }

        /** Has the till write its end, once; asked again it says how far that has come. */
        End retire(boolean swapped) throws PeerUnreachable, BadInput {
            String body = "{\"reason\":\"" + (swapped ? "swapped" : "out-of-service") + "\"}";
            HttpRequest request = HttpRequest.newBuilder(screen.resolve("/api/retire"))
                    .timeout(WITHIN)
                    .header("Content-Type", "application/json")
                    .POST(HttpRequest.BodyPublishers.ofString(body, StandardCharsets.UTF_8))
                    .build();
            try (HttpClient client =
                    HttpClient.newBuilder().connectTimeout(WITHIN).build()) {
                HttpResponse<String> answer =
                        client.send(request, HttpResponse.BodyHandlers.ofString(StandardCharsets.UTF_8));
                String text = answer.body();
                if (text.length() > ANSWER_CHARS_MAX) {
                    throw new BadInput("not-a-stall", screen);
                }
                if (answer.statusCode() != 200) {
                    throw new BadInput("stall-refuses", found(SENTENCE, text));
                }
                return new End(
                        LedgerId.parse(found(LEDGER, text)),
                        Long.parseLong(found(ENTRY, text)),
                        Long.parseLong(found(WAITING, text)));
            } catch (IOException unreachable) {
                throw new PeerUnreachable(Words.say("stall-away", screen), unreachable);
            } catch (InterruptedException stopped) {
                Thread.currentThread().interrupt();
                throw new PeerUnreachable(Words.say("stall-away", screen), stopped);
            } catch (Malformed noLedger) {
                throw new BadInput("not-a-stall", screen);
            }
        }

        private String found(Pattern pattern, String text) throws BadInput {
            Matcher matcher = pattern.matcher(text);
            if (!matcher.find()) {
                throw new BadInput("not-a-stall", screen);
            }
            return matcher.group(1);
        }
    }
}
