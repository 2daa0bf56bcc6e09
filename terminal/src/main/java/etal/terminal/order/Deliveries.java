package etal.terminal.order;

import etal.port.CardGone;
import etal.port.ReaderBroken;
import etal.port.StorageFailed;
import etal.protocol.ledger.CardProof;
import etal.protocol.sync.WantedRecords;
import etal.terminal.card.CardSession;
import etal.terminal.card.LogResult;
import java.util.ArrayList;
import java.util.List;

/**
 * What every presentation of a card shares. Used from the loop only.
 *
 * @param book what the fund has for its cards
 * @param entries where it stands what they took
 */
public record Deliveries(OrderBook book, CardEntries entries) {
    /** Records read of one presentation: the rest at the next, so that a stall with a queue waits for none of it. */
    private static final int WANTED_MAX = 8;

    /** The records a card keeps: older ones it has overwritten (protocol/docs/card.md). */
    private static final long RING = 16;

    /**
     * Reads what the hub wants of this card's ring, oldest first, because these are overwritten next. Call it when
     * everything else is done and shown: the card may be taken away meanwhile, and then what was read until then is kept.
     */
    public void bringWanted(CardSession session) throws StorageFailed {
        List<WantedRecords.Span> spans = book.wantedOf(session.certificate().cardId());
        if (spans.isEmpty()) {
            return;
        }
        List<CardProof> found = new ArrayList<>();
        try {
            read(session, spans, found);
        } catch (CardGone | ReaderBroken away) {
            // The member has left, as they may: the document still asks, and the next presentation goes on.
            keep(found);
            return;
        }
        keep(found);
    }

    private void keep(List<CardProof> found) throws StorageFailed {
        if (!found.isEmpty()) {
            entries.wanted(found);
        }
    }

    private void read(CardSession session, List<WantedRecords.Span> spans, List<CardProof> found)
            throws CardGone, ReaderBroken, StorageFailed {
        if (!session.stateRead() && session.readState() != null) {
            return;
        }
        long newest = session.state().newest().counter();
        for (WantedRecords.Span span : spans) {
            // The tap may have written one more since its state was read, and that one came with the tap.
            long oldest = Math.max(span.first(), newest - RING + 1);
            for (long counter = oldest; counter <= Math.min(span.last(), newest); counter++) {
                if (found.size() >= WANTED_MAX) {
                    return;
                }
                if (!entries.known(session, counter)) {
                    switch (session.readLog(counter)) {
                        case LogResult.Found record -> found.add(record.proof());
                        case LogResult.NotInRing gone -> {}
                        case LogResult.Unclear unclear -> {
                            return;
                        }
                    }
                }
            }
        }
    }

    /** For the next presentation of a card. */
    public Delivery next(Delivery.Month month) {
        return new Delivery(book, entries, month);
    }
}
