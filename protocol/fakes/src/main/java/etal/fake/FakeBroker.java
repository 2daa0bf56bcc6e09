package etal.fake;

import etal.port.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.function.Consumer;
import java.util.function.IntUnaryOperator;
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
    private final List<FakeLink> sharing = new ArrayList<>();
    private IntUnaryOperator sharedBy = members -> 0;

    /** A new link to this broker, down until {@link #connect}; {@code filters} are its subscriptions. */
    public FakeLink link(Loop loop, List<String> filters) {
        FakeLink link = new FakeLink(loop);
        link.otherEnd(this::route);
        members.add(new Member(link, List.copyOf(filters)));
        return link;
    }

    /** The link is cut, and nobody will ever connect it again. */
    public void leave(FakeLink link) {
        link.down();
        members.removeIf(member -> member.link() == link);
        sharing.remove(link);
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

    /** Takes a message as if it was sent now. */
    public void route(FakeLink.Sent sent) {
        if (lost.test(sent)) {
            return;
        }
        String topic = sent.topic().name();
        if (sent.topic().retained()) {
            retain(topic, sent.message());
        }
        int times = doubled.test(sent) ? 2 : 1;
        for (int time = 0; time < times; time++) {
            Optional<FakeLink> chosen = oneOfSharing();
            for (Member member : members) {
                if (!sharing.contains(member.link())
                        || chosen.filter(member.link()::equals).isPresent()) {
                    deliver(member, topic, sent.message());
                }
            }
        }
    }

    /**
     * Links that share what they subscribe to from now on: of those that are up, one gets each message (OASIS MQTT 5.0,
     * section 4.8.2).
     *
     * @param newChooser says which, of so many
     */
    public void share(List<FakeLink> links, IntUnaryOperator newChooser) {
        sharing.clear();
        sharing.addAll(links);
        sharedBy = newChooser;
    }

    private Optional<FakeLink> oneOfSharing() {
        List<FakeLink> able = sharing.stream().filter(FakeLink::isUp).toList();
        return able.isEmpty() ? Optional.empty() : Optional.of(able.get(sharedBy.applyAsInt(able.size())));
    }

    /** What is retained now, to begin anew with one day. */
    public SortedMap<String, byte[]> copyOfRetained() {
        return new TreeMap<>(retained);
    }

    /** The broker begins anew: every link is cut and comes up again, and {@code kept} is all that it has retained. */
    public void restart(SortedMap<String, byte[]> kept) {
        List<FakeLink> cut =
                members.stream().map(Member::link).filter(FakeLink::isUp).toList();
        cut.forEach(FakeLink::down);
        retained.clear();
        retained.putAll(kept);
        cut.forEach(this::connect);
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
        if (member.link().isUp() && wants(member, topic)) {
            carrier.accept(() -> member.link().deliver(topic, message));
        }
    }

    private static boolean wants(Member member, String topic) {
        for (String filter : member.filters()) {
            if (matches(filter, topic)) {
                return true;
            }
        }
        return false;
    }

    /** Whether {@code topic} falls under the subscription {@code filter}. Asked for each message of each link: makes nothing. */
    static boolean matches(String filter, String topic) {
        int inFilter = 0;
        int inTopic = 0;
        while (true) {
            int filterEnd = endOfLevel(filter, inFilter);
            if (isLevel(filter, inFilter, filterEnd, '#')) {
                return true;
            }
            if (inTopic > topic.length()) {
                return false;
            }
            int topicEnd = endOfLevel(topic, inTopic);
            boolean same = isLevel(filter, inFilter, filterEnd, '+')
                    || filterEnd - inFilter == topicEnd - inTopic
                            && filter.regionMatches(inFilter, topic, inTopic, filterEnd - inFilter);
            if (!same) {
                return false;
            }
            inFilter = filterEnd + 1;
            inTopic = topicEnd + 1;
            if (inFilter > filter.length()) {
                return inTopic > topic.length();
            }
        }
    }

    private static int endOfLevel(String levels, int from) {
        int slash = levels.indexOf('/', from);
        return slash < 0 ? levels.length() : slash;
    }

    private static boolean isLevel(String filter, int from, int end, char wildcard) {
        return end == from + 1 && filter.charAt(from) == wildcard;
    }
}
