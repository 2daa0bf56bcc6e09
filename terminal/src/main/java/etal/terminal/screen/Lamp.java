package etal.terminal.screen;

import etal.edge.speech.Speech;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.main.Till;
import etal.terminal.screen.TicketView.Light;
import java.time.Instant;
import java.time.ZoneId;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;
import java.util.NoSuchElementException;
import org.jspecify.annotations.Nullable;

/** The lamp: everything has gone up to the hub, or how much has not, and since when there is no network. From the loop only. */
final class Lamp {
    private static final DateTimeFormatter HOUR = DateTimeFormatter.ofPattern("HH:mm");
    private static final DateTimeFormatter DAY = DateTimeFormatter.ofPattern("dd/MM");

    private final Till till;
    private final boolean byStick;
    private @Nullable Long downSinceMillis;
    private @Nullable Waiting oldest;

    /** The oldest entry that the hub has not signed for, and when it was written. */
    private record Waiting(long number, long sinceMillis) {}

    /** @param byStick whether entries also go up on a stick: then no network is no trouble of itself */
    Lamp(Till till, boolean byStick) {
        this.till = till;
        this.byStick = byStick;
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
        if (since != null && byStick) {
            return waiting == 0 ? allUp(speech) : new Light("wait", toCarry(speech, waiting));
        }
        if (since != null) {
            String text = waiting == 0
                    ? speech.say("screen-offline", hour(since))
                    : speech.say("screen-offline-waiting", hour(since), waiting);
            return new Light("warn", text);
        }
        return waiting == 0 ? allUp(speech) : new Light("wait", speech.say("screen-going-up", waiting));
    }

    private static Light allUp(Speech speech) {
        return new Light("good", speech.word("all-up"));
    }

    private String toCarry(Speech speech, long waiting) {
        long first = till.uplink().acknowledged() + 1;
        Waiting known = oldest;
        if (known == null || known.number() != first) {
            known = new Waiting(first, writtenMillis(first));
            oldest = known;
        }
        return speech.say("screen-to-carry", waiting, dayOrHour(known.sinceMillis()));
    }

    private long writtenMillis(long number) {
        try {
            return SignedEntry.decode(till.ledger().from(number, 1, 0).getFirst())
                    .entry()
                    .timeMillis();
        } catch (StorageFailed | Malformed | NoSuchElementException unreadable) {
            // The till itself notices and says so; or what waits is of the epoch before alone.
            return till.ledger().timeMillis();
        }
    }

    private String dayOrHour(long millis) {
        ZonedDateTime then = Instant.ofEpochMilli(millis).atZone(zone());
        ZonedDateTime now = Instant.ofEpochMilli(till.ledger().timeMillis()).atZone(zone());
        boolean today = then.toLocalDate().equals(now.toLocalDate());
        return (today ? HOUR : DAY).format(then);
    }

    private String hour(long millis) {
        return HOUR.format(Instant.ofEpochMilli(millis).atZone(zone()));
    }

    private ZoneId zone() {
        return till.stall().rulesNow().map(rules -> rules.scheme().zone()).orElse(ZoneId.of("Europe/Paris"));
    }
}
