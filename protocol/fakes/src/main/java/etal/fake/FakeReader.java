package etal.fake;

import etal.port.CardChannel;
import etal.port.CardGone;
import etal.port.CardReader;
import etal.port.Loop;
import etal.port.ReaderBroken;
import java.util.Optional;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/**
 * A reader into whose field the test lays cards and takes them away again.
 *
 * <p>A channel goes dead when its card is withdrawn, as a real one does: transmitting then throws {@link CardGone}.
 */
public final class FakeReader implements CardReader {
    private final Loop loop;
    private @Nullable Consumer<CardEvent> listener;
    private @Nullable Lying lying;
    private boolean broken;

    /** A reader of the node that runs on {@code loop}. */
    public FakeReader(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void listen(Consumer<CardEvent> onLoop) {
        if (listener != null) {
            throw new IllegalStateException("a reader has one listener");
        }
        listener = onLoop;
    }

    /** Lays a card into the empty field. */
    public void present(CardChannel card) {
        if (lying != null) {
            throw new IllegalStateException("a card lies in the field already");
        }
        lying = new Lying(card);
        tell(new CardEvent.Presented(lying));
    }

    /** Takes the card out of the field; nothing happens if there is none. */
    public void withdraw() {
        if (lying != null) {
            lying.gone = true;
            lying = null;
            tell(new CardEvent.Gone());
        }
    }

    /** Several cards lie in the field at once. */
    public void collide() {
        tell(new CardEvent.Collision());
    }

    /** Something lies in the field that is no card at all. */
    public void unfit() {
        tell(new CardEvent.Unfit());
    }

    /** The reader fails, or comes back. */
    public void broken(boolean failed) {
        broken = failed;
        tell(new CardEvent.ReaderState(!failed));
    }

    private void tell(CardEvent event) {
        Consumer<CardEvent> hearer = listener;
        if (hearer != null) {
            loop.post(() -> hearer.accept(event));
        }
    }

    private final class Lying implements CardChannel {
        private final CardChannel card;
        private boolean gone;

        private Lying(CardChannel card) {
            this.card = card;
        }

        @Override
        public byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken {
            if (broken) {
                throw new ReaderBroken("the reader does not answer");
            }
            if (gone) {
                throw new CardGone("the card has left the field");
            }
            return card.transmit(apdu);
        }

        @Override
        public Optional<byte[]> uid() {
            return card.uid();
        }
    }
}
