package etal.fleet.world.cards.fault;

/** What goes wrong, each with its own odds in a seed. */
public enum Fault {
    /** The card leaves before it has the whole command. */
    CARD_LEAVES_BEFORE("card gone before", Often.COMMAND),
    /** The card loses power at one of its persistent writes. */
    CARD_TORN("card torn inside", Often.TEAR),
    /** The card has done it and leaves before its answer. */
    ANSWER_LOST("answer lost of", Often.COMMAND),
    /** The card has done it and leaves right after its answer. */
    CARD_LEAVES_AFTER("card gone after", Often.COMMAND),
    /** The answer arrives as something else. */
    ANSWER_GARBLED("answer garbled of", Often.COMMAND),
    /** The command arrives as something else. */
    COMMAND_GARBLED("command garbled of", Often.COMMAND),
    /** The card lies there, has done it or not, and no answer comes in time. */
    CARD_TOO_SLOW("too slow at", Often.COMMAND),
    /** The till's plug is pulled while the card works. */
    PLUG_DURING("plug pulled during", Often.COMMAND),
    /** The till's plug is pulled before a commit is durable. */
    PLUG_BEFORE_COMMIT("plug pulled before a commit", Often.COMMIT),
    /** The till's plug is pulled after a commit. */
    PLUG_AFTER_COMMIT("plug pulled after a commit", Often.COMMIT),
    /** Two cards lie in the field. */
    TWO_CARDS("two cards laid down", Often.PEOPLE),
    /** Something lies in the field that is no card. */
    NO_CARD("no card laid down", Often.PEOPLE),
    /** Somebody lays down another card than the basket waits for. */
    OTHER_CARD("another card laid down", Often.PEOPLE),
    /** A message never arrives. */
    MESSAGE_LOST("message lost", Often.PEOPLE),
    /** A message arrives twice. */
    MESSAGE_DOUBLED("message doubled", Often.PEOPLE),
    /** A message takes long, and others overtake it. */
    MESSAGE_LATE("message late", Often.PEOPLE),
    /** A message takes days. */
    MESSAGE_DAYS_LATE("message days late", Often.COMMAND),
    /** What a till sends does not arrive, and what is sent to it does. */
    NOTHING_GOES_UP("nothing goes up", Often.MISHAP),
    /** What is sent to a till does not arrive, and what it sends does. */
    NOTHING_COMES_DOWN("nothing comes down", Often.MISHAP),
    /** The broker begins anew and has lost all that it kept. */
    BROKER_FORGETS("the broker has lost all it kept", Often.MISHAP),
    /** The broker begins anew with what it kept long ago. */
    BROKER_OLD("the broker is as it was long ago", Often.MISHAP),
    /** A clock is wrong by minutes. */
    CLOCK_SKEWED("clock wrong by minutes", Often.MISHAP),
    /** A clock gains or loses. */
    CLOCK_DRIFTS("clock runs unevenly", Often.MISHAP),
    /** A clock is set by days. */
    CLOCK_STEPPED("clock set by days", Often.MISHAP),
    /** A clock is set by an hour, as by people in spring and autumn. */
    CLOCK_SUMMER_TIME("clock set by an hour", Often.MISHAP),
    /** A till's clock begins in 1970 when the till is switched on. */
    CLOCK_1970("clock begins in 1970", Often.PEOPLE),
    /** A till's disk is full for some commits. */
    TILL_DISK_FULL("till's disk full", Often.COMMIT),
    /** The hub's disk is full for some commits. */
    HUB_DISK_FULL("hub's disk full", Often.COMMIT),
    /** The hub's plug is pulled before a commit is durable. */
    HUB_PLUG_BEFORE_COMMIT("hub's plug pulled before a commit", Often.COMMIT),
    /** The hub's plug is pulled after a commit. */
    HUB_PLUG_AFTER_COMMIT("hub's plug pulled after a commit", Often.COMMIT),
    /** A second hub runs on the same store. */
    TWO_HUBS("two hubs on one store", Often.MISHAP),
    /** A till's second medium is pulled out. */
    MEDIUM_GONE("second medium gone", Often.MISHAP),
    /** A till's second medium is full. */
    MEDIUM_FULL("second medium full", Often.MISHAP),
    /** A till burns, and its second medium with it. */
    TERMINAL_BURNT("terminal burnt", Often.RARE),
    /** A till is stolen with its second medium. */
    TERMINAL_STOLEN("terminal stolen", Often.RARE),
    /** A till breaks, and another one goes on with its second medium. */
    TERMINAL_SWAPPED("terminal swapped", Often.RARE),
    /** A bit flips in a till's store. */
    BIT_FLIPPED("bit flipped in a till's store", Often.RARE),
    /** A till's certificate ends within the year. */
    CERTIFICATE_ENDS("certificate ends", Often.START),
    /** A printer has no paper. */
    PAPER_OUT("paper out", Often.MISHAP),
    /** A printer is broken. */
    PRINTER_BROKEN("printer broken", Often.MISHAP),
    /** The operator corrects a card by what another should have had, and takes it back later. */
    WRONG_VOUCHER("wrong voucher", Often.MISHAP),
    /** The operator denies a card that nobody has lost, and takes it off. */
    DENIED_BY_MISTAKE("card denied by mistake", Often.RARE),
    /** A card's memory is put back to an earlier moment, which no sound chip allows. */
    CARD_ROLLED_BACK("card rolled back", Often.MISHAP),
    /** Another card has all that one holds and knows, which no sound chip allows. */
    CARD_CLONED("card cloned", Often.SELDOM),
    /** The hub is restored from an old backup. */
    HUB_RESTORED("hub restored from an old backup", Often.SELDOM),
    /** A producer and members who collude: a ledger written by hand. */
    COLLUSION("producer cheats", Often.PEOPLE),
    /** The fund votes other rules from a day on, and that day begins in the middle of a market. */
    RULES_CHANGED("rules changed", Often.MISHAP),
    /** The operator opens a month late. */
    MONTH_LATE("month opened late", Often.EVENING),
    /** The operator orders a payout twice. */
    PAYOUT_TWICE("payout ordered twice", Often.EVENING),
    /** The bank rejects a payout. */
    PAYOUT_REJECTED("payout rejected by the bank", Often.EVENING),
    /** The operator enters the bank's statement twice. */
    STATEMENT_TWICE("statement entered twice", Often.EVENING),
    /** A line of the bank's statement comes days late. */
    STATEMENT_LATE("line of the bank late", Often.EVENING);

    /** How often at most, in a thousand occasions. */
    private enum Often {
        /** Of a command of a card, or a message. */
        COMMAND(45),
        /** Of a command that writes. */
        TEAR(90),
        /** Of a commit, of which there are many. */
        COMMIT(12),
        /** Of something that people do. */
        PEOPLE(120),
        /** Each time that somebody does something, whatever it is. */
        MISHAP(30),
        /** The same, what many a thing depends on. */
        SELDOM(20),
        /** The same, what spoils much. */
        RARE(10),
        /** Of a stall, once. */
        START(300),
        /** Of an evening. */
        EVENING(600);

        private final int permille;

        Often(int permille) {
            this.permille = permille;
        }
    }

    private final String words;
    private final Often often;

    Fault(String words, Often often) {
        this.words = words;
        this.often = often;
    }

    /** As the story tells it; those about a command go on with its name. */
    public String words() {
        return words;
    }

    /** How often at most in a thousand occasions: how often in a seed is drawn. */
    int permilleMost() {
        return often.permille;
    }
}
