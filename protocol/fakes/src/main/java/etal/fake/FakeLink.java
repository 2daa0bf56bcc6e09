package etal.fake;

import etal.port.Link;
import etal.port.Loop;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A link whose other end is the test: it sees what was sent, brings messages, and cuts the link. It starts down. */
public final class FakeLink implements Link {
    /** One message that left. */
    public record Sent(Topic topic, byte[] message) {}

    private final Loop loop;
    private final List<Sent> sent = new ArrayList<>();
    private @Nullable Consumer<LinkEvent> listener;
    private @Nullable Consumer<Sent> otherEnd;
    private boolean up;
    private boolean mute;
    private boolean deaf;

    /** A link of the node that runs on {@code loop}. */
    public FakeLink(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void send(Topic topic, byte[] message) {
        if (!up || mute) {
            return;
        }
        Sent one = new Sent(topic, message.clone());
        if (otherEnd != null) {
            otherEnd.accept(one);
        } else {
            sent.add(one);
        }
    }

    @Override
    public void listen(Consumer<LinkEvent> onLoop) {
        if (listener != null) {
            throw new IllegalStateException("a link has one listener");
        }
        listener = onLoop;
        if (up) {
            tell(new LinkEvent.Up());
        }
    }

    /** Hands everything sent from now on to {@code receiver} instead of keeping it for {@link #takeSent}. */
    public void otherEnd(Consumer<Sent> receiver) {
        otherEnd = receiver;
    }

    /** What was sent since the last time this was asked, in order. */
    public List<Sent> takeSent() {
        List<Sent> taken = List.copyOf(sent);
        sent.clear();
        return taken;
    }

    /** Whether the link is up. */
    public boolean isUp() {
        return up;
    }

    /** The link comes up. */
    public void up() {
        if (!up) {
            up = true;
            tell(new LinkEvent.Up());
        }
    }

    /** The link is cut; what the node sends from now on is lost. */
    public void down() {
        if (up) {
            up = false;
            tell(new LinkEvent.Down());
        }
    }

    /** From now on nothing that the node sends arrives, though the link is up; or it does again. */
    public void mute(boolean on) {
        mute = on;
    }

    /** From now on nothing arrives at the node, though the link is up; or it does again. */
    public void deaf(boolean on) {
        deaf = on;
    }

    /** A message arrives, if the link is up. */
    public void deliver(String topic, byte[] message) {
        if (up && !deaf) {
            tell(new LinkEvent.Received(topic, message.clone()));
        }
    }

    private void tell(LinkEvent event) {
        Consumer<LinkEvent> hearer = listener;
        if (hearer != null) {
            loop.post(() -> hearer.accept(event));
        }
    }
}
