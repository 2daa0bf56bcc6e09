package etal.provisioning.tool;

import etal.edge.pcsc.PcscCard;
import etal.edge.pcsc.PcscMeeting;
import etal.edge.pcsc.PcscSlot;
import etal.port.CardGone;
import etal.port.ReaderBroken;
import java.time.Duration;
import java.util.Optional;

/** A reader of the system's PC/SC service on the workbench. A card is taken once, until it is lifted. Used by one thread. */
final class PcscWorkbench implements WorkbenchReader {
    private static final Duration LOOK = Duration.ofSeconds(1);

    private final PcscSlot slot;
    private final String name;
    private boolean used;

    private PcscWorkbench(PcscSlot slot, String name) {
        this.slot = slot;
        this.name = name;
    }

    /** @throws ReaderBroken when the service does not run or has no such reader */
    static PcscWorkbench open(String namePart) throws ReaderBroken {
        PcscSlot slot = new PcscSlot(namePart);
        return new PcscWorkbench(slot, slot.find());
    }

    @Override
    public String place() {
        return name;
    }

    @Override
    public Card next() throws ReaderBroken {
        while (true) {
            // What has been dealt with, or does not talk, has to leave before the next is looked for.
            boolean empty = !used;
            while (!empty) {
                empty = slot.awaitEmpty(LOOK);
            }
            used = slot.awaitCard(LOOK);
            if (used && slot.connect() instanceof PcscMeeting.Met(PcscCard card)) {
                return new Lying(card);
            }
        }
    }

    @Override
    public void close() {
        // The service keeps nothing of a reader that has no card.
    }

    private record Lying(PcscCard card) implements Card {
        @Override
        public byte[] transmit(byte[] apdu) throws CardGone, ReaderBroken {
            return card.transmit(apdu);
        }

        @Override
        public Optional<byte[]> uid() {
            return card.uid();
        }

        @Override
        public void close() {
            card.close();
        }
    }
}
