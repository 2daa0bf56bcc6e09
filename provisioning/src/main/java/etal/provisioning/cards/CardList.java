package etal.provisioning.cards;

import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.provisioning.ca.Journal;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * The issuing journal of cards. A card is written down before it can lock, and again once it has: whatever lies between is
 * found when the card is presented once more. Safe for use by any thread.
 */
public final class CardList {
    private final Journal journal;
    private final Map<String, IssuedCard> begun = new LinkedHashMap<>();
    private final Map<String, IssuedCard> done = new LinkedHashMap<>();
    private int linesRead;
    private int batchSize;
    private int batchDone;

    private CardList(Journal journal) {
        this.journal = journal;
    }

    /** Opens or creates the list. */
    public static CardList open(Path file) throws StorageFailed {
        var list = new CardList(Journal.open(file));
        var unused = list.issued();
        return list;
    }

    /** The cards issued, in order. */
    public List<IssuedCard> issued() throws StorageFailed {
        return journal.step(known -> {
            readOn(known);
            return List.copyOf(done.values());
        });
    }

    /** Cards written down and never seen locked: their chips have made another key since, or lie somewhere unrecorded. */
    public List<IssuedCard> pending() throws StorageFailed {
        return journal.step(known -> {
            readOn(known);
            var pending = new ArrayList<IssuedCard>();
            begun.forEach((id, card) -> {
                if (!done.containsKey(id)) {
                    pending.add(card);
                }
            });
            return List.copyOf(pending);
        });
    }

    /** How far the batch begun last has come. A list without batches is at 0 of 0. */
    public record Progress(int done, int size) {
        /** Whether cards of it are still to be made. */
        public boolean unfinished() {
            return done < size;
        }
    }

    /** How far the batch begun last has come. */
    public Progress progress() throws StorageFailed {
        return journal.step(known -> {
            readOn(known);
            return new Progress(batchDone, batchSize);
        });
    }

    /** Begins a batch of so many cards. */
    public void beginBatch(int size) throws StorageFailed {
        append("batch " + size);
    }

    /** The card written down with this id, whether it is locked or not. */
    Optional<IssuedCard> find(CardCertificate certificate) throws StorageFailed {
        return journal.step(known -> {
            readOn(known);
            return Optional.ofNullable(begun.get(Hash.hex(certificate.cardId())))
                    .filter(card -> card.certificate().equals(certificate));
        });
    }

    /** Whether this card stands as issued. */
    boolean isDone(IssuedCard card) throws StorageFailed {
        return journal.step(known -> {
            readOn(known);
            return done.containsKey(card.id());
        });
    }

    /** Writes down a card that is about to be locked. */
    void begin(IssuedCard card) throws StorageFailed {
        append("begun " + Hash.hex(card.certificate().encode()) + " "
                + Hash.hex(card.entitlement().encode()));
    }

    /** Writes down that it is locked. */
    void finish(IssuedCard card) throws StorageFailed {
        append("done " + card.id());
    }

    private void append(String line) throws StorageFailed {
        int size = journal.step(known -> {
            known.append(line);
            readOn(known);
            return known.lines().size();
        });
        assert size == linesRead;
    }

    private void readOn(Journal.Known known) throws StorageFailed {
        while (linesRead < known.lines().size()) {
            try {
                read(known.lines().get(linesRead).split(" ", -1));
            } catch (Malformed | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new StorageFailed("Line " + (linesRead + 1) + " of the list of cards makes no sense.", e);
            }
            linesRead++;
        }
    }

    private void read(String[] words) throws Malformed {
        switch (words[0]) {
            case "batch" -> {
                batchSize = Integer.parseInt(words[1]);
                batchDone = 0;
            }
            case "begun" -> {
                var certificate = CardCertificate.decode(Hash.unhex(words[1]));
                var card = new IssuedCard(certificate, Entitlement.decode(Hash.unhex(words[2])));
                begun.put(card.id(), card);
            }
            case "done" -> {
                IssuedCard card = begun.get(words[1]);
                if (card == null) {
                    throw new Malformed("done before begun");
                }
                done.put(words[1], card);
                batchDone++;
            }
            default -> throw new Malformed("an unknown kind of line");
        }
    }
}
