package etal.virtualcard;

import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.StatusWord;
import etal.virtualcard.CardSnapshot.Look;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.function.Function;

/**
 * Cuts the power in one command: at each of its writes on a new card, at each pair of writes one after the other, and
 * behind its last write where only the answer is lost.
 *
 * @param fresh a card that the command has not come to yet
 * @param mover the terminal that sends it
 * @param introduces true where the command is that terminal's introduction: else it has met the card before
 * @param look at what, each time
 * @param command built after each SELECT, for the challenge is new
 */
record Tearing(
        String name, Fresh fresh, TestStall mover, boolean introduces, Look look, Function<TestStall, byte[]> command) {
    interface Fresh {
        VirtualCard card(TestFund fund) throws Exception;
    }

    /** What was found: the persistent writes of the command, how often the power was cut, and what was not as it should. */
    record Findings(int points, int cuts, List<String> faults) {}

    private static final TestStall KNOWN = new TestStall(TestFund.OURS, 3, 1);

    private CardSnapshot look(VirtualCard card) throws Exception {
        return CardSnapshot.of(card, KNOWN, look);
    }

    private byte[] send(VirtualCard card) throws Exception {
        greet(card);
        return card.transmit(command.apply(mover));
    }

    private void greet(VirtualCard card) throws Exception {
        if (introduces) {
            mover.select(card);
        } else {
            mover.meet(card);
        }
    }

    private boolean isTornAt(VirtualCard card, int write) throws Exception {
        greet(card);
        card.tearAtWrite(write);
        return isTorn(card);
    }

    private boolean isTorn(VirtualCard card) {
        try {
            card.transmit(command.apply(mover));
            return false;
        } catch (Torn asAsked) {
            return true;
        }
    }

    /**
     * Each write on a card of its own, and the lost answer.
     *
     * @param untilOne whether the first fault is enough
     */
    Findings once(TestFund fund, boolean untilOne) throws Exception {
        List<String> faults = new ArrayList<>();
        VirtualCard untorn = fresh.card(fund);
        CardSnapshot before = look(untorn);
        expect(Answers.statusWord(send(untorn)) == StatusWord.DONE, "refused", faults);
        int points = untorn.writesOfLastCommand();
        CardSnapshot after = look(untorn);
        expect(!after.holdsSameAs(before), "changes nothing that this test sees", faults);
        CardSnapshot next = afterNext(untorn);
        for (int n = 1; n <= points && !(untilOne && !faults.isEmpty()); n++) {
            VirtualCard card = fresh.card(fund);
            expect(isTornAt(card, n), "was answered in spite of a cut at write " + n, faults);
            CardSnapshot torn = look(card);
            expect(torn.equals(before) || torn.holdsSameAs(after), "torn at write " + n + ": in between", faults);
            converges(card, after, next, "torn at write " + n, faults);
        }
        VirtualCard late = fresh.card(fund);
        greet(late);
        late.tearBeforeAnswer();
        expect(isTorn(late), "was answered", faults);
        expect(look(late).holdsSameAs(after), "answer lost: in between", faults);
        converges(late, after, next, "answer lost", faults);
        return new Findings(points, points + 1, faults);
    }

    /** Sent again, the command takes effect if it had not, and then never again. */
    private void converges(VirtualCard card, CardSnapshot after, CardSnapshot next, String how, List<String> faults)
            throws Exception {
        byte[] first = send(card);
        expect(Answers.statusWord(first) == StatusWord.DONE, how + ": not taken when sent again", faults);
        CardSnapshot settled = look(card);
        expect(settled.holdsSameAs(after), how + ": not settled when sent again", faults);
        byte[] again = send(card);
        expect(introduces || Arrays.equals(first, again), how + ": another answer to a repeat", faults);
        expect(card.writesOfLastCommand() == 0, how + ": a repeat writes", faults);
        expect(look(card).equals(settled), how + ": a repeat changes something", faults);
        expect(afterNext(card).holdsSameAs(next), how + ": what comes next goes another way", faults);
    }

    /** An introduction shows in the next one whether it took its place. */
    private CardSnapshot afterNext(VirtualCard card) throws Exception {
        if (introduces) {
            new TestStall(TestFund.OURS, 39, 1).meet(card);
        }
        return look(card);
    }

    /** Cut at n, sent again and cut at m, for all n and m of the last nine, on one card that must not change by any of it. */
    Findings twice(TestFund fund, int points) throws Exception {
        int from = Math.max(1, points - 8);
        List<String> faults = new ArrayList<>();
        VirtualCard card = fresh.card(fund);
        CardSnapshot before = look(card);
        CardState state = KNOWN.meet(card);
        int cuts = 0;
        for (int n = from; n <= points; n++) {
            for (int m = from; m <= points; m++) {
                cuts += 2;
                boolean torn = isTornAt(card, n) && isTornAt(card, m);
                expect(torn, "was answered in spite of a cut at write " + n + " or " + m, faults);
                expect(KNOWN.meet(card).equals(state), "torn at " + n + " and " + m + ": changed", faults);
            }
        }
        expect(look(card).equals(before), "torn at every pair of writes: changed", faults);
        byte[] answer = send(card);
        expect(Answers.statusWord(answer) == StatusWord.DONE, "not taken after all those cuts", faults);
        return new Findings(points, cuts, faults);
    }

    private void expect(boolean holds, String what, List<String> faults) {
        if (!holds) {
            faults.add(name + " " + what);
        }
    }
}
