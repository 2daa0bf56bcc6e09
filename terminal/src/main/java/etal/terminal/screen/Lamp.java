package etal.terminal.screen;

import etal.edge.speech.Speech;
import etal.terminal.main.Till;
import etal.terminal.screen.TicketView.Light;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import org.jspecify.annotations.Nullable;

/** The lamp: everything has gone up to the hub, or how much has not, and since when there is no network. From the loop only. */
final class Lamp {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");

    private final Till till;
    private @Nullable Long downSinceMillis;

    Lamp(Till till) {
        this.till = till;
    }

    /** Looks at the link; called now and then. */
    void look() {
        if (till.uplink().up()) {
            downSinceMillis = null;
        } else if (downSinceMillis == null) {
            downSinceMillis = till.ledger().timeMillis();
        }
    }

    Light light(Speech speech) {
        long waiting = till.uplink().unacknowledged();
        Long since = downSinceMillis;
        if (since != null) {
            String text = waiting == 0
                    ? speech.say("screen-offline", hour(since))
                    : speech.say("screen-offline-waiting", hour(since), waiting);
            return new Light("warn", text);
        }
        return waiting == 0
                ? new Light("good", speech.word("all-up"))
                : new Light("wait", speech.say("screen-going-up", waiting));
    }

    private String hour(long millis) {
        ZoneId zone =
                till.stall().rulesNow().map(rules -> rules.scheme().zone()).orElse(ZoneId.of("Europe/Paris"));
        return HOUR.format(Instant.ofEpochMilli(millis).atZone(zone));
    }
}
