package etal.virtualcard;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Answers.LoggedRecord;
import etal.protocol.card.Commands;
import etal.protocol.card.StatusWord;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import java.util.ArrayList;
import java.util.List;

/**
 * All that can be known of a card from outside: its state, every record it still holds with its signature, which of the
 * terminals 1 to 40 it knows, and which of the fund's keys it trusts. Two snapshots are equal when the card has not changed.
 *
 * @param facts everything but the signatures, which differ each time a record is signed
 * @param signatures of the records, oldest first; each has been verified
 */
record CardSnapshot(long counter, long allocationCents, List<String> facts, List<String> signatures) {
    private static final long TERMINALS = 40;
    private static final long RECORDS = 17;

    /** A month before every entitlement: a token of it is refused by its signature, or for bringing nothing. */
    private static final int LONG_AGO = 1;

    /**
     * What is looked at besides state and ring.
     *
     * @param terminals which terminals the card knows
     * @param keys which of the fund's keys it trusts
     * @param others terminals that may share a key with it
     */
    record Look(boolean terminals, boolean keys, List<TestStall> others) {
        static final Look ALL = new Look(true, true, List.of());
        static final Look MONEY = new Look(false, false, List.of());
    }

    /** Takes the card out of the field and looks at it through a terminal that it knows already. */
    static CardSnapshot of(VirtualCard card, TestStall known) throws Exception {
        return of(card, known, Look.ALL);
    }

    static CardSnapshot of(VirtualCard card, TestStall known, Look look) throws Exception {
        List<String> facts = new ArrayList<>();
        List<String> signatures = new ArrayList<>();
        card.powerOff();
        if (look.terminals) {
            terminals(card, facts);
        }
        for (TestStall other : look.others) {
            other.select(card);
            facts.add("shares a key with " + other.terminal + ": " + shares(other, card.transmit(other.state())));
        }
        CardState state = known.meet(card);
        facts.add("newest " + Hash.hex(state.newest().encode()));
        facts.add("entitlement " + state.entitlement());
        facts.add("vouchers " + state.vouchers());
        long counter = state.newest().counter();
        for (long c = Math.max(0, counter - RECORDS); c <= counter + 1; c++) {
            byte[] answer = card.transmit(known.readLog(c));
            if (Answers.statusWord(answer) != StatusWord.DONE) {
                facts.add("record " + c + " absent");
                continue;
            }
            LoggedRecord logged = Answers.readLog(known.key(), known.challenge(), c, answer);
            if (!logged.record().verify(known.cardKey(), logged.signature())) {
                throw new AssertionError("record " + c + " does not verify");
            }
            facts.add("record " + c + " " + Hash.hex(logged.record().encode()));
            signatures.add(Hash.hex(logged.signature()));
        }
        facts.add("generation " + known.select(card).keyGeneration());
        if (look.keys) {
            keys(card, known, facts);
        }
        card.powerOff();
        return new CardSnapshot(counter, state.newest().after().allocation(), facts, signatures);
    }

    private static void terminals(VirtualCard card, List<String> facts) throws Torn {
        for (long terminal = 1; terminal <= TERMINALS; terminal++) {
            card.transmit(Commands.select());
            int word = Answers.statusWord(card.transmit(Commands.state(terminal, 1)));
            facts.add("terminal " + terminal + (word == StatusWord.UNKNOWN_TERMINAL ? " unknown" : " known"));
        }
    }

    private static boolean shares(TestStall stall, byte[] state) {
        try {
            Answers.state(stall.key(), stall.challenge(), state);
            return true;
        } catch (Malformed otherKey) {
            return false;
        }
    }

    /** Asks the card to use each key, in ways that write nothing whatever it answers. */
    private static void keys(VirtualCard card, TestStall known, List<String> facts) throws Exception {
        TestFund fund = TestFund.OURS;
        for (String generation : List.of("", " second", " third")) {
            String authority = "terminal CA" + generation;
            int word = Answers.statusWord(card.transmit(known.introduce(fund.certifyTerminal(known, authority))));
            facts.add(authority + " " + Integer.toHexString(word));
            for (int slot = 0; slot <= 1; slot++) {
                String key = "issuing " + slot + generation;
                byte[] load = known.load(fund.token(LONG_AGO, slot, key));
                facts.add(key + " " + Integer.toHexString(Answers.statusWord(card.transmit(load))));
            }
        }
    }

    /** Whether the card holds the same, be it signed anew. */
    boolean holdsSameAs(CardSnapshot other) {
        return facts.equals(other.facts);
    }
}
