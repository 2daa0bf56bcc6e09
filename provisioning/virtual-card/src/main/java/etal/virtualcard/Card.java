package etal.virtualcard;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;

/**
 * Lays cards onto a reader by hand: {@code Card POCKET HOST:PORT NAME...}. The reader is a terminal's TCP reader or
 * pcscd's virtual one (port 35963). Each card lies there until Enter is pressed or the reader lets go; then comes the
 * next. A name that the pocket does not hold yet is made, blank and with a random seed. Ends with 0, with 2 on bad usage,
 * with 3 when the pocket cannot be used or nobody listens.
 */
public final class Card {
    private static final int SEED_LENGTH = 32;
    private static final Duration WITHDRAWN_WITHIN = Duration.ofSeconds(5);

    private Card() {}

    /** Runs the command. */
    public static void main(String[] arguments) {
        int colon = arguments.length < 3 ? -1 : arguments[1].lastIndexOf(':');
        if (colon < 1 || !arguments[1].substring(colon + 1).matches("[0-9]{1,5}")) {
            System.err.println("usage: Card POCKET HOST:PORT NAME...");
            System.exit(2);
        }
        String host = arguments[1].substring(0, colon);
        int port = Integer.parseInt(arguments[1].substring(colon + 1));
        List<String> names = Arrays.asList(arguments).subList(2, arguments.length);
        try (CardPocket pocket = CardPocket.open(Path.of(arguments[0]))) {
            for (String name : names) {
                layDown(pocket, name, new InetSocketAddress(host, port));
            }
        } catch (IllegalArgumentException badName) {
            System.err.println(badName.getMessage());
            System.exit(2);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        } catch (IOException unusable) {
            System.err.println(unusable.getMessage());
            System.exit(3);
        }
    }

    private static void layDown(CardPocket pocket, String name, InetSocketAddress reader)
            throws IOException, InterruptedException {
        byte[] seed = new byte[SEED_LENGTH];
        new SecureRandom().nextBytes(seed);
        PocketCard card = pocket.card(name).isPresent() ? pocket.card(name).orElseThrow() : pocket.make(name, seed);
        try (PresentedCard presented = card.present(reader, new Tear.Never())) {
            System.out.println("ready card " + name + " at " + reader.getHostString() + ":" + reader.getPort());
            int key = System.in.read();
            while (key >= 0 && key != '\n') {
                key = System.in.read();
            }
            presented.withdraw();
            var unused = presented.await(WITHDRAWN_WITHIN);
        }
    }
}
