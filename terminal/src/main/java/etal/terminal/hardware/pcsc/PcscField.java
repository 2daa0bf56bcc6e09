package etal.terminal.hardware.pcsc;

import etal.edge.pcsc.PcscCard;
import etal.edge.pcsc.PcscSlot;
import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import org.jspecify.annotations.Nullable;

/**
 * One card in the field: the loop transmits, the reader's thread serves. Once a command had no whole answer in time the
 * card counts as gone, so that a late answer is never taken for that of the next command.
 */
final class PcscField implements CardChannel {
    private static final byte[] NOTHING = new byte[0];

    private final PcscCard card;
    private final PcscSlot slot;
    private final Duration answerWithin;
    private final Commands commands = new Commands();
    private @Nullable Optional<byte[]> uid;

    PcscField(PcscCard card, PcscSlot slot, Duration answerWithin) {
        this.card = card;
        this.slot = slot;
        this.answerWithin = answerWithin;
    }

    @Override
    public byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken {
        if (apdu.length < 2) {
            throw new IllegalArgumentException("a command has a header");
        }
        return answer(commands.ask(apdu, false).answer());
    }

    /** Asked of the reader at the first call, and only then: a payment does not need it. */
    @Override
    public Optional<byte[]> uid() {
        Optional<byte[]> known = uid;
        if (known == null) {
            try {
                byte[] told = answer(commands.ask(NOTHING, true).answer());
                known = told.length == 0 ? Optional.empty() : Optional.of(told);
            } catch (CardGone | ReaderBroken gone) {
                // Whoever sends the next command hears of it.
                known = Optional.empty();
            }
            uid = known;
        }
        return known;
    }

    private byte[] answer(CompletableFuture<byte[]> coming) throws CardGone, ReaderBroken {
        try {
            return coming.get(answerWithin.toNanos(), TimeUnit.NANOSECONDS);
        } catch (TimeoutException silent) {
            commands.end();
            throw CardGone.silent("the card gave no answer within " + answerWithin.toMillis() + " ms");
        } catch (ExecutionException failed) {
            if (failed.getCause() instanceof ReaderBroken broken) {
                throw new ReaderBroken(String.valueOf(broken.getMessage()), broken);
            }
            throw new CardGone("the card left before its answer was whole", failed);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
            commands.end();
            throw new CardGone("the wait for the card's answer was ended", stopped);
        }
    }

    /**
     * One turn of the reader's thread: carries the next command, or looks after the card when none comes within this time.
     *
     * @return whether the card is still there
     */
    boolean serve(Duration lookAfter) throws ReaderBroken, InterruptedException {
        Commands.Command command = commands.next(lookAfter);
        if (command == null) {
            return !commands.isOver() && slot.occupied();
        }
        try {
            byte[] answer = command.uid() ? card.uid().orElse(NOTHING) : card.transmit(command.apdu());
            command.answer().complete(answer);
            return true;
        } catch (CardGone gone) {
            command.answer().completeExceptionally(gone);
            return false;
        } catch (ReaderBroken broken) {
            command.answer().completeExceptionally(broken);
            throw broken;
        }
    }

    /** The reader's thread lets the card go. */
    void end() {
        commands.end();
        card.close();
    }
}
