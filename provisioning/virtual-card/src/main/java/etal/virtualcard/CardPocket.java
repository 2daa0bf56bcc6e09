package etal.virtualcard;

import java.io.Closeable;
import java.io.IOException;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/**
 * Cards by name, kept in one file, or only as long as the process runs. A card is a function of its seed and of what has happened to it, so the file is a
 * journal of both, written before each command is executed; a card is replayed when it is first used. A process that is
 * killed between the line and the answer leaves a card that has executed a command whose answer was lost, as a card that
 * is pulled away does. Thread-safe.
 */
public final class CardPocket implements Closeable {
    private final Map<String, PocketCard> cards = new LinkedHashMap<>();
    private final PocketCard.Memory memory;
    private final Closeable file;

    private CardPocket() {
        memory = happening -> {};
        file = () -> {};
    }

    private CardPocket(Path path) throws IOException {
        PocketJournal journal = PocketJournal.open(path, this::remember);
        memory = journal::append;
        file = journal;
        cards.values().forEach(card -> card.keptIn(memory));
    }

    /**
     * Opens a pocket, or starts an empty one.
     *
     * @throws IOException when the file is damaged (the line is named), in use already, or fails
     */
    public static CardPocket open(Path file) throws IOException {
        return new CardPocket(file);
    }

    /** An empty pocket whose cards last as long as the process; nothing is written anywhere. */
    public static CardPocket unkept() {
        return new CardPocket();
    }

    private void remember(Happening happening) {
        if (happening instanceof Happening.Made(String name, byte[] seed)) {
            cards.put(name, new PocketCard(name, seed));
            return;
        }
        PocketCard card = cards.get(happening.card());
        if (card != null) {
            card.remember(happening);
        }
    }

    /** The card of this name. */
    public synchronized Optional<PocketCard> card(String name) {
        return Optional.ofNullable(cards.get(name));
    }

    /** All names, in the order in which the cards were made. */
    public synchronized List<String> names() {
        return List.copyOf(cards.keySet());
    }

    /**
     * The card of this name and seed, made blank if it is not in the pocket yet.
     *
     * @param name 1 to 64 letters, digits, dots, underscores and hyphens
     * @param seed 1 to 64 bytes: the card's whole secret
     * @throws IllegalArgumentException when name or seed is unfit, or the name stands for a card with another seed
     */
    public synchronized PocketCard make(String name, byte[] seed) throws IOException {
        if (!Happening.isName(name) || seed.length < 1 || seed.length > 64) {
            throw new IllegalArgumentException("no card can have this name or seed: " + name);
        }
        PocketCard known = cards.get(name);
        if (known != null) {
            if (!Arrays.equals(seed, known.seed())) {
                throw new IllegalArgumentException("another card has this name: " + name);
            }
            return known;
        }
        memory.append(new Happening.Made(name, seed.clone()));
        PocketCard made = new PocketCard(name, seed.clone());
        made.keptIn(memory);
        cards.put(name, made);
        return made;
    }

    /** Lets go of the file. Cards that lie on readers must have been withdrawn. */
    @Override
    public synchronized void close() throws IOException {
        file.close();
    }
}
