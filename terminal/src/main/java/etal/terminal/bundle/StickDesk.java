package etal.terminal.bundle;

import etal.port.Loop;
import etal.port.StorageFailed;
import etal.port.stick.Stick;
import etal.protocol.Said;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Packing;
import etal.protocol.sync.bundle.Way;
import etal.terminal.ledger.Ledger;
import etal.terminal.sync.Freight;
import etal.terminal.sync.Uplink;
import etal.terminal.sync.Uplink.Taken;
import java.time.Duration;
import java.util.ArrayList;
import java.util.EnumSet;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The key "copy to the stick": the hub's answer is read from it, then all that the hub has not signed for is written onto
 * it. The ledger is the outbox here too, so a stick may be lost, full, pulled out, or bring an answer twice or too late. Each
 * message, and each batch, is an event of its own, so that a card never waits for a stick. Used from the loop only.
 */
public final class StickDesk {
    private static final Duration PATIENCE = Duration.ofMinutes(2);
    /** Some five thousand entries a journey: a till has little memory, and sells meanwhile. */
    private static final int UP_BYTES_MAX = 4 << 20;

    private final Stick stick;
    private final Loop loop;
    private final Uplink uplink;
    private final Ledger ledger;
    private final long fund;
    private final int bytesMax;
    private @Nullable Journey journey;
    private List<Told> told = List.of();
    private @Nullable Long copiedMillis;

    /** Of a till and its stick. */
    public StickDesk(Stick stick, Loop loop, Uplink uplink, Ledger ledger, long fund) {
        this(stick, loop, uplink, ledger, fund, UP_BYTES_MAX);
    }

    StickDesk(Stick stick, Loop loop, Uplink uplink, Ledger ledger, long fund, int bytesMax) {
        this.stick = stick;
        this.loop = loop;
        this.uplink = uplink;
        this.ledger = ledger;
        this.fund = fund;
        this.bytesMax = bytesMax;
    }

    /**
     * Something that came of the last touch of the key.
     *
     * @param good whether nothing went wrong with it
     */
    public record Told(boolean good, Said said) {}

    /** The key was touched. While the stick is being read or written, once more changes nothing. */
    public void carry() {
        if (journey != null) {
            return;
        }
        Journey begun = new Journey();
        journey = begun;
        told = List.of();
        begun.patience = loop.after(PATIENCE, () -> begun.end(false, Said.of("stick-slow")));
        String name = Bundle.name(Way.DOWN, fund, ledger.identity().id());
        stick.read(name, Bundle.BYTES_MAX, begun::answered);
    }

    /** Whether the stick is being read or written: it must not be pulled out. */
    public boolean working() {
        return journey != null;
    }

    /** What came of the last touch, in its order; nothing before the first one, and while one goes on. */
    public List<Told> told() {
        return told;
    }

    /** When entries were last copied onto the stick, as the ledger counts time; empty before that since the start. */
    public OptionalLong copiedMillis() {
        Long copied = copiedMillis;
        return copied == null ? OptionalLong.empty() : OptionalLong.of(copied);
    }

    /** From the key to what is said of it. */
    private final class Journey {
        private final List<Told> words = new ArrayList<>();
        private final Set<Taken> answered = EnumSet.noneOf(Taken.class);
        private long carried;
        private Loop.@Nullable Timer patience;

        /** What is told after nobody waits for it any more is told to nobody. */
        private boolean over() {
            return journey != this;
        }

        private void answered(Stick.Read read) {
            if (over()) {
                return;
            }
            switch (read) {
                case Stick.Read.Content content -> open(content.bytes());
                case Stick.Read.Nothing nothing -> begin();
                case Stick.Read.Failed failed
                when failed.why() == Stick.Trouble.UNFIT -> {
                    trouble("stick-answer-damaged");
                    begin();
                }
                case Stick.Read.Failed failed -> end(false, trouble(failed.why()));
            }
        }

        private void open(byte[] file) {
            try {
                Bundle answer = Bundle.decode(file);
                LedgerId own = ledger.identity().id();
                if (answer.way() != Way.DOWN
                        || answer.fund() != fund
                        || !answer.ledger().equals(own)) {
                    trouble("stick-answer-other", answer.ledger().toString(), own.toString());
                    begin();
                } else {
                    take(answer, 0);
                }
            } catch (Malformed torn) {
                trouble("stick-answer-damaged");
                begin();
            }
        }

        private void take(Bundle answer, int place) {
            if (over()) {
                return;
            }
            if (place == answer.messages().size()) {
                taken();
                begin();
                return;
            }
            Bundle.Message message = answer.messages().get(place);
            answered.add(uplink.take(message.topic(), message.payload()));
            loop.post(() -> take(answer, place + 1));
        }

        private void taken() {
            if (answered.contains(Taken.FAILED)) {
                trouble("stick-answer-not-kept");
            }
            if (answered.contains(Taken.REFUSED)) {
                trouble("stick-answer-refused");
            }
            if (answered.contains(Taken.NEWS)) {
                words.add(new Told(true, Said.of("stick-answer-taken", uplink.acknowledged())));
            } else if (answered.contains(Taken.OLDER)) {
                trouble("stick-answer-older");
            }
        }

        private void begin() {
            LedgerId own = ledger.identity().id();
            pack(new Packing(Way.UP, fund, own, bytesMax), uplink.freight());
        }

        private void pack(Packing packing, Freight freight) {
            if (over()) {
                return;
            }
            try {
                Optional<Freight.Piece> next = freight.next();
                if (next.isPresent() && packing.add(next.get().message())) {
                    carried += next.get().entries();
                    loop.post(() -> pack(packing, freight));
                } else if (packing.addLast(freight.last())) {
                    Bundle bundle = packing.bundle();
                    stick.write(bundle.name(), bundle.encode(), this::written);
                } else {
                    throw new IllegalStateException("there is room for the last word");
                }
            } catch (StorageFailed unreadable) {
                end(false, Said.of("storage-failed"));
            }
        }

        private void written(Stick.Written written) {
            if (over()) {
                return;
            }
            switch (written) {
                case Stick.Written.Done done -> {
                    copiedMillis = ledger.timeMillis();
                    end(true, copied(uplink.unacknowledged()));
                }
                case Stick.Written.Failed failed -> end(false, trouble(failed.why()));
            }
        }

        private Said copied(long waiting) {
            if (waiting == 0) {
                return Said.of("stick-all-up");
            }
            return carried < waiting
                    ? Said.of("stick-copied-part", carried, waiting - carried)
                    : Said.of("stick-copied", carried);
        }

        private Said trouble(Stick.Trouble why) {
            return Said.of("stick-" + why.name().toLowerCase(Locale.ROOT));
        }

        private void trouble(String key, Object... args) {
            words.add(new Told(false, Said.of(key, args)));
        }

        private void end(boolean well, Said last) {
            if (over()) {
                return;
            }
            Loop.Timer waiting = patience;
            if (waiting != null) {
                waiting.cancel();
            }
            words.add(new Told(well, last));
            told = List.copyOf(words);
            journey = null;
        }
    }
}
