package etal.edge.pcsc;

import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import javax.smartcardio.Card;
import javax.smartcardio.CardException;
import javax.smartcardio.CardNotPresentException;
import javax.smartcardio.CardTerminal;
import org.jspecify.annotations.Nullable;

/**
 * One reader of the PC/SC service, found by a part of its name. The JDK has one way to the service for the whole process
 * and shuts it while it waits on it; so one thread does everything with a slot, its card included.
 */
public final class PcscSlot {
    /** PC/SC part 3, 3.1.3.2.3.1: the historical bytes by which a reader says that a tag only stores. */
    private static final byte[] STORAGE = {
        (byte) 0x80, 0x4F, 0x0C, (byte) 0xA0, 0x00, 0x00, 0x03, 0x06,
    };

    private static final Set<String> MUTE =
            Set.of("SCARD_W_UNRESPONSIVE_CARD", "SCARD_W_UNPOWERED_CARD", "SCARD_E_NOT_TRANSACTED");
    private static final Set<String> UNFIT =
            Set.of("SCARD_W_UNSUPPORTED_CARD", "SCARD_E_PROTO_MISMATCH", "SCARD_E_CARD_UNSUPPORTED");
    private static final Set<String> MISSED =
            Set.of("SCARD_E_SHARING_VIOLATION", "SCARD_W_RESET_CARD", "SCARD_W_REMOVED_CARD", "SCARD_E_NO_SMARTCARD");

    private final String namePart;
    private @Nullable CardTerminal terminal;

    /** @param namePart a part of the reader's name, in any case; empty for the first reader there is */
    public PcscSlot(String namePart) {
        this.namePart = namePart.toLowerCase(Locale.ROOT);
    }

    /**
     * Looks for the reader, through a new way to the service if the old one is broken. Of several that fit the service's
     * first is taken.
     *
     * @return its whole name
     * @throws ReaderBroken when the service does not run or has no such reader; look again later
     */
    public String find() throws ReaderBroken {
        terminal = null;
        List<CardTerminal> all = list();
        for (CardTerminal one : all) {
            if (one.getName().toLowerCase(Locale.ROOT).contains(namePart)) {
                terminal = one;
                return one.getName();
            }
        }
        String those = all.isEmpty()
                ? "it has none"
                : "it has "
                        + String.join(
                                ", ", all.stream().map(CardTerminal::getName).toList());
        throw new ReaderBroken("the PC/SC service has no such reader; " + those);
    }

    private static List<CardTerminal> list() throws ReaderBroken {
        try {
            return PcscService.terminals().list();
        } catch (CardException stale) {
            if (PcscService.code(stale).equals("SCARD_E_NO_READERS_AVAILABLE")) {
                return List.of();
            }
            PcscService.renew();
        }
        try {
            return PcscService.terminals().list();
        } catch (CardException failure) {
            if (PcscService.code(failure).equals("SCARD_E_NO_READERS_AVAILABLE")) {
                return List.of();
            }
            throw new ReaderBroken("the PC/SC service (pcscd) has failed: " + PcscService.code(failure), failure);
        }
    }

    /** Whether something lies in the field now. @throws ReaderBroken when the reader or the service is gone */
    public boolean occupied() throws ReaderBroken {
        CardTerminal at = terminal();
        try {
            return at.isCardPresent();
        } catch (CardException failure) {
            throw PcscService.broken(at, failure);
        }
    }

    /** Waits until something lies in the field; false when nothing does after this time. */
    public boolean awaitCard(Duration atMost) throws ReaderBroken {
        CardTerminal at = terminal();
        try {
            return at.waitForCardPresent(atMost.toMillis());
        } catch (CardException failure) {
            throw PcscService.broken(at, failure);
        }
    }

    /** Waits until the field is empty; false when it is not after this time. */
    public boolean awaitEmpty(Duration atMost) throws ReaderBroken {
        CardTerminal at = terminal();
        try {
            return at.waitForCardAbsent(atMost.toMillis());
        } catch (CardException failure) {
            throw PcscService.broken(at, failure);
        }
    }

    /** Connects to what lies in the field, with T=1 as contactless readers have it, and keeps all others away from it. */
    public PcscMeeting connect() throws ReaderBroken {
        CardTerminal at = terminal();
        try {
            Card card = at.connect("T=1");
            if (storesOnly(card.getATR().getHistoricalBytes())) {
                PcscService.release(card);
                return new PcscMeeting.Unfit();
            }
            return held(card);
        } catch (CardNotPresentException left) {
            return new PcscMeeting.Missed();
        } catch (CardException failure) {
            String code = PcscService.code(failure);
            if (MUTE.contains(code)) {
                return new PcscMeeting.Mute();
            }
            if (UNFIT.contains(code)) {
                return new PcscMeeting.Unfit();
            }
            if (MISSED.contains(code)) {
                return new PcscMeeting.Missed();
            }
            throw PcscService.broken(at, failure);
        }
    }

    private static PcscMeeting held(Card card) throws CardException {
        try {
            card.beginExclusive();
            return new PcscMeeting.Met(new PcscCard(card));
        } catch (CardException | IllegalStateException left) {
            PcscService.release(card);
            if (left instanceof CardException failure) {
                throw failure;
            }
            return new PcscMeeting.Missed();
        }
    }

    static boolean storesOnly(byte[] historical) {
        return historical.length > STORAGE.length
                && Arrays.equals(historical, 0, STORAGE.length, STORAGE, 0, STORAGE.length);
    }

    private CardTerminal terminal() throws ReaderBroken {
        CardTerminal found = terminal;
        if (found == null) {
            throw new ReaderBroken("the reader has not been found yet");
        }
        return found;
    }
}
