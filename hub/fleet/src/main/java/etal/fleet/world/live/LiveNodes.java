package etal.fleet.world.live;

import etal.fleet.fault.Cable;
import etal.fleet.market.DayPlan;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.world.process.HubClient;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.Program;
import etal.fleet.world.process.Supervised;
import etal.fleet.world.process.Waiting;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

/** The processes of the day: broker, hub, registrar while tills enrol, and the tills. */
final class LiveNodes implements AutoCloseable {
    private final Path top;
    private final DayDirectory directory;
    private final DayPlan plan;
    private final Configuration configuration;
    private final Progress progress;
    private final JsonClient http = new JsonClient();
    private final Map<Integer, StallNode> stalls = new TreeMap<>();
    private final List<AutoCloseable> open = new ArrayList<>();
    private final Supervised broker;

    private LiveNodes(Path top, DayDirectory directory, DayPlan plan, Configuration configuration, Progress progress) {
        this.top = top;
        this.directory = directory;
        this.plan = plan;
        this.configuration = configuration;
        this.progress = progress;
        this.broker = node(
                "broker",
                Program.HUB,
                List.of("broker", "--config", configuration.brokerFile().toString()));
    }

    /** Starts all of them and waits until every till has its certificate, rules and prices. */
    static LiveNodes start(
            Path top, DayDirectory directory, DayPlan plan, Configuration configuration, Progress progress)
            throws IOException, InterruptedException {
        var nodes = new LiveNodes(top, directory, plan, configuration, progress);
        try {
            nodes.startAll();
            return nodes;
        } catch (IOException | InterruptedException | RuntimeException e) {
            nodes.close();
            throw e;
        }
    }

    private Supervised node(String name, Program program, List<String> arguments) {
        var all = new ArrayList<>(arguments);
        all.add("--with-parent");
        return new Supervised(
                name, () -> program.command(top, all), directory.logs().resolve(name + ".log"), progress::say);
    }

    private void startAll() throws IOException, InterruptedException {
        broker.start();
        boolean enrolling = plan.stalls().stream().anyMatch(stall -> !configuration.isEnrolled(stall.number()));
        if (enrolling) {
            try (Supervised registrar = node(
                    "registrar",
                    Program.PROVISION,
                    List.of("serve", "--config", configuration.registrarFile().toString()))) {
                String uri = registrar.address();
                configuration.writeRegistrar(URI.create(uri).getAuthority());
                configuration.writeTickets(uri);
                startHubAndStalls();
                awaitReady();
            }
        } else {
            startHubAndStalls();
            awaitReady();
        }
    }

    private void startHubAndStalls() throws IOException {
        configuration.writeHub(cable().port());
        Supervised hub = node(
                "hub",
                Program.HUB,
                List.of("run", "--config", configuration.hubFile().toString()));
        open.add(hub);
        hub.start();
        this.hub = hub;
        for (StallOfTheDay stall : plan.stalls()) {
            Cable cable = cable();
            Path file = configuration.writeStall(stall, cable.port());
            Supervised process =
                    node("t" + stall.number(), Program.TERMINAL, List.of("run", "--config", file.toString()));
            stalls.put(stall.number(), new StallNode(stall.number(), process, cable, http));
            process.start();
        }
    }

    private Cable cable() throws IOException {
        Cable cable = Cable.to(this::brokerPort, 0);
        open.add(cable);
        return cable;
    }

    private int brokerPort() {
        try {
            String address = broker.address();
            return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new UncheckedIOException(new IOException("interrupted", e));
        }
    }

    private void awaitReady() throws IOException, InterruptedException {
        Instant opens = plan.visits().getFirst().at();
        Waiting.until("the hub's clock", () -> {
            hub().setClock(opens);
            return true;
        });
        for (StallNode stall : stalls.values()) {
            Waiting.until("the clock of stall " + stall.number(), () -> {
                stall.client().setClock(opens);
                return true;
            });
        }
        for (StallNode stall : stalls.values()) {
            Waiting.until(
                    "certificate, rules and prices of stall " + stall.number(),
                    () -> stall.client().status().path("ready").asBoolean());
        }
        progress.say("broker, hub and " + stalls.size() + " tills are ready");
    }

    Map<Integer, StallNode> stalls() {
        return stalls;
    }

    /** The operator's hands on the hub as it runs now. */
    HubClient hub() throws IOException, InterruptedException {
        if (hub == null) {
            throw new IllegalStateException("the hub was not started");
        }
        return new HubClient(http, hub.address());
    }

    /** Pulls the broker's plug; its supervisor starts it again. */
    void restartBroker() {
        progress.say("the broker's plug is pulled");
        try {
            broker.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private @org.jspecify.annotations.Nullable Supervised hub;

    @Override
    public void close() {
        var all = new ArrayList<AutoCloseable>(stalls.values());
        all.addAll(open);
        all.add(broker);
        for (AutoCloseable node : all) {
            try {
                node.close();
            } catch (Exception e) {
                progress.say("a process did not end in order: " + e.getMessage());
            }
        }
    }
}
