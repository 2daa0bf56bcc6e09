package etal.fleet.world.cards;

import etal.fake.ManualClock;
import etal.fleet.world.cards.collusion.Crook;
import etal.fleet.world.cards.fault.Flaw;
import etal.fleet.world.cards.fault.Post;
import etal.fleet.world.cards.fault.Story;
import etal.fleet.world.cards.fault.Weather;
import etal.fleet.world.cards.machine.Machine;
import etal.fleet.world.cards.office.Votes;
import etal.fleet.world.sim.fund.OfficeFiles;
import etal.fleet.world.witness.HubWords;
import etal.port.StorageFailed;
import etal.protocol.ledger.Succession;
import etal.protocol.sync.Topics;
import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/** Stalls, cards, network and hub on one clock; time passes from one due event to the next. For one thread. */
final class MarketWorld implements AutoCloseable {
    private final MarketFund fund;
    private final ManualClock clock;
    private final Weather weather;
    private final Story story;
    private final Post post;
    private final Votes votes;
    private final HubNode hub;
    private final Evenings evenings;
    private @Nullable Crook crook;
    private final List<Stall> stalls = new ArrayList<>();
    private final List<MemberCard> cards = new ArrayList<>();

    MarketWorld(MarketFund fund, Weather weather, Flaw flaw, long seed, Instant start, int period)
            throws StorageFailed {
        this.fund = fund;
        this.weather = weather;
        clock = new ManualClock(start);
        story = new Story(clock::now);
        post = new Post(clock, weather, story);
        votes = new Votes(fund.fund());
        hub = new HubNode(fund, new HubNode.Surroundings(clock, weather, story, post), votes, period);
        hub.start();
        evenings = new Evenings(hub, weather, story);
        var outside = new Stall.Outside(clock, weather, story, post, flaw, seed);
        for (var terminal : fund.stalls()) {
            stalls.add(new Stall(fund, terminal, outside));
        }
        for (var made : fund.cards()) {
            cards.add(new MemberCard(cards.size() + 1, made));
        }
    }

    MarketFund fund() {
        return fund;
    }

    ManualClock clock() {
        return clock;
    }

    Weather weather() {
        return weather;
    }

    Story story() {
        return story;
    }

    Post post() {
        return post;
    }

    /** The producer who cheats; from the first time on the fund knows that stall. */
    Crook crook() throws StorageFailed {
        Crook known = crook;
        if (known == null) {
            known = new Crook(
                    fund.crook(),
                    fund.votedForCrook(),
                    OfficeFiles.siren(fund.crook().identity().id().terminal()),
                    clock.now().toEpochMilli());
            crook = known;
            hub.oneMoreStall();
        }
        return known;
    }

    /** The same, if there is one. */
    Optional<Crook> anyCrook() {
        return Optional.ofNullable(crook);
    }

    /** All of a ledger written by hand is sent, and once that has arrived what stands beside it. */
    void crookSends(Duration patience) throws StorageFailed {
        Crook sending = crook;
        if (sending != null) {
            String topic = Topics.up(MarketFund.FUND, sending.number());
            post.send(topic, sending.ledger());
            pass(patience);
            sending.beside().forEach(message -> post.send(topic, message));
            pass(patience);
        }
    }

    Evenings evenings() {
        return evenings;
    }

    /** Nothing goes wrong from now on, and what is broken is put right; or it does again, and cables that were out are out. */
    void calm(boolean on) throws StorageFailed {
        weather.calm(on);
        if (on) {
            for (Stall stall : stalls) {
                stall.repair();
            }
            hub.ownClock().right();
        }
    }

    /** What the fund has voted. */
    Votes votes() {
        return votes;
    }

    /** A terminal whose certificate has ended is swapped, its stick at hand. */
    void renew(Stall stall) throws StorageFailed {
        if (!stall.certificateEnded()) {
            return;
        }
        // Off and on, because a stick that was gone or full for a while has what it lacks after the next start.
        stall.drop();
        stall.start();
        if (swap(stall, true, true)) {
            story.tell(stall.name() + ": the certificate has ended, epoch " + stall.epoch() + " goes on");
            story.count("certificates renewed by a swap");
        }
    }

    /** A bit flips in a till's store; false when none does, or nobody could put another machine there. */
    boolean rots(Stall stall) throws StorageFailed {
        return stall.mayBeFollowed() && !sticksWait(stall) && stall.rots();
    }

    /** Whether a bit has flipped anywhere and is not dealt with. */
    boolean anyRotten() {
        return stalls.stream().anyMatch(stall -> stall.rotting().any());
    }

    /** A till in whose store a bit has flipped is switched off and on: it refuses to start, and another machine takes its place. */
    void mend(Stall stall) throws StorageFailed {
        if (stall.rotting().any()) {
            stall.drop();
            if (!stall.start() && stall.rotting().refused() && swap(stall, true, true)) {
                story.tell(stall.name() + ": another machine goes on as epoch " + stall.epoch());
                story.count("machines swapped for a flipped bit");
            }
        }
    }

    /**
     * Another machine goes on at a stall; false when that cannot be: the registrar lets in no more, or the second medium of the
     * one before still has what the hub has not.
     *
     * @param looked whether somebody has looked how far the hub has the ledger
     */
    boolean swap(Stall stall, boolean withStick, boolean looked) throws StorageFailed {
        if (sticksWait(stall)) {
            return false;
        }
        Optional<Succession> told =
                looked ? HubWords.heard(hub.store(), stall.machine().ledger()) : Optional.empty();
        return stall.swap(withStick, told.orElse(null));
    }

    /** Whether the hub has not yet all that an old stick keeps. */
    private boolean sticksWait(Stall stall) throws StorageFailed {
        for (Machine.Gone each : stall.gone()) {
            long heard = HubWords.heard(hub.store(), each.machine().ledger())
                    .map(Succession::number)
                    .orElse(0L);
            if (each.stick() && heard < each.machine().medium().size()) {
                return true;
            }
        }
        return false;
    }

    HubNode hub() {
        return hub;
    }

    List<Stall> stalls() {
        return stalls;
    }

    List<MemberCard> cards() {
        return cards;
    }

    /** Lets everything happen that is due now. */
    void settle() throws StorageFailed {
        boolean busy = true;
        while (busy) {
            busy = post.runOne();
            for (Stall stall : stalls) {
                busy |= stall.runOne();
            }
            busy |= hub.runOne();
        }
    }

    /** Lets time pass, running each event at its time. */
    void pass(Duration duration) throws StorageFailed {
        long end = clock.monotonicNanos() + duration.toNanos();
        settle();
        OptionalLong next = nextDueNanos();
        while (next.isPresent() && next.getAsLong() <= end) {
            clock.advance(Duration.ofNanos(next.getAsLong() - clock.monotonicNanos()));
            settle();
            next = nextDueNanos();
        }
        clock.advance(Duration.ofNanos(end - clock.monotonicNanos()));
    }

    private OptionalLong nextDueNanos() {
        OptionalLong next = earlier(post.nextDueNanos(), hub.nextDueNanos());
        for (Stall stall : stalls) {
            next = earlier(next, stall.nextDueNanos());
        }
        return next;
    }

    static OptionalLong earlier(OptionalLong one, OptionalLong other) {
        if (one.isEmpty() || other.isEmpty()) {
            return one.isEmpty() ? other : one;
        }
        return one.getAsLong() <= other.getAsLong() ? one : other;
    }

    @Override
    public void close() throws StorageFailed {
        for (Stall stall : stalls) {
            stall.close();
        }
        hub.close();
    }
}
