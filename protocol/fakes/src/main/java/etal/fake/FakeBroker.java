package etal.fake;

import etal.port.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.Predicate;

/**
 * A broker between fake links: subscriptions with the wildcards of MQTT 5 (OASIS MQTT 5.0, section 4.7), and retained
 * messages. It may be told to lose, to double or to hold back messages.
 */
public final class FakeBroker {
    private record Member(FakeLink link, List<String> filters) {}

    private final List<Member> members = new ArrayList<>();
    private final TreeMap<String, byte[]> retained = new TreeMap<>();
    private Predicate<FakeLink.Sent> lost = message -> false;
    private Predicate<FakeLink.Sent> doubled = message -> false;
    private Consumer<Runnable> carrier = Runnable::run;

    /** A new link to this broker, down until {@link #connect}; {@code filters} are its subscriptions. */
    public FakeLink link(Loop loop, List<String> filters) {
        FakeLink link = new FakeLink(loop);
        link.otherEnd(this::route);
        members.add(new Member(link, List.copyOf(filters)));
        return link;
    }

    /** Brings the link up and delivers the retained messages it has subscribed to, as a broker does at each connect. */
    public void connect(FakeLink link) {
        link.up();
        for (Member member : members) {
            if (member.link() == link) {
                retained.forEach((topic, message) -> deliver(member, topic, message));
            }
        }
    }

    /** Messages that satisfy {@code which} vanish from now on. */
    public void lose(Predicate<FakeLink.Sent> which) {
        lost = which;
    }

    /** Messages that satisfy {@code which} arrive twice from now on. */
    public void twice(Predicate<FakeLink.Sent> which) {
        doubled = which;
    }

    /** Each delivery is handed to {@code newCarrier} from now on, which runs it when it pleases, and so in any order. */
    public void carriedBy(Consumer<Runnable> newCarrier) {
        carrier = newCarrier;
    }

    private void route(FakeLink.Sent sent) {
        if (lost.test(sent)) {
            return;
        }
        String topic = sent.topic().name();
        if (sent.topic().retained()) {
            retain(topic, sent.message());
        }
        int times = doubled.test(sent) ? 2 : 1;
        for (int time = 0; time < times; time++) {
            members.forEach(member -> deliver(member, topic, sent.message()));
        }
    }

    /** An empty message takes away what is retained (MQTT 5, 3.3.1.3). */
    private void retain(String topic, byte[] message) {
        if (message.length == 0) {
            retained.remove(topic);
        } else {
            retained.put(topic, message);
        }
    }

    /** The topics under which something is retained, in order. */
    public List<String> retained() {
        return List.copyOf(retained.keySet());
    }

    private void deliver(Member member, String topic, byte[] message) {
        if (member.filters().stream().anyMatch(filter -> matches(filter, topic))) {
            carrier.accept(() -> member.link().deliver(topic, message));
        }
    }

    /** Whether {@code topic} falls under the subscription {@code filter}. */
    static boolean matches(String filter, String topic) {
        String[] pattern = filter.split("/", -1);
        String[] levels = topic.split("/", -1);
        for (int level = 0; level < pattern.length; level++) {
            if (pattern[level].equals("#")) {
                return true;
            }
            if (level >= levels.length || !(pattern[level].equals("+") || pattern[level].equals(levels[level]))) {
                return false;
            }
        }
        return pattern.length == levels.length;
    }
}
