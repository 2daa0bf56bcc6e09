package etal.fleet.world.crash.effect;

import etal.fleet.world.sim.fund.MadeCard;
import etal.protocol.card.CardCertificate;
import etal.virtualcard.Torn;
import etal.virtualcard.VirtualCard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;

/**
 * A card that remembers what it has answered: the real applet, asked only once for each command in each state. When power
 * goes its randomness goes on from what it then holds, so that equal cards go on alike. For one thread.
 */
public final class MemoCard {
    private final int number;
    private final CardCertificate certificate;
    private final VirtualCard chip;
    private final Map<ByteBuffer, Node> nodes = new LinkedHashMap<>();
    private Session at;
    /** Where the chip itself stands; null when it must be put back first. */
    private @Nullable Session live;

    /** A card that is off. */
    public MemoCard(int number, MadeCard made, VirtualCard chip) {
        this.number = number;
        this.certificate = made.certificate();
        this.chip = chip;
        this.at = new Session(kept(), List.of());
    }

    /** A card that is off. */
    public static final class Node {
        private final VirtualCard.Kept kept;
        private @Nullable Session begun;

        private Node(VirtualCard.Kept kept) {
            this.kept = kept;
        }

        /** What it holds, as a hash. */
        public byte[] fingerprint() {
            return kept.fingerprint();
        }
    }

    /** A card that is on, after so many commands. */
    private static final class Session {
        private final Node node;
        private final List<byte[]> commands;
        private final Map<ByteBuffer, Reply> replies = new LinkedHashMap<>();
        private @Nullable Node off;

        private Session(Node node, List<byte[]> commands) {
            this.node = node;
            this.commands = commands;
        }
    }

    /** What it answers to a command, and how it goes on. */
    private static final class Reply {
        private final byte[] answer;
        private final int writes;
        private final Session after;
        private final Map<Integer, Node> torn = new LinkedHashMap<>();

        private Reply(byte[] answer, int writes, Session after) {
            this.answer = answer;
            this.writes = writes;
            this.after = after;
        }
    }

    /** Its number, from 1. */
    public int number() {
        return number;
    }

    /** Its certificate. */
    public CardCertificate certificate() {
        return certificate;
    }

    private Node kept() {
        VirtualCard.Kept kept = chip.keep();
        live = null;
        return nodes.computeIfAbsent(ByteBuffer.wrap(kept.fingerprint()), same -> new Node(kept));
    }

    /** It is off and in that state. */
    public void be(Node node) {
        Session begun = node.begun == null ? new Session(node, List.of()) : node.begun;
        node.begun = begun;
        at = begun;
    }

    /** As it would be were its power to go now. */
    public Node off() {
        return off(at);
    }

    private Node off(Session session) {
        Node known = session.off;
        if (known == null) {
            bring(session);
            known = session.commands.isEmpty() ? session.node : kept();
            session.off = known;
        }
        return known;
    }

    /** Its power goes. */
    public void powerOff() {
        be(off());
    }

    /** Executes a command. */
    public byte[] transmit(byte[] command) {
        Reply reply = reply(command);
        at = reply.after;
        return reply.answer.clone();
    }

    /** Its persistent writes by that command, were it sent now. */
    public int writesBy(byte[] command) {
        return reply(command).writes;
    }

    /** As it would be were its power to go when it has executed that command. */
    public Node offAfter(byte[] command) {
        return off(reply(command).after);
    }

    /** As it would be were its power to go at its n-th write by that command. */
    public Node tornBy(byte[] command, int write) {
        Reply reply = reply(command);
        Node known = reply.torn.get(write);
        if (known == null) {
            bring(at);
            chip.tearAtWrite(write);
            try {
                byte[] unexpected = chip.transmit(command);
                throw new IllegalStateException("not torn: " + unexpected.length);
            } catch (Torn asAsked) {
                known = kept();
            }
            reply.torn.put(write, known);
        }
        return known;
    }

    private Reply reply(byte[] command) {
        Reply known = at.replies.get(ByteBuffer.wrap(command));
        if (known != null) {
            return known;
        }
        bring(at);
        byte[] answer = sent(command);
        var commands = new ArrayList<>(at.commands);
        commands.add(command.clone());
        var after = new Session(at.node, List.copyOf(commands));
        live = after;
        var reply = new Reply(answer, chip.writesOfLastCommand(), after);
        at.replies.put(ByteBuffer.wrap(command.clone()), reply);
        return reply;
    }

    private void bring(Session session) {
        if (session.equals(live)) {
            return;
        }
        chip.putBack(session.node.kept);
        session.commands.forEach(this::sent);
        live = session;
    }

    private byte[] sent(byte[] command) {
        try {
            return chip.transmit(command);
        } catch (Torn e) {
            throw new IllegalStateException("nobody asked for a tear", e);
        }
    }
}
