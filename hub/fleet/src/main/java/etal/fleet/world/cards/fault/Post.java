package etal.fleet.world.cards.fault;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.fake.ManualClock;
import etal.port.Loop;
import java.time.Duration;
import java.util.List;
import java.util.OptionalLong;
import java.util.TreeMap;

/** The network: a broker, and messages under way that arrive late, twice, out of order or never. Not thread-safe. */
public final class Post {
    private static final int MILLIS_USUAL = 400;
    private static final int MILLIS_LATE = 240_000;

    private final ManualClock clock;
    private final Weather weather;
    private final Story story;
    private final FakeBroker broker = new FakeBroker();
    private final TreeMap<Long, Runnable> underWay = new TreeMap<>();

    /** An empty network. */
    public Post(ManualClock clock, Weather weather, Story story) {
        this.clock = clock;
        this.weather = weather;
        this.story = story;
        broker.carriedBy(this::carry);
        broker.lose(sent -> hit(Fault.MESSAGE_LOST));
        broker.twice(sent -> hit(Fault.MESSAGE_DOUBLED));
    }

    private boolean hit(Fault fault) {
        boolean happens = weather.brings(fault);
        if (happens) {
            story.count("fault " + fault.words());
        }
        return happens;
    }

    private void carry(Runnable delivery) {
        int millis = 1 + weather.draw(MILLIS_USUAL);
        if (hit(Fault.MESSAGE_LATE)) {
            millis += weather.draw(MILLIS_LATE);
        }
        long at = clock.monotonicNanos() + Duration.ofMillis(millis).toNanos();
        while (underWay.containsKey(at)) {
            at++;
        }
        underWay.put(at, delivery);
    }

    /** A new link to it, down until {@link #connect}; {@code filters} are its subscriptions. */
    public FakeLink link(Loop loop, List<String> filters) {
        return broker.link(loop, filters);
    }

    /** Brings a link up. */
    public void connect(FakeLink link) {
        broker.connect(link);
    }

    /** Delivers the next message that is due; false if there is none. */
    public boolean runOne() {
        if (underWay.isEmpty() || underWay.firstKey() > clock.monotonicNanos()) {
            return false;
        }
        underWay.pollFirstEntry().getValue().run();
        return true;
    }

    /** When the next message is due. */
    public OptionalLong nextDueNanos() {
        return underWay.isEmpty() ? OptionalLong.empty() : OptionalLong.of(underWay.firstKey());
    }
}
