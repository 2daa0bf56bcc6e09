package etal.fleet.world.crash.effect;

import etal.fleet.world.crash.effect.Mark.How;
import etal.port.CardChannel;
import etal.port.CardGone;
import java.util.HexFormat;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Supplier;

/** A card in a till's field, from which it may be taken at any moment of any command. For one thread. */
public final class Air implements CardChannel {
    private static final String GONE = "the card has left the field";

    private final MemoCard card;
    private final Supplier<Watch> watch;
    private final Supplier<Durable> stays;
    private final Runnable left;

    /** One of a market; what {@code watch} and {@code stays} give changes from run to run. */
    public Air(MemoCard card, Supplier<Watch> watch, Supplier<Durable> stays, Runnable left) {
        this.card = card;
        this.watch = watch;
        this.stays = stays;
        this.left = left;
    }

    @Override
    public byte[] transmit(byte[] command) throws CardGone {
        Watch now = watch.get();
        int step = now.begin();
        Optional<Mark> planned = now.planned(step);
        if (planned.isPresent()) {
            throw gone(command, planned.get());
        }
        if (now.open()) {
            offer(now, step, command);
        }
        return card.transmit(command);
    }

    private CardGone gone(byte[] command, Mark mark) {
        MemoCard.Node then = switch (mark.how()) {
            case CARD_LEAVES -> card.off();
            case CARD_TORN -> card.tornBy(command, mark.write());
            case ANSWER_LOST -> card.offAfter(command);
            default -> throw new IllegalStateException("no fault of a card: " + mark);
        };
        card.be(then);
        left.run();
        return new CardGone(GONE);
    }

    private void offer(Watch now, int step, byte[] command) {
        String effect = "command " + String.format(Locale.ROOT, "%02X", command[1]) + " to the card";
        MemoCard.Node off = card.off();
        now.fork(step, How.BEFORE, 0, effect, stays.get());
        now.branch(step, How.CARD_LEAVES, 0, effect, name(off));
        for (int write = 1; write <= card.writesBy(command); write++) {
            MemoCard.Node torn = card.tornBy(command, write);
            now.fork(step, How.PLUG_AT_WRITE, write, effect, with(torn));
            now.branch(step, How.CARD_TORN, write, effect, name(torn));
        }
        MemoCard.Node done = card.offAfter(command);
        now.fork(step, How.PLUG_BEFORE_ANSWER, 0, effect, with(done));
        now.branch(step, How.ANSWER_LOST, 0, effect, name(done));
    }

    private Durable with(MemoCard.Node node) {
        return stays.get().with(card.number(), node);
    }

    private static String name(MemoCard.Node node) {
        return HexFormat.of().formatHex(node.fingerprint());
    }
}
