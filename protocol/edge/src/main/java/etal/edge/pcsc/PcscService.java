package etal.edge.pcsc;

import etal.port.ReaderBroken;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.lang.reflect.Method;
import java.security.NoSuchAlgorithmException;
import java.util.Map;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardTerminal;
import javax.smartcardio.CardTerminals;
import javax.smartcardio.TerminalFactory;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * The way to the system's PC/SC service. The JDK opens it once for the whole process and then keeps it: after a restart of
 * the service every call fails for good. And of a card that was pulled out it never gives the handle back, of which the
 * service has 200. Neither can be mended through {@code javax.smartcardio}, so this class reaches behind it; that needs
 * {@code --add-opens java.smartcardio/sun.security.smartcardio=ALL-UNNAMED}, and without it the program has to be started
 * again after the service was.
 */
final class PcscService {
    private static final Logger LOG = LoggerFactory.getLogger(PcscService.class);
    private static final String BEHIND = "sun.security.smartcardio.";

    static {
        // An answer is what the card said: no status word makes the JDK send a command by itself. Read at its first
        // use.
        System.setProperty(BEHIND + "t1GetResponse", "false");
    }

    private PcscService() {}

    /** The readers' door. @throws ReaderBroken when the service does not run */
    static CardTerminals terminals() throws ReaderBroken {
        try {
            return TerminalFactory.getInstance("PC/SC", null).terminals();
        } catch (NoSuchAlgorithmException unavailable) {
            throw new ReaderBroken("the PC/SC service (pcscd) does not answer", unavailable);
        }
    }

    /** Forgets what the JDK remembers of the service, so that the next use opens it anew. */
    static synchronized void renew() {
        try {
            Class<?> terminals = Class.forName(BEHIND + "PCSCTerminals");
            Field context = terminals.getDeclaredField("contextId");
            Field known = terminals.getDeclaredField("terminals");
            context.setAccessible(true);
            known.setAccessible(true);
            context.setLong(null, 0);
            if (known.get(null) instanceof Map<?, ?> readers) {
                readers.clear();
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
            LOG.warn("the PC/SC service can only be used again after this program is restarted: {}", closed.toString());
        }
    }

    /** Gives a card's handle back, also that of a card which the JDK knows to be gone and therefore would keep. */
    static void release(Card card) {
        try {
            // Without a reset: of one that fails the service concludes that the field is empty, and when the card is
            // back
            // before its next look, it stays of that opinion until the card leaves again.
            card.disconnect(false);
            if (card.toString().endsWith("REMOVED")) {
                Class<?> ofCard = Class.forName(BEHIND + "CardImpl");
                Field handle = ofCard.getDeclaredField("cardId");
                handle.setAccessible(true);
                Method disconnect =
                        Class.forName(BEHIND + "PCSC").getDeclaredMethod("SCardDisconnect", long.class, int.class);
                disconnect.setAccessible(true);
                disconnect.invoke(null, handle.getLong(card), 0);
            }
        } catch (CardException gone) {
            LOG.debug("a card was let go that had left: {}", code(gone));
        } catch (ReflectiveOperationException | InaccessibleObjectException notGivenBack) {
            LOG.debug("a card's handle was not given back: {}", notGivenBack.toString());
        }
    }

    /** What the service said, such as {@code SCARD_E_NO_SERVICE}. */
    static String code(CardException failure) {
        Throwable cause = failure.getCause();
        return String.valueOf(cause == null ? failure.getMessage() : cause.getMessage());
    }

    /** A failure of the reader or the service, with what was said. */
    static ReaderBroken broken(CardTerminal terminal, CardException failure) {
        return new ReaderBroken("the reader " + terminal.getName() + " has failed: " + code(failure), failure);
    }
}
