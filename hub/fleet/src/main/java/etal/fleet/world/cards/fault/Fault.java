package etal.fleet.world.cards.fault;

/** What goes wrong, each with its own odds in a seed. */
public enum Fault {
    /** The card leaves before it has the whole command. */
    CARD_LEAVES_BEFORE("card gone before"),
    /** The card loses power at one of its persistent writes. */
    CARD_TORN("card torn inside"),
    /** The card has done it and leaves before its answer. */
    ANSWER_LOST("answer lost of"),
    /** The card has done it and leaves right after its answer. */
    CARD_LEAVES_AFTER("card gone after"),
    /** The answer arrives as something else. */
    ANSWER_GARBLED("answer garbled of"),
    /** The command arrives as something else. */
    COMMAND_GARBLED("command garbled of"),
    /** The card lies there, has done it or not, and no answer comes in time. */
    CARD_TOO_SLOW("too slow at"),
    /** The till's plug is pulled while the card works. */
    PLUG_DURING("plug pulled during"),
    /** The till's plug is pulled before a commit is durable. */
    PLUG_BEFORE_COMMIT("plug pulled before a commit"),
    /** The till's plug is pulled after a commit. */
    PLUG_AFTER_COMMIT("plug pulled after a commit"),
    /** Two cards lie in the field. */
    TWO_CARDS("two cards laid down"),
    /** Something lies in the field that is no card. */
    NO_CARD("no card laid down"),
    /** Somebody lays down another card than the basket waits for. */
    OTHER_CARD("another card laid down"),
    /** A message never arrives. */
    MESSAGE_LOST("message lost"),
    /** A message arrives twice. */
    MESSAGE_DOUBLED("message doubled"),
    /** A message takes long, and others overtake it. */
    MESSAGE_LATE("message late");

    private final String words;

    Fault(String words) {
        this.words = words;
    }

    /** As the story tells it; those about a command go on with its name. */
    public String words() {
        return words;
    }
}
