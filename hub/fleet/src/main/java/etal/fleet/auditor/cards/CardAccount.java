package etal.fleet.auditor.cards;

import etal.fleet.auditor.Reckoning.Purses;
import etal.fleet.auditor.granted.Grant;
import etal.fleet.auditor.granted.Granted;
import etal.fleet.auditor.granted.OrderWord;
import java.security.GeneralSecurityException;
import java.security.PublicKey;
import java.security.Signature;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** One card by its own signed words, each checked against the one before and against what was granted. Not thread-safe. */
public final class CardAccount {
    private static final Purses NOTHING = new Purses(0, 0, 0);
    /** How far back a card remembers debits that can be cancelled. */
    private static final int RING = 16;

    private final int number;
    private final String id;
    private final PublicKey key;
    private final List<Heard> heard = new ArrayList<>();
    private final Grant first;
    private final List<CardWord> words = new ArrayList<>();
    private final Set<Long> vouchers = new TreeSet<>();
    private final Set<Long> cancelled = new TreeSet<>();
    private Grant grant;
    private int month;
    private boolean blocked;
    private long grantedCents;
    private long voucherCents;
    private long expiredCents;

    /**
     * A card of which nothing is known yet.
     *
     * @param id its id, hexadecimal
     * @param key with which its words verify
     * @param grant what it was granted when it was made
     */
    public CardAccount(int number, String id, PublicKey key, Grant grant) {
        this.number = number;
        this.id = id;
        this.key = key;
        this.grant = grant;
        this.first = grant;
    }

    /** Bytes and their signature. */
    private record Heard(byte[] bytes, byte[] signature) {}

    /** The account of a card that has made the first so many of these words and none after them: rolled back, or a clone. */
    public CardAccount branch(long records, Granted granted) {
        var branch = new CardAccount(number, id, key, first);
        for (Heard each : heard.subList(0, (int) records)) {
            branch.hear(each.bytes(), each.signature(), granted);
        }
        return branch;
    }

    public int number() {
        return number;
    }

    /** Its id, hexadecimal. */
    public String id() {
        return id;
    }

    /** The words heard so far, in their order, the first record left out. */
    List<CardWord> words() {
        return List.copyOf(words);
    }

    /** How many words were heard: also the counter of the newest. */
    public long heard() {
        return words.size();
    }

    /** The counters of its debits at a stall but for those of some sales. */
    public List<Long> takenBy(long stall, List<Long> sales) {
        return words.stream()
                .filter(word -> word.debit() && word.terminal() == stall && !sales.contains(word.sale()))
                .map(CardWord::counter)
                .toList();
    }

    /** A debit or a cancellation of which nobody but the card knows; whether it is the seller's. */
    public record Unsettled(long counter, boolean payable) {}

    /** What the card has signed at a machine that sells no more, and what people say of it. */
    public List<Unsettled> unsettled(TillSeen gone, Map<String, Wish> wishes) {
        var entered = new TreeSet<String>();
        gone.sold().forEach(sale -> entered.add(String.valueOf(sale.record())));
        gone.cancelled().forEach(sale -> entered.add(String.valueOf(sale.record())));
        entered.addAll(gone.refunded());
        return words.stream()
                .filter(word -> word.moves() && word.terminal() == gone.stall() && word.epoch() == gone.epoch())
                .filter(word -> !entered.contains(word.bytes()))
                .map(word -> new Unsettled(word.counter(), payable(word, gone, wishes)))
                .toList();
    }

    /** What the card has taken back, the seller gives back; else the seller is paid whose goods the member has. */
    private boolean payable(CardWord word, TillSeen gone, Map<String, Wish> wishes) {
        Wish wish = wishes.get(gone.basketOf().getOrDefault(word.sale(), ""));
        boolean back = words.stream()
                .anyMatch(other -> other.tag().equals("EC") && other.place().equals(word.place()));
        return word.debit() && (back || wish != null && wish.goodsGone());
    }

    /** What has come onto the card in all, as money: granted, by vouchers, and earned. */
    long broughtCents() {
        return grantedCents
                + voucherCents
                + words.stream()
                        .filter(CardWord::moves)
                        .mapToLong(CardWord::earnedCents)
                        .sum();
    }

    /** Whether all its words are among those, each as card and counter. */
    public boolean isKnown(Set<String> records) {
        return words.stream().allMatch(word -> records.contains(id + "/" + word.counter()));
    }

    /** Whether its last word was that it is blocked. */
    public boolean blocked() {
        return blocked;
    }

    /** All bytes of its newest word, hexadecimal; empty before the first. */
    public String lastWord() {
        return words.isEmpty() ? "" : words.getLast().bytes();
    }

    Purses balance() {
        return words.isEmpty() ? NOTHING : words.getLast().after();
    }

    /**
     * Hears the next word.
     *
     * @param granted what the hub has granted so far
     * @return what is wrong with it, one sentence each
     */
    public List<String> hear(byte[] bytes, byte[] signature, Granted granted) {
        var wrong = new ArrayList<String>();
        CardWord word = CardWord.read(bytes);
        heard.add(new Heard(bytes.clone(), signature.clone()));
        String name = "card " + number + ", record " + word.counter() + " " + word.tag();
        if (!verifies(bytes, signature)) {
            wrong.add(name + ": its signature does not verify");
        }
        if (word.counter() != heard() + 1) {
            wrong.add(name + ": follows record " + heard());
        }
        if (!word.before().equals(balance())) {
            wrong.add(name + ": begins with " + word.before() + ", the card held " + balance());
        }
        Purses after = word.after();
        if (after.allocation() < 0 || after.bonus() < 0 || after.earnable() < 0) {
            wrong.add(name + ": a purse is below zero: " + after);
        }
        if (blocked || !sound(word, granted)) {
            wrong.add(name + ": " + word.deltas() + " in month " + word.period() + " after " + word.before()
                    + (blocked ? ", and the card was blocked" : " is not what was granted or asked"));
        }
        words.add(word);
        month = word.period();
        return wrong;
    }

    private boolean sound(CardWord word, Granted granted) {
        @Nullable OrderWord order = granted.orders().get(word.proof());
        boolean ordered = order != null && order.card().equals(id) && word.period() == month;
        return switch (word.tag()) {
            case "EL" -> load(word, granted.opened());
            case "ED" ->
                word.deltas().allocation() <= 0
                        && word.deltas().earnable() <= 0
                        && word.spentCents() > 0
                        && word.period() == month;
            case "EC" -> word.period() == month && cancels(word);
            case "EA" -> ordered && order != null && order.tag().equals("VA") && added(word, order);
            case "ES" -> ordered && order != null && order.tag().equals("VS") && set(word, order);
            case "EB" -> {
                blocked = true;
                yield ordered
                        && order != null
                        && order.tag().equals("VB")
                        && word.deltas().equals(NOTHING);
            }
            default -> false;
        };
    }

    private boolean load(CardWord word, Set<Integer> opened) {
        Purses before = word.before();
        int months = grant.monthsOwed(month, word.period());
        long kept = Math.min(before.allocation(), grant.keepCents());
        var after = new Purses(kept + months * grant.amountCents(), before.bonus(), grant.earnableCents());
        grantedCents += months * grant.amountCents();
        expiredCents += before.allocation() - kept;
        return months > 0 && opened.contains(word.period()) && word.after().equals(after);
    }

    private boolean added(CardWord word, OrderWord order) {
        voucherCents += word.deltas().allocation() + word.deltas().bonus();
        return vouchers.add(order.number())
                && word.sale() == order.number()
                && word.deltas().equals(order.deltas())
                && word.period() <= order.lastPeriod();
    }

    private boolean set(CardWord word, OrderWord order) {
        grant = order.grant();
        return word.deltas().equals(NOTHING) && word.sale() == order.number();
    }

    /** It undoes a debit of that stall and sale, once, and brings back no more than went. */
    private boolean cancels(CardWord word) {
        List<CardWord> remembered = words.subList(Math.max(0, words.size() - RING), words.size());
        for (CardWord debit : remembered.reversed()) {
            if (debit.debit() && debit.place().equals(word.place())) {
                Purses back = word.deltas();
                return cancelled.add(debit.counter())
                        && debit.period() == word.period()
                        && back.allocation() >= 0
                        && back.allocation() <= -debit.deltas().allocation()
                        && back.earnable() >= 0
                        && back.earnable() <= debit.earnedCents()
                        && back.bonus() + back.earnable() >= 0
                        && back.bonus() + back.earnable()
                                <= debit.spentCents() + debit.deltas().allocation();
            }
        }
        return false;
    }

    private boolean verifies(byte[] bytes, byte[] signature) {
        try {
            Signature verifier = Signature.getInstance("SHA256withECDSAinP1363Format");
            verifier.initVerify(key);
            verifier.update(bytes);
            return verifier.verify(signature);
        } catch (GeneralSecurityException nonsense) {
            return false;
        }
    }

    /** Granted, added and earned against held, spent and expired: what differs, if anything. */
    List<String> sums() {
        long spent = 0;
        long earned = 0;
        for (CardWord word : words) {
            spent += word.moves() ? word.spentCents() : 0;
            earned += word.moves() ? word.earnedCents() : 0;
        }
        long held = balance().allocation() + balance().bonus();
        return grantedCents + voucherCents + earned == held + spent + expiredCents
                ? List.of()
                : List.of("card " + number + ": granted " + grantedCents + " + vouchers " + voucherCents + " + earned "
                        + earned + " is not held " + held + " + spent " + spent + " + expired " + expiredCents);
    }
}
