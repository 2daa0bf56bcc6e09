package etal.fleet.world.cards;

import etal.fleet.auditor.cards.Wish;
import etal.fleet.market.VotedRules;
import etal.fleet.world.cards.fault.Fault;
import etal.fleet.world.cards.fault.Story;
import etal.hub.orders.Correction;
import etal.hub.sync.BundleDesk;
import etal.port.StorageFailed;
import etal.protocol.card.Deltas;
import etal.protocol.card.Period;
import etal.protocol.catalogue.Product;
import etal.terminal.basket.Wanted;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.time.YearMonth;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.function.Predicate;

/**
 * What people at the market can do and see: the stalls, the cards, the time, and the hub's operator. Errands are written in
 * its terms. Not thread-safe.
 */
public final class Market {
    private static final int QUANTITY_MOST = 4;
    private static final int LINES_MOST = 6;
    private static final int SMALL_ONE_IN = 3;
    private static final int LARGE_ONE_IN = 8;
    private static final int QUANTITY_LARGE = 20;
    private static final int LOST_ONE_OF = 3;
    private static final int TRIES_MOST = 100;

    private final MarketWorld world;
    private SplittableRandom dice;
    private final Map<String, Wish> wishes = new LinkedHashMap<>();
    private final Map<String, List<Wanted>> goods = new LinkedHashMap<>();
    private final Map<String, Integer> payers = new LinkedHashMap<>();
    private final Backstage backstage;
    private Predicate<MemberCard> blocked = card -> false;
    private final List<Left> sold = new ArrayList<>();

    Market(MarketWorld world, SplittableRandom dice) {
        this.world = world;
        this.dice = dice;
        this.backstage = new Backstage(world);
    }

    /** From now on the people's dice are these. */
    void step(SplittableRandom stepDice) {
        dice = stepDice;
    }

    /** How often a card was laid down so far. */
    long taps() {
        return story().counted(Stall.TAPS);
    }

    /** A number from 0 to below {@code bound}, of the people's own dice. */
    public int draw(int bound) {
        return dice.nextInt(bound);
    }

    /** True once in so many times. */
    public boolean oneIn(int many) {
        return dice.nextInt(many) == 0;
    }

    /** Any stall. */
    public Stall anyStall() {
        return world.stalls().get(draw(world.stalls().size()));
    }

    /** Any card. */
    public MemberCard anyCard() {
        return world.cards().get(draw(world.cards().size()));
    }

    /** All stalls, by number. */
    public List<Stall> stalls() {
        return List.copyOf(world.stalls());
    }

    /** All cards, by number. */
    public List<MemberCard> cards() {
        return List.copyOf(world.cards());
    }

    /** Terminals of the fund at other markets. */
    public Elsewhere elsewhere() {
        return new Elsewhere(world.fund().elsewhere());
    }

    /** Whether a fault of people happens now. */
    public boolean mishap(Fault fault, String where) {
        boolean happens = world.weather().brings(fault);
        if (happens) {
            world.story().fault(fault, "", where);
        }
        return happens;
    }

    /** Machines and office. */
    public Backstage backstage() {
        return backstage;
    }

    /** The story to tell on. */
    public Story story() {
        return world.story();
    }

    /** Lets everything happen that is due now. */
    public void settle() throws StorageFailed {
        world.settle();
    }

    /** Somebody hands a stick's file in at the hub; empty when its plug was pulled meanwhile, or its disk is full. */
    public Optional<BundleDesk.Outcome> handIn(byte[] file) throws StorageFailed {
        return world.hub().at(hub -> hub.bundles().take(file));
    }

    /** Some seconds pass. */
    public void seconds(int seconds) throws StorageFailed {
        world.pass(Duration.ofSeconds(seconds));
    }

    /** The time of day now. */
    public Instant now() {
        return world.clock().now();
    }

    /** The calendar moves on while nobody is at the market: the clocks are set, and no timer runs. */
    public void laterBy(Duration duration) {
        world.clock().set(world.clock().now().plus(duration));
        world.post().strayed(false);
    }

    /** Today, where the fund is. */
    public LocalDate today() {
        return LocalDate.ofInstant(now(), world.fund().fund().scheme().zone());
    }

    /** The operator starts the hub again, and opens the month of today if it is not open yet. */
    public void hubAgain() throws StorageFailed {
        int month = Period.of(YearMonth.from(today()).getYear(), today().getMonthValue());
        if (month == world.hub().period()) {
            world.hub().start();
        } else {
            story().tell("the hub opens month " + YearMonth.from(today()));
            story().count("months opened");
            world.hub().open(month);
        }
    }

    /** The operator puts a mistake right on a card; true when the hub has issued a voucher. */
    public boolean correct(MemberCard card, long allocationCents) throws StorageFailed {
        String note = "note " + world.clock().monotonicNanos();
        var correction =
                new Correction(card.certificate().cardId(), new Deltas(allocationCents, 0, 0), note, "operator");
        boolean issued = world.hub()
                .at(hub -> hub.correct(correction))
                .filter(outcome -> outcome instanceof Correction.Outcome.Issued)
                .isPresent();
        story().tell("the operator corrects card " + card.number() + " by " + allocationCents
                + (issued ? "" : ", which the hub refuses"));
        return issued;
    }

    /** The fund votes another amount a month for a card. */
    public void entitle(MemberCard card, long amountCents) throws StorageFailed {
        story().tell("card " + card.number() + " is to have " + amountCents + " a month");
        world.hub().entitle(card.number(), amountCents);
    }

    /** The fund has a new key for its cards, signed by the root; after the last one the hub signs with it. False when it does already. */
    public boolean newKey() throws StorageFailed {
        if (world.hub().newKey()) {
            story().tell("the fund has a new key for its cards");
            return true;
        }
        boolean exchanged = world.hub().exchangeKeys();
        story().tell(exchanged ? "the hub signs with the fund's new key" : "the fund has no other key");
        if (exchanged) {
            story().count("documents keys exchanged");
        }
        return exchanged;
    }

    /** The fund votes other rules, from a day on; false when the last ones do not hold yet. */
    public boolean vote(LocalDate holdsFrom) throws StorageFailed {
        boolean voted = world.votes().vote(holdsFrom, now());
        if (voted) {
            story().tell("from " + holdsFrom + " on other rules hold");
            world.hub().start();
        }
        return voted;
    }

    /** A card is reported lost; false when it was already, or when too many are. */
    public boolean lose(MemberCard card) throws StorageFailed {
        if (lost(card)
                || world.hub().denied().size() * LOST_ONE_OF > world.cards().size()) {
            return false;
        }
        story().tell("card " + card.number() + " is reported lost");
        world.hub().deny(card.number());
        return true;
    }

    /** Whether a card was reported lost, or is blocked. */
    public boolean lost(MemberCard card) {
        return world.hub().denied().contains(card.number()) || blocked.test(card);
    }

    /** Who can tell which cards are blocked. */
    void blockedAre(Predicate<MemberCard> which) {
        blocked = which;
    }

    /** Something that somebody wants to buy at a stall. */
    public Wish wish(Stall stall) {
        List<Wanted> wanted = oneIn(LARGE_ONE_IN)
                ? goods(LINES_MOST, QUANTITY_LARGE)
                : oneIn(SMALL_ONE_IN) ? goods(1, 1) : goods(1 + draw(LINES_MOST), QUANTITY_MOST);
        return wish(stall, wanted);
    }

    /** A small thing at a stall that the fund pays something of, if it pays anything there. */
    public Wish coveredWish(Stall stall) {
        List<Wanted> wanted = goods(1, 1);
        for (int tries = 0; tries < TRIES_MOST && world.votes().coveredCents(meant("", stall, wanted)) == 0; tries++) {
            wanted = goods(1, 1);
        }
        return wish(stall, wanted);
    }

    private Wish meant(String key, Stall stall, List<Wanted> wanted) {
        long total = wanted.stream()
                .mapToLong(each -> product(each).unitPriceCents() * each.quantity())
                .sum();
        List<Wish.Good> meant = wanted.stream()
                .map(each -> VotedRules.good(product(each), each.quantity()))
                .toList();
        return new Wish(key, stall.number(), stall.epoch(), meant, total);
    }

    private Wish wish(Stall stall, List<Wanted> wanted) {
        Wish wish = meant("b" + (wishes.size() + 1), stall, wanted);
        wishes.put(wish.key(), wish);
        goods.put(wish.key(), wanted);
        return wish;
    }

    private Product product(Wanted wanted) {
        return world.fund().fund().catalogue().find(wanted.product()).orElseThrow();
    }

    /** Some goods of the list, that nobody wants. */
    public List<Wanted> goods(int lines, int quantityMost) {
        List<Product> products = world.fund().fund().catalogue().products();
        var basket = new LinkedHashMap<String, Wanted>();
        for (int line = 0; line < lines; line++) {
            Product product = products.get(draw(products.size()));
            basket.put(product.id(), new Wanted(product.id(), 1 + draw(quantityMost)));
        }
        return List.copyOf(basket.values());
    }

    /** Lays a card down and takes it back: if the till waits for somebody's card, this one may pay. */
    public void layDown(Stall stall, MemberCard card) throws StorageFailed {
        stall.at(till -> till.stall().awaited())
                .flatMap(key -> key)
                .map(wishes::get)
                .ifPresent(wish -> wish.presented(card.number()));
        stall.lay(card);
        settle();
        stall.takeCard();
        settle();
    }

    /** The goods of a wish, for the till. */
    public List<Wanted> goods(Wish wish) {
        return goods.getOrDefault(wish.key(), List.of());
    }

    /** A purchase, where, and with which card: left while its payment was in doubt, or sold. */
    public record Left(Wish wish, Stall stall, MemberCard card) {}

    /** Somebody goes away; the stall does not know whether the card has paid. */
    public void leave(Wish wish, MemberCard card) {
        payers.put(wish.key(), card.number());
    }

    /** It was shown as paid when that card was laid down. */
    public void paid(Wish wish, Stall stall, MemberCard card) {
        sold.add(new Left(wish, stall, card));
    }

    /** The newest sale, once: empty when there is none that nobody thought better of. */
    public Optional<Left> newestSale() {
        sold.removeIf(each -> each.wish().epoch() != each.stall().epoch());
        return sold.isEmpty() ? Optional.empty() : Optional.of(sold.removeLast());
    }

    /** It is decided. */
    public void decided(Wish wish) {
        payers.remove(wish.key());
    }

    /** What was left in doubt, oldest first. */
    public List<Left> left() {
        var left = new ArrayList<Left>();
        payers.forEach((key, card) -> {
            Wish wish = Objects.requireNonNull(wishes.get(key));
            Stall stall = world.stalls().get((int) wish.stall() - 1);
            // A machine that came in another's place knows nothing of it: the hub decides by what the card says.
            if (wish.epoch() == stall.epoch()) {
                left.add(new Left(wish, stall, world.cards().get(card - 1)));
            }
        });
        return left;
    }

    Map<String, Wish> wishes() {
        return wishes;
    }
}
