package etal.fleet.world.forger;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.List;
import java.util.Optional;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;

/** All that people try who cheat, each in a world of its own. Not thread-safe. */
public final class ForgersMarket {
    private final List<Attempt> attempts = Stream.of(
                    CardForgeries.all(),
                    OrderForgeries.all(),
                    TillForgeries.all(),
                    HubForgeries.all(),
                    LostAnswers.all(),
                    RuleForgeries.all())
            .flatMap(List::stream)
            .toList();

    private @Nullable ForgersFund fund;

    /** How many things are tried. */
    public int attempts() {
        return attempts.size();
    }

    /**
     * Tries one of them.
     *
     * @param number from 1
     * @return what was not kept, if anything
     */
    public Optional<String> play(long number) {
        if (number < 1 || number > attempts.size()) {
            return Optional.empty();
        }
        Attempt attempt = attempts.get((int) number - 1);
        try {
            attempt.deed().on(made());
            return Optional.empty();
        } catch (Forged forged) {
            return Optional.of(attempt.name() + ": " + forged.getMessage());
        } catch (StorageFailed | Malformed broken) {
            return Optional.of(attempt.name() + ": " + broken);
        }
    }

    private ForgersFund made() {
        ForgersFund known = fund;
        if (known == null) {
            try {
                known = ForgersFund.make();
            } catch (IOException broken) {
                throw new UncheckedIOException(broken);
            }
            fund = known;
        }
        return known;
    }
}
