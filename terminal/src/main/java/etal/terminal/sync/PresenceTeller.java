package etal.terminal.sync;

import etal.port.Link;
import etal.port.Loop;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Presence;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.terminal.ledger.Ledger;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Tells the hub that this terminal is there and how far its ledger has come: when the link comes up, soon after the
 * ledger has grown, and now and then. It reads nothing from the store, and nothing depends on it. Used from the loop only.
 */
final class PresenceTeller {
    private static final Duration GATHER = Duration.ofSeconds(1);
    private static final Duration NOW_AND_THEN = Duration.ofSeconds(10);

    private final Ledger ledger;
    private final Link link;
    private final Loop loop;
    private final long fund;
    private boolean up;
    private boolean soon;
    private Loop.@Nullable Timer timer;

    PresenceTeller(Ledger ledger, Link link, Loop loop, long fund) {
        this.ledger = ledger;
        this.link = link;
        this.loop = loop;
        this.fund = fund;
    }

    /** The link came up. */
    void up() {
        up = true;
        tell();
    }

    /** The link is down: there is nobody to tell. */
    void down() {
        up = false;
        cancel();
    }

    /** The ledger has grown; several entries in a row are told of once. */
    void appended() {
        if (up && !soon) {
            again(GATHER);
            soon = true;
        }
    }

    private void tell() {
        long terminal = ledger.identity().id().terminal();
        link.send(Link.Topic.passing(Topics.here(fund, terminal)), word());
        again(NOW_AND_THEN);
    }

    /** The terminal's word how far its ledger has come, signed now. */
    byte[] word() {
        LedgerId id = ledger.identity().id();
        long number = ledger.head().number();
        Presence presence = new Presence(id.terminal(), id.epoch(), number, ledger.timeMillis());
        return SignedPresence.sign(
                        presence, ledger.identity().kid(), ledger.identity().signer()::sign)
                .bytes();
    }

    private void again(Duration delay) {
        cancel();
        timer = loop.after(delay, this::tell);
    }

    private void cancel() {
        soon = false;
        Loop.Timer pending = timer;
        if (pending != null) {
            pending.cancel();
            timer = null;
        }
    }
}
