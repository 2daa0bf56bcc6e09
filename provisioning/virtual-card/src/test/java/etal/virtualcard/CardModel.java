package etal.virtualcard;

import etal.protocol.card.Balances;
import etal.protocol.card.CardRecord.Tag;
import etal.protocol.card.Deltas;
import etal.protocol.card.Entitlement;
import etal.protocol.card.MonthLoad;
import etal.protocol.card.StatusWord;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/**
 * A card as a person would keep it in a book: what it holds, and what it says to each command. Written after docs/card.md
 * and not after the applet. Immutable.
 *
 * @param log what has happened, newest last
 * @param taken numbers of the ADD vouchers taken
 * @param keys for each slot the generation of the key in it
 */
record CardModel(
        Balances balances,
        int period,
        Entitlement entitlement,
        List<Line> log,
        SortedSet<Long> taken,
        int generation,
        List<Integer> keys) {
    private static final int RING = 16;

    /** One record, as far as a later command asks for it. */
    record Line(Tag tag, long terminal, long sale, Deltas deltas, int period, String mark) {}

    /** What the card says, and what it is then. */
    record Reply(int word, CardModel after) {}

    /** What is asked of it. */
    sealed interface Ask {
        record Debit(long terminal, long sale, long counterSeen, Deltas deltas) implements Ask {}

        record Cancel(long terminal, long sale, long counterSeen, Deltas deltas) implements Ask {}

        record Load(long terminal, int period, int slot, int key) implements Ask {}

        record Add(long terminal, long number, int lastPeriod, Deltas deltas, int key) implements Ask {}

        record Replace(long terminal, Entitlement entitlement, int key) implements Ask {}

        record Block(long terminal, int key) implements Ask {}

        record NewKey(long terminal, int slot, int generation) implements Ask {}
    }

    static CardModel fresh(Entitlement entitlement) {
        List<Line> log = List.of(new Line(Tag.FIRST, 0, 0, Deltas.NONE, 0, ""));
        return new CardModel(Balances.NONE, 0, entitlement, log, new TreeSet<>(), 1, List.of(1, 1, 1));
    }

    long counter() {
        return log.size() - 1L;
    }

    private boolean blocked() {
        return log.getLast().tag() == Tag.BLOCKED;
    }

    private Reply no(int word) {
        return new Reply(word, this);
    }

    Reply reply(Ask ask) {
        if (ask instanceof Ask.NewKey(long terminal, int slot, int next)) {
            return newKey(slot, next);
        }
        if (log.getLast().mark().equals(mark(ask))) {
            return no(StatusWord.DONE);
        }
        if (blocked()) {
            return no(StatusWord.BLOCKED);
        }
        return switch (ask) {
            case Ask.Debit debit -> debit(debit);
            case Ask.Cancel cancel -> cancel(cancel);
            case Ask.Load load -> load(load);
            case Ask.Add add -> add(add);
            case Ask.Replace replace -> replace(replace);
            case Ask.Block block ->
                block.key() != keys.get(1)
                        ? no(StatusWord.BAD_TOKEN)
                        : done(Tag.BLOCKED, block.terminal(), 0, Deltas.NONE, period, mark(block));
            case Ask.NewKey handled -> throw new IllegalStateException("answered above");
        };
    }

    /** Two commands with one mark are the same command; whoever shows an order, it is the same order. */
    private static String mark(Ask ask) {
        return switch (ask) {
            case Ask.Load load -> "load " + load.period() + " " + load.slot() + " " + load.key();
            case Ask.Add add -> "add " + add.number() + " " + add.lastPeriod() + " " + add.deltas() + add.key();
            case Ask.Replace replace -> "set " + replace.entitlement() + replace.key();
            case Ask.Block block -> "block " + block.key();
            default -> ask.toString();
        };
    }

    private Reply done(Tag tag, long terminal, long sale, Deltas deltas, int inPeriod, String mark) {
        Balances after = balances.plus(deltas);
        if (!after.fitsCard()) {
            return no(StatusWord.OUT_OF_FUNDS);
        }
        List<Line> longer = new ArrayList<>(log);
        longer.add(new Line(tag, terminal, sale, deltas, inPeriod, mark));
        return new Reply(StatusWord.DONE, new CardModel(after, inPeriod, entitlement, longer, taken, generation, keys));
    }

    private Reply debit(Ask.Debit ask) {
        Deltas deltas = ask.deltas();
        if (ask.counterSeen() != counter()) {
            return no(StatusWord.OTHER_COUNTER);
        }
        boolean gives = deltas.allocation() > 0 || deltas.earnable() > 0 || deltas.bonus() > -deltas.earnable();
        if (deltas.equals(Deltas.NONE) || gives) {
            return no(StatusWord.WRONG_DATA);
        }
        return done(Tag.DEBIT, ask.terminal(), ask.sale(), deltas, period, mark(ask));
    }

    private Reply cancel(Ask.Cancel ask) {
        if (ask.counterSeen() != counter()) {
            return no(StatusWord.OTHER_COUNTER);
        }
        List<Line> held = log.subList(Math.max(0, log.size() - RING), log.size());
        Optional<Line> debit = Optional.empty();
        for (Line line : held) {
            if (line.terminal() == ask.terminal() && line.sale() == ask.sale()) {
                if (line.tag() == Tag.CANCEL) {
                    return no(StatusWord.NOTHING_TO_CANCEL);
                }
                debit = line.tag() == Tag.DEBIT ? Optional.of(line) : debit;
            }
        }
        if (debit.isEmpty() || debit.get().period() != period) {
            return no(StatusWord.NOTHING_TO_CANCEL);
        }
        return ask.deltas().undoes(debit.get().deltas())
                ? done(Tag.CANCEL, ask.terminal(), ask.sale(), ask.deltas(), period, mark(ask))
                : no(StatusWord.WRONG_DATA);
    }

    private Reply load(Ask.Load ask) {
        if (keys.get(1 + ask.slot()) != ask.key()) {
            return no(StatusWord.BAD_TOKEN);
        }
        if (MonthLoad.monthsDue(entitlement, period, ask.period()) < 1 || ask.period() <= period) {
            return no(StatusWord.NOTHING_TO_LOAD);
        }
        Optional<MonthLoad> load = MonthLoad.of(entitlement, balances, period, ask.period());
        return load.isEmpty()
                ? no(StatusWord.OUT_OF_FUNDS)
                : done(Tag.LOAD, ask.terminal(), 0, load.get().deltas(), ask.period(), mark(ask));
    }

    private Reply add(Ask.Add ask) {
        if (keys.get(1) != ask.key()) {
            return no(StatusWord.BAD_TOKEN);
        }
        if (ask.number() == 0 || ask.deltas().equals(Deltas.NONE)) {
            return no(StatusWord.WRONG_DATA);
        }
        if (period > ask.lastPeriod()) {
            return no(StatusWord.VOUCHER_ENDED);
        }
        long highest = taken.isEmpty() ? 0 : taken.last();
        if (taken.contains(ask.number()) || ask.number() <= highest - 64) {
            return no(StatusWord.NOTHING_TO_LOAD);
        }
        Reply reply = done(Tag.ADDED, ask.terminal(), ask.number(), ask.deltas(), period, mark(ask));
        if (reply.word() != StatusWord.DONE) {
            return reply;
        }
        SortedSet<Long> more = new TreeSet<>(taken);
        more.add(ask.number());
        CardModel after = reply.after();
        return new Reply(
                reply.word(), new CardModel(after.balances, period, entitlement, after.log, more, generation, keys));
    }

    private Reply replace(Ask.Replace ask) {
        if (keys.get(2) != ask.key()) {
            return no(StatusWord.BAD_TOKEN);
        }
        if (ask.entitlement().version() <= entitlement.version()) {
            return no(StatusWord.NOTHING_TO_LOAD);
        }
        CardModel after = done(Tag.SET, ask.terminal(), ask.entitlement().version(), Deltas.NONE, period, mark(ask))
                .after();
        return new Reply(
                StatusWord.DONE,
                new CardModel(balances, period, ask.entitlement(), after.log, taken, generation, keys));
    }

    private Reply newKey(int slot, int next) {
        if (next == generation && keys.get(slot) == next) {
            return no(StatusWord.DONE);
        }
        if (next != generation + 1) {
            return no(StatusWord.NOTHING_TO_LOAD);
        }
        List<Integer> changed = new ArrayList<>(keys);
        changed.set(slot, next);
        return new Reply(StatusWord.DONE, new CardModel(balances, period, entitlement, log, taken, next, changed));
    }
}
