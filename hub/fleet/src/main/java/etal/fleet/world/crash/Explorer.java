package etal.fleet.world.crash;

import etal.fleet.world.crash.effect.Durable;
import etal.fleet.world.crash.effect.Mark;
import etal.fleet.world.crash.effect.Watch;
import etal.fleet.world.crash.kind.Deed;
import etal.fleet.world.crash.kind.Kind;
import etal.fleet.world.crash.kind.People;
import etal.fleet.world.crash.kind.Stage;
import etal.port.StorageFailed;
import java.io.IOException;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/**
 * Goes through all points of one kind, and for each through all second ones in its recovery, that is, until the stage has
 * been done all the same. Power that goes is not played but looked at: what would stay is put back later and played on from
 * there, and what stays twice is played once. For one thread.
 */
final class Explorer implements AutoCloseable {
    private static final Instant START = Instant.parse("2025-04-02T14:00:00Z");

    private final Kind kind;
    private final Bottle bottle;
    private final int faultsMost;
    /** Where single faults of the stage lead. */
    private final Set<String> first = new TreeSet<>();

    private final Set<String> played = new TreeSet<>();
    private final Set<String> ends = new TreeSet<>();
    private final List<String> violations = new ArrayList<>();
    private long points;
    private long pairs;

    /** @param faultsMost 2 for all pairs, 1 for single faults, 0 for the undisturbed run alone */
    Explorer(Kind kind, CrashFund fund, Flaw flaw, int faultsMost) throws StorageFailed {
        this.faultsMost = faultsMost;
        this.kind = kind;
        this.bottle = new Bottle(fund, kind.stalls(), flaw, START);
    }

    /** Where a run begins: what stayed, the stage, and the moments that led there. */
    private record Node(Durable held, int stage, List<Mark> plan, List<Mark> way, List<String> words) {
        String id() {
            return stage + " " + held.key() + " " + plan;
        }
    }

    /** What came of a run. */
    private record Run(Node begun, long points, List<Watch.Child> children, Durable end) {}

    /** Of a kind. */
    record Outcome(String kind, long points, long pairs, long states, List<String> violations) {}

    Outcome explore() throws IOException {
        Node node = prepared();
        try {
            while (node.stage() < kind.stages().size()) {
                Run undisturbed = play(node, true);
                points += undisturbed.points();
                // What stays after a single fault is played on anyway: a pair that leads there needs no playing.
                undisturbed
                        .children()
                        .forEach(child ->
                                first.add(after(undisturbed.begun(), child).id()));
                for (Watch.Child child : faultsMost == 0 ? List.<Watch.Child>of() : undisturbed.children()) {
                    pairs += child.times() * recovered(after(undisturbed.begun(), child));
                }
                node = new Node(undisturbed.end(), node.stage() + 1, List.of(), List.of(), List.of());
            }
            bottle.putBack(node.held(), Watch.resting("end"));
            judge(bottle.key());
        } catch (Violation | IllegalStateException | StorageFailed e) {
            violations.add(told(node, e));
        }
        return new Outcome(kind.name(), points, pairs, played.size() + ends.size(), List.copyOf(violations));
    }

    /** Plays on after a first fault, and after each second one in the recovery; how many of these there are. */
    private long recovered(Node node) {
        Run recovery = playedToTheEnd(node, faultsMost > 1);
        if (recovery == null) {
            return 0;
        }
        for (Watch.Child child : recovery.children()) {
            Node second = after(node, child);
            if (!first.contains(second.id()) && !played.contains(second.id())) {
                var unused = playedToTheEnd(second, false);
            }
        }
        return recovery.points();
    }

    /** Plays the rest of the stage, then to the end as it is; null when something was not kept. */
    private @Nullable Run playedToTheEnd(Node node, boolean looking) {
        played.add(node.id());
        try {
            Run run = play(node, looking);
            judge(bottle.key());
            return run;
        } catch (Violation | IllegalStateException | StorageFailed e) {
            violations.add(told(node, e));
            return null;
        }
    }

    /** Once for each end that cannot be told from another. */
    private void judge(String key) throws StorageFailed {
        if (ends.add(key)) {
            bottle.rest();
            new Judge(bottle, kind).judge();
        }
    }

    private Node after(Node node, Watch.Child child) {
        var way = new ArrayList<>(node.way());
        way.add(child.mark());
        var words = new ArrayList<>(node.words());
        words.add(child.words());
        Durable stays = child.stays();
        if (stays != null) {
            return new Node(stays, node.stage(), List.of(), way, words);
        }
        var plan = new ArrayList<>(node.plan());
        plan.add(child.mark());
        return new Node(node.held(), node.stage(), plan, way, words);
    }

    private String told(Node node, Exception e) {
        String at = String.join(",", node.way().stream().map(Mark::toString).toList());
        String why = e instanceof Violation ? e.getMessage() : e.toString();
        return kind.name() + ": " + why + "\n  "
                + (node.words().isEmpty() ? "undisturbed" : String.join("\n  ", node.words()))
                + "\n  replay: ./etal sim --enumerate --only " + kind.name() + (at.isEmpty() ? "" : " --at " + at);
    }

    private Run play(Node node, boolean looking) throws StorageFailed {
        Stage stage = kind.stages().get(node.stage());
        var watch = new Watch(stage.name(), node.plan(), looking);
        bottle.putBack(node.held(), watch);
        stage.deed().run(new People(bottle, kind));
        if (!watch.fulfilled()) {
            throw new Violation("not all of " + node.plan() + " happened");
        }
        return new Run(
                node,
                watch.points(),
                watch.children(),
                node.plan().isEmpty() && looking ? bottle.stays() : node.held());
    }

    /** What has happened before, undisturbed. */
    private Node prepared() throws IOException {
        try {
            Durable held = bottle.stays();
            for (Deed deed : kind.before()) {
                bottle.putBack(held, Watch.resting("before"));
                deed.run(new People(bottle, kind));
                held = bottle.stays();
            }
            return new Node(held, 0, List.of(), List.of(), List.of());
        } catch (StorageFailed e) {
            throw new IOException("the world of " + kind.name() + " cannot be made: " + e.getMessage(), e);
        }
    }

    /** Plays the fates of one violation again. @throws Violation what was not kept */
    void replay(List<Mark> way) throws IOException, StorageFailed {
        Node node = prepared();
        List<Mark> left = new ArrayList<>(way);
        while (node.stage() < kind.stages().size()) {
            String stage = kind.stages().get(node.stage()).name();
            while (!left.isEmpty()
                    && left.getFirst().stage().equals(stage)
                    && !left.getFirst().how().plug()) {
                var plan = new ArrayList<>(node.plan());
                plan.add(left.removeFirst());
                node = new Node(node.held(), node.stage(), plan, way, List.of());
            }
            Run run = play(node, true);
            if (!left.isEmpty() && left.getFirst().stage().equals(stage)) {
                Mark next = left.removeFirst();
                Watch.Child child = run.children().stream()
                        .filter(each -> each.mark().equals(next))
                        .findFirst()
                        .orElseThrow(() -> new Violation("there is no moment " + next));
                node = after(node, child);
            } else if (left.isEmpty() && !way.isEmpty()) {
                judge(bottle.key());
                return;
            } else {
                node = new Node(run.end(), node.stage() + 1, List.of(), way, List.of());
            }
        }
        bottle.putBack(node.held(), Watch.resting("end"));
        judge(bottle.key());
    }

    @Override
    public void close() throws StorageFailed {
        bottle.close();
    }
}
