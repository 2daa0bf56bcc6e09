package etal.fleet.world.place;

import etal.fleet.fault.DayFaults.TapFault;
import etal.port.CardChannel;
import etal.port.Entropy;
import etal.port.ReaderBroken;
import etal.virtualcard.CardPocket;
import etal.virtualcard.PocketCard;
import etal.virtualcard.PresentedCard;
import etal.virtualcard.Tear;
import java.io.IOException;
import java.time.Duration;
import java.util.Optional;

/** All members' cards, each in its household's pocket, and how they are laid onto a reader. Safe for use by any thread. */
public final class Pocket implements AutoCloseable {
    private static final int DEBIT = 0x14;
    private static final int SECRET_BYTES = 32;
    private static final Duration TORN_WITHIN = Duration.ofSeconds(20);

    private final CardPocket cards;

    private Pocket(CardPocket cards) {
        this.cards = cards;
    }

    /** Opens the pocket that a market keeps in its directory. */
    public static Pocket open(MarketDirectory directory) throws IOException {
        return new Pocket(CardPocket.open(directory.cards().resolve("cards.journal")));
    }

    /** A pocket whose cards last as long as this process. */
    public static Pocket unkept() {
        return new Pocket(CardPocket.unkept());
    }

    /** The name of a household's card. */
    static String name(int household) {
        return "card-" + household;
    }

    /** The card a household has, or a blank one with a secret of its own. */
    PocketCard cardOf(int household, Entropy entropy) throws IOException {
        Optional<PocketCard> card = cards.card(name(household));
        return card.isPresent() ? card.get() : cards.make(name(household), entropy.bytes(SECRET_BYTES));
    }

    /** A card on the desk where cards are personalised. */
    static CardChannel onTheDesk(PocketCard card) {
        return apdu -> {
            try {
                return card.transmit(apdu);
            } catch (IOException e) {
                throw new ReaderBroken("the cards' journal cannot be written", e);
            }
        };
    }

    /** A household's card, which was made before. */
    public PocketCard cardOf(int household) {
        return cards.card(name(household))
                .orElseThrow(() -> new IllegalStateException("household " + household + " has no card"));
    }

    /** Lays a household's card onto a stall's reader; what goes wrong at this tap goes wrong. */
    Tap present(int household, StallNode stall, Optional<TapFault> fault) throws IOException, InterruptedException {
        Tear tear = fault.map(Pocket::tear).orElseGet(Tear.Never::new);
        PresentedCard presented = cardOf(household).present(stall.reader(), tear);
        if (fault.orElse(null) instanceof TapFault.TerminalKilled) {
            Thread.ofVirtual().name("pulled plug").start(() -> pullPlug(presented, stall));
        }
        return new Tap(presented);
    }

    private static Tear tear(TapFault fault) {
        return switch (fault) {
            case TapFault.TornWhileWriting torn -> new Tear.AtWrite(DEBIT, torn.write());
            case TapFault.TornBeforeAnswer torn -> new Tear.BeforeAnswer(DEBIT);
            case TapFault.TerminalKilled killed -> new Tear.BeforeAnswer(DEBIT);
        };
    }

    private static void pullPlug(PresentedCard presented, StallNode stall) {
        try {
            if (presented.await(TORN_WITHIN).isPresent()) {
                stall.process().kill();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    @Override
    public void close() throws IOException {
        cards.close();
    }

    /** A card lying on a reader. */
    record Tap(PresentedCard card) implements AutoCloseable {
        /** Whether the card is no longer there. */
        boolean over() throws InterruptedException {
            return card.await(Duration.ZERO).isPresent();
        }

        @Override
        public void close() throws IOException {
            card.withdraw();
        }
    }
}
