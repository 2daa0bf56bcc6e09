package etal.fleet.world.place;

import etal.fleet.fault.Cable;
import etal.fleet.market.StallOfTheDay;
import etal.fleet.world.process.HubClient;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.Program;
import etal.fleet.world.process.Supervised;
import etal.fleet.world.process.Waiting;
import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentSkipListMap;

/**
 * The processes of a market: broker, hub, registrar while tills enrol, and the tills. They are started in this order:
 * {@link #startServices}, {@link #startHub}, {@link #startStalls}. One thread starts them; {@link #close} may come from any.
 */
public final class Nodes implements AutoCloseable {
    private final Path top;
    private final MarketDirectory directory;
    private final Setting setting;
    private final Configuration configuration;
    private final Progress progress;
    private final JsonClient http = new JsonClient();
    private final Map<Integer, StallNode> stalls = new ConcurrentSkipListMap<>();
    private final List<Cable> cables = Collections.synchronizedList(new ArrayList<>());
    private final Supervised broker;
    private final Supervised hub;
    private final Supervised registrar;

    /** Nothing runs yet; {@code top} is the project's folder. */
    public Nodes(Path top, MarketDirectory directory, Setting setting, Configuration configuration, Progress progress) {
        this(top, directory, setting, configuration, progress, Optional.empty());
    }

    /**
     * Nothing runs yet.
     *
     * @param otherBroker the command of a broker that is not ours; it says {@code ready broker ADDRESS} like ours
     */
    public Nodes(
            Path top,
            MarketDirectory directory,
            Setting setting,
            Configuration configuration,
            Progress progress,
            Optional<List<String>> otherBroker) {
        this.top = top;
        this.directory = directory;
        this.setting = setting;
        this.configuration = configuration;
        this.progress = progress;
        this.broker = otherBroker
                .map(command ->
                        new Supervised("broker", () -> command, directory.logs().resolve("broker.log"), progress::say))
                .orElseGet(() -> node("broker", Program.HUB, "broker", configuration.brokerFile()));
        this.hub = node("hub", Program.HUB, "run", configuration.hubFile());
        this.registrar = node("registrar", Program.PROVISION, "serve", configuration.registrarFile());
    }

    private Supervised node(String name, Program program, String what, Path file) {
        List<String> arguments = List.of(what, "--config", file.toString(), "--with-parent");
        return new Supervised(
                name,
                () -> program.command(top, directory.temporary(), arguments),
                directory.logs().resolve(name + ".log"),
                progress::say);
    }

    /** Starts the broker, and the registrar if any till has to enrol; waits for neither. */
    public void startServices() throws IOException {
        broker.start();
        if (setting.stallNumbers().stream().anyMatch(stall -> !configuration.isEnrolled(stall))) {
            registrar.start();
        }
    }

    /** Starts the hub, without waiting. */
    public void startHub() throws IOException {
        configuration.writeHub(cable().port());
        hub.start();
    }

    /** Starts the tills of these stalls; waits for the registrar's address alone, and only if one has to enrol. */
    public void startStalls(Collection<Integer> numbers) throws IOException, InterruptedException {
        if (numbers.stream().anyMatch(stall -> !configuration.isEnrolled(stall))) {
            String uri = registrar.address();
            configuration.writeRegistrar(URI.create(uri).getAuthority());
            configuration.writeTickets(numbers, uri);
        }
        for (StallOfTheDay stall : setting.stalls()) {
            if (numbers.contains(stall.number())) {
                Cable cable = cable();
                Path file = configuration.writeStall(stall, cable.port());
                Supervised process = node("t" + stall.number(), Program.TERMINAL, "run", file);
                stalls.put(stall.number(), new StallNode(stall.number(), process, cable, http));
                process.start();
            }
        }
    }

    private Cable cable() throws IOException {
        Cable cable = Cable.to(this::brokerPort, 0);
        cables.add(cable);
        return cable;
    }

    private int brokerPort() throws IOException, InterruptedException {
        String address = broker.address();
        return Integer.parseInt(address.substring(address.lastIndexOf(':') + 1));
    }

    /** Waits until this till has its certificate, rules and prices; not for one that keeps failing. */
    public void awaitReady(StallNode stall) throws IOException, InterruptedException {
        Waiting.until("certificate, rules and prices of stall " + stall.number(), () -> {
            stall.process().insist();
            return stall.client().status().path("ready").asBoolean();
        });
    }

    /** Waits until the hub answers; not for one that keeps failing. */
    public void awaitHub() throws IOException, InterruptedException {
        Waiting.until("the hub", () -> {
            hub.insist();
            return hub().status().isObject();
        });
    }

    /** All tills have their certificate: the registrar goes home. */
    public void endEnrolment() {
        registrar.close();
    }

    /** The stalls that were started, by number. */
    public Map<Integer, StallNode> stalls() {
        return stalls;
    }

    /** The operator's hands on the hub as it runs now; waits while it starts. */
    public HubClient hub() throws IOException, InterruptedException {
        return new HubClient(http, hub.address());
    }

    /** Where the broker listens, and whoever waits for it waits. */
    public int broker() throws IOException, InterruptedException {
        return brokerPort();
    }

    /** Pulls the broker's plug; its supervisor starts it again. */
    public void restartBroker() {
        progress.say("the broker's plug is pulled");
        try {
            broker.kill();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    /** Pulls the hub's plug; its supervisor starts it again, from the files as they lie there then. */
    public void restartHub() throws InterruptedException {
        progress.say("the hub's plug is pulled");
        hub.kill();
    }

    /** Ends all of them: all are asked to stop before any is waited for. */
    @Override
    public void close() {
        List<Supervised> all = new ArrayList<>(List.of(registrar, hub, broker));
        stalls.values().forEach(stall -> all.add(stall.process()));
        all.forEach(Supervised::leave);
        all.forEach(Supervised::close);
        List.copyOf(cables).forEach(Cable::close);
    }
}
