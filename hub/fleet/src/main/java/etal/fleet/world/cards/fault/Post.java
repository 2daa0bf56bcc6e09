package etal.fleet.world.cards.fault;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.port.Link;
import etal.port.Loop;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.OptionalLong;
import java.util.SortedMap;
import java.util.TreeMap;

/**
 * The network: a broker that may begin anew, and messages under way that arrive late, days late, twice, out of order or never.
 * Not thread-safe.
 */
public final class Post {
    private static final int MILLIS_USUAL = 400;
    private static final int MILLIS_LATE = 240_000;
    private static final int DAYS_LATE = 40;
    private static final int COPY_ONE_IN = 4;

    private final ManualClock clock;
    private final Weather weather;
    private final Story story;
    private final FakeBroker broker = new FakeBroker();
    private final TreeMap<Long, Runnable> underWay = new TreeMap<>();
    /** Behind the messages that are due at a moment, the next moment at which none is. */
    private final TreeMap<Long, Long> free = new TreeMap<>();

    private final List<Stray> strays = new ArrayList<>();
    private SortedMap<String, byte[]> longAgo = new TreeMap<>();
    private boolean found;

    /** A message that turns up days after. */
    private record Stray(Instant day, FakeLink.Sent message) {}

    /** An empty network. */
    public Post(ManualClock clock, Weather weather, Story story) {
        this.clock = clock;
        this.weather = weather;
        this.story = story;
        broker.carriedBy(this::carry);
        broker.lose(sent -> !found && (hit(Fault.MESSAGE_LOST) || strays(sent)));
        broker.twice(sent -> hit(Fault.MESSAGE_DOUBLED));
    }

    private boolean hit(Fault fault) {
        boolean happens = weather.brings(fault);
        if (happens) {
            story.count("fault " + fault.words());
        }
        return happens;
    }

    private boolean strays(FakeLink.Sent sent) {
        boolean astray = hit(Fault.MESSAGE_DAYS_LATE);
        if (astray) {
            strays.add(new Stray(clock.now().plus(Duration.ofDays(1L + weather.draw(DAYS_LATE))), sent));
        }
        return astray;
    }

    /** The calendar has moved on: what was late by days turns up, or at the end all of it. */
    public void strayed(boolean all) {
        found = true;
        for (Stray stray : List.copyOf(strays)) {
            if (all || !stray.day().isAfter(clock.now())) {
                strays.remove(stray);
                broker.route(stray.message());
                story.count("messages that came days late");
            }
        }
        found = false;
    }

    private void carry(Runnable delivery) {
        int millis = 1 + weather.draw(MILLIS_USUAL);
        if (hit(Fault.MESSAGE_LATE)) {
            millis += weather.draw(MILLIS_LATE);
        }
        long at = clock.monotonicNanos() + Duration.ofMillis(millis).toNanos();
        long next = free.getOrDefault(at, at);
        while (underWay.containsKey(next)) {
            next++;
        }
        free.put(at, next + 1);
        underWay.put(next, delivery);
    }

    /** A new link to it, down until {@link #connect}; {@code filters} are its subscriptions. */
    public FakeLink link(Loop loop, List<String> filters) {
        return broker.link(loop, filters);
    }

    /** That link is never used again. */
    public void leave(FakeLink link) {
        broker.leave(link);
    }

    /** Somebody without a link of ours sends a message. */
    public void send(String topic, byte[] message) {
        broker.route(new FakeLink.Sent(Link.Topic.passing(topic), message));
    }

    /** Links of which only one gets each message from now on. */
    public void share(List<FakeLink> links) {
        broker.share(links, weather::draw);
    }

    /** Brings a link up. */
    public void connect(FakeLink link) {
        broker.connect(link);
    }

    /** The broker begins anew: with nothing, or with what it kept some time ago. */
    public void brokerAnew(boolean forgets) {
        broker.restart(forgets ? new TreeMap<>() : longAgo);
    }

    /** Somebody may keep a copy of what the broker keeps. */
    public void mayCopy() {
        if (weather.draw(COPY_ONE_IN) == 0) {
            longAgo = broker.copyOfRetained();
        }
    }

    /** Delivers the next message that is due; false if there is none. */
    public boolean runOne() {
        if (underWay.isEmpty() || underWay.firstKey() > clock.monotonicNanos()) {
            return false;
        }
        var due = underWay.pollFirstEntry();
        free.headMap(due.getKey()).clear();
        due.getValue().run();
        return true;
    }

    /** When the next message is due. */
    public OptionalLong nextDueNanos() {
        return underWay.isEmpty() ? OptionalLong.empty() : OptionalLong.of(underWay.firstKey());
    }
}
