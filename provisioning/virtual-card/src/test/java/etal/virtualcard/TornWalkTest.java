package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.SeededEntropy;
import etal.protocol.card.Answers;
import etal.protocol.card.Answers.CardState;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.Personalisation.KeySlot;
import etal.testkit.Seeds;
import etal.virtualcard.CardModel.Ask;
import etal.virtualcard.CardModel.Reply;
import java.util.HashSet;
import java.util.Set;
import org.junit.jupiter.api.Test;

/**
 * A card's life at random: hundreds of commands of all kinds, good and bad, at three terminals, torn at random. The card is
 * always what a book kept beside it says, or what the book would say had the torn command been taken.
 */
class TornWalkTest {
    private static final Entitlement START =
            new Entitlement(20_000, 2_500, 30_000, 0, TestFund.APRIL, TestFund.APRIL + 200, 1, 1);

    private final TestFund fund = TestFund.OURS;

    /** What happened on the way, to see that everything did. */
    private record Tally(Set<Integer> words, int[] torn, int[] takenThough) {}

    private final class Walk {
        private final SeededEntropy random;
        private final VirtualCard card;
        private final TestStall[] stalls = {
            new TestStall(fund, 3, 1), new TestStall(fund, 4, 1), new TestStall(fund, 5, 1)
        };
        private final Tally tally;
        private CardModel model = CardModel.fresh(START);
        private Ask ask = new Ask.Block(3, 77);

        Walk(long seed, Tally tally) throws Exception {
            random = new SeededEntropy(seed);
            card = fund.card(1, START);
            this.tally = tally;
        }

        void step() throws Exception {
            ask = random.below(4) == 0 ? ask : next(3 + random.below(3));
            TestStall by = stalls[(int) terminal(ask) - 3];
            assertEquals(true, isAsModel(by.meet(card), model, by), "before " + ask);
            Reply expected = model.reply(ask);
            int fate = (int) random.below(5);
            if (fate == 0) {
                card.tearAtWrite(1 + (int) random.below(ask instanceof Ask.NewKey ? 26 : 6));
            } else if (fate == 1) {
                card.tearBeforeAnswer();
            }
            try {
                int word = Answers.statusWord(card.transmit(command(by)));
                assertEquals(Integer.toHexString(expected.word()), Integer.toHexString(word), ask + " on " + model);
                tally.words.add(word);
                model = expected.after();
                assertTrue(isAsModel(by.meet(card), model, by), "after " + ask);
            } catch (Torn cut) {
                tally.torn[0]++;
                CardState state = by.meet(card);
                if (!isAsModel(state, model, by)) {
                    assertTrue(isAsModel(state, expected.after(), by), "torn " + ask + ": " + state);
                    tally.takenThough[0]++;
                    model = expected.after();
                }
            }
        }

        private boolean isAsModel(CardState state, CardModel book, TestStall by) throws Exception {
            long highest = book.taken().isEmpty() ? 0 : book.taken().last();
            long bitmap = 0;
            for (long number : book.taken()) {
                bitmap |= number > highest - 64 ? 1L << (highest - number) : 0;
            }
            return state.newest().after().equals(book.balances())
                    && state.newest().counter() == book.counter()
                    && state.newest().period() == book.period()
                    && state.newest().tag() == book.log().getLast().tag()
                    && state.entitlement().equals(book.entitlement())
                    && state.vouchers().highest() == highest
                    && state.vouchers().bitmap() == bitmap
                    && generation(by) == book.generation();
        }

        /** As SELECT told it when the terminal met the card. */
        private int generation(TestStall by) {
            return by.selected().keyGeneration();
        }

        private Ask next(long terminal) {
            return switch ((int) random.below(16)) {
                case 0, 1, 2, 3, 4 -> new Ask.Debit(terminal, sale(), seen(), spent());
                case 5, 6, 7 -> cancel(terminal);
                case 8, 9 ->
                    new Ask.Load(terminal, TestFund.APRIL + (int) (model.counter() / 12 + random.below(3)), 1, key(2));
                case 10 -> new Ask.Load(terminal, TestFund.APRIL + (int) random.below(150), 0, key(1));
                case 11, 12 ->
                    new Ask.Add(terminal, number(), TestFund.APRIL + (int) random.below(150), given(), key(1));
                case 13 -> new Ask.Replace(terminal, entitlement(), key(2));
                case 14 -> new Ask.NewKey(terminal, (int) random.below(3), generation());
                default ->
                    model.counter() > 80
                            ? new Ask.Block(terminal, key(1))
                            : new Ask.Debit(terminal, sale(), seen(), spent());
            };
        }

        private long sale() {
            return model.counter() + random.below(3);
        }

        private long seen() {
            return model.counter() + (random.below(12) == 0 ? 1 : 0);
        }

        private Deltas spent() {
            long earned = random.below(3) == 0 ? random.below(200) : 0;
            long spent = random.below(2) == 0 ? random.below(300) : 0;
            return new Deltas(10 - random.below(1_500), earned - spent, -earned - (random.below(30) == 0 ? -1 : 0));
        }

        private Ask cancel(long terminal) {
            CardModel.Line line = model.log().get((int) Math.max(0, model.counter() - random.below(4)));
            Deltas all = line.deltas().negated();
            Deltas back = random.below(2) == 0
                    ? all
                    : new Deltas(all.allocation() / 2, all.bonus() + random.below(3) - 1, all.earnable());
            return new Ask.Cancel(
                    random.below(6) == 0 || line.terminal() == 0 ? terminal : line.terminal(),
                    line.sale(),
                    seen(),
                    back);
        }

        private long number() {
            long highest = model.taken().isEmpty() ? 0 : model.taken().last();
            return Math.max(0, highest + 4 - random.below(random.below(5) == 0 ? 90 : 9));
        }

        private Deltas given() {
            return new Deltas(random.below(900) - 100, random.below(200) - 20, random.below(50) - 10);
        }

        private Entitlement entitlement() {
            int version = model.entitlement().version() + (int) random.below(3);
            return new Entitlement(
                    random.below(9_000), random.below(900), random.below(40_000), 0, TestFund.APRIL, 250, 2, version);
        }

        private int key(int slot) {
            return random.below(8) == 0 ? 77 : model.keys().get(slot);
        }

        private int generation() {
            return Math.max(2, model.generation() + (int) random.below(3));
        }

        private byte[] command(TestStall by) {
            return switch (ask) {
                case Ask.Debit d -> by.debit(by.debitOf(d.sale(), d.counterSeen(), d.deltas()));
                case Ask.Cancel c -> by.cancel(c.sale(), c.counterSeen(), c.deltas());
                case Ask.Load l -> by.load(fund.token(l.period(), l.slot(), keyName(1 + l.slot(), l.key())));
                case Ask.Add a -> by.order(fund.add(1, a.number(), a.lastPeriod(), a.deltas(), keyName(1, a.key())));
                case Ask.Replace r -> by.order(fund.set(1, r.entitlement(), keyName(2, r.key())));
                case Ask.Block b -> by.order(fund.block(1, keyName(1, b.key())));
                case Ask.NewKey k -> {
                    KeySlot slot = KeySlot.values()[k.slot()];
                    yield by.keyUpdate(fund.keyUpdate(slot, k.generation(), keyName(k.slot(), k.generation())));
                }
            };
        }
    }

    private static String keyName(int slot, int generation) {
        String name = slot == 0 ? "terminal CA" : "issuing " + (slot - 1);
        return generation == 1 ? name : name + " of generation " + generation;
    }

    private static long terminal(Ask ask) {
        return switch (ask) {
            case Ask.Debit d -> d.terminal();
            case Ask.Cancel c -> c.terminal();
            case Ask.Load l -> l.terminal();
            case Ask.Add a -> a.terminal();
            case Ask.Replace r -> r.terminal();
            case Ask.Block b -> b.terminal();
            case Ask.NewKey k -> k.terminal();
        };
    }

    @Test
    void a_card_torn_at_random_never_differs_from_the_book() {
        Tally tally = new Tally(new HashSet<>(), new int[1], new int[1]);
        int seeds = 3;
        int steps = 200;
        Seeds.forEach(seeds, seed -> {
            Walk walk = new Walk(seed, tally);
            for (int i = 0; i < steps; i++) {
                walk.step();
            }
        });
        System.out.println(seeds + " walks of " + steps + " commands: torn " + tally.torn[0] + ", of these taken "
                + tally.takenThough[0] + ", status words " + tally.words.size());
        assertTrue(tally.words.size() >= 8, "not every answer was met: " + tally.words);
        assertTrue(tally.takenThough[0] > 10 && tally.torn[0] > tally.takenThough[0] + 10, "torn " + tally.torn[0]);
    }
}
