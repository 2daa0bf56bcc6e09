package etal.hub.broker;

import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Topics;
import etal.protocol.trust.Role;
import etal.protocol.trust.Verified;
import java.util.List;

/**
 * Who may say what where, by certificate alone.
 *
 * <p>A terminal sends its batches and its presence to topics of its own, and hears its own acknowledgements and gaps and all documents of its
 * fund. The hub hears everything of its fund and sends everything but those two. Nobody else may do anything. Stateless.
 */
final class Authority {
    private static final long ANY_FUND = 0;

    private Authority() {}

    /** Whether this peer may connect under this client identifier: terminals under their ledger's name, which is theirs. */
    static boolean mayConnect(Verified peer, String clientId) {
        return switch (peer.role()) {
            case TERMINAL -> clientId.equals(peer.commonName());
            case HUB_MQTT -> clientId.startsWith("hub");
            default -> false;
        };
    }

    /** Whether this peer may publish to {@code topic}. */
    static boolean mayPublish(Verified peer, String topic) {
        return switch (peer.role()) {
            case TERMINAL ->
                topic.equals(Topics.up(peer.fund(), terminal(peer)))
                        || topic.equals(Topics.here(peer.fund(), terminal(peer)));
            case HUB_MQTT -> ofFund(peer, topic) && isOneOf(topic, List.of("ack", "gap", "doc"));
            default -> false;
        };
    }

    /** Whether this peer may subscribe to {@code filter}. */
    static boolean maySubscribe(Verified peer, String filter) {
        return switch (peer.role()) {
            case TERMINAL ->
                filter.equals(Topics.ack(peer.fund(), terminal(peer)))
                        || filter.equals(Topics.gap(peer.fund(), terminal(peer)))
                        || filter.startsWith(Topics.allDocs(peer.fund()));
            case HUB_MQTT -> ofFund(peer, filter);
            default -> false;
        };
    }

    /** A hub whose certificate names no fund serves several. */
    private static boolean ofFund(Verified peer, String topic) {
        return peer.fund() == ANY_FUND ? topic.startsWith("etal/") : topic.startsWith("etal/" + peer.fund() + "/");
    }

    private static boolean isOneOf(String topic, List<String> kinds) {
        String[] levels = topic.split("/", -1);
        return levels.length >= 4 && kinds.contains(levels[2]);
    }

    private static long terminal(Verified peer) {
        if (peer.role() != Role.TERMINAL) {
            throw new IllegalStateException(peer.commonName() + " is no terminal");
        }
        try {
            return LedgerId.parse(peer.commonName()).terminal();
        } catch (Malformed e) {
            throw new IllegalStateException("a terminal's name was checked with its chain", e);
        }
    }
}
