package etal.fleet.world.cards;

import etal.fleet.auditor.cards.CardAccount;
import etal.fleet.auditor.cards.CardAudit;
import etal.fleet.auditor.cards.Ground;
import etal.fleet.auditor.cards.Ground.CrookSeen;
import etal.fleet.auditor.cards.TillSeen;
import etal.fleet.auditor.cards.Wish;
import etal.fleet.auditor.granted.Grant;
import etal.fleet.auditor.granted.Granted;
import etal.fleet.auditor.granted.OrderWord;
import etal.fleet.world.cards.collusion.Crook;
import etal.fleet.world.witness.HubWords;
import etal.fleet.world.witness.Quarantined;
import etal.port.StorageFailed;
import etal.protocol.card.Entitlement;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.cose.P256;
import java.util.ArrayList;
import java.util.IdentityHashMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;

/** The auditor at work: reads cards before their ring forgets, and holds everything together at quiet moments. */
final class Auditing {
    /** A card is read at the latest after so many commands that may have made a record: its ring holds sixteen. */
    private static final int RECORDS_MOST = 8;

    private final MarketWorld world;
    private final Market market;
    private final CardReading reading;
    private final List<CardAccount> accounts = new ArrayList<>();
    private final Map<MemberCard, CardAccount> current = new IdentityHashMap<>();
    private final Map<String, OrderWord> orders = new LinkedHashMap<>();
    private final Set<String> forked = new TreeSet<>();
    /** What reading has found since it was last told. */
    private final List<String> found = new ArrayList<>();

    Auditing(MarketWorld world, Market market) throws Malformed {
        this.world = world;
        this.market = market;
        market.blockedAre(card -> account(card).blocked());
        this.reading = new CardReading(world.fund().auditor());
        Entitlement granted = world.fund().fund().entitlement();
        var grant = new Grant(
                granted.amountCents(),
                granted.earnableCents(),
                granted.keepCents(),
                granted.firstPeriod(),
                granted.lastPeriod(),
                granted.catchUpMonths());
        for (MemberCard card : world.cards()) {
            byte[] key = P256.decompress(card.certificate().publicKey33());
            String id = Hash.hex(card.certificate().cardId());
            var account = new CardAccount(card.number(), id, P256.jcaPublic(key), grant);
            accounts.add(account);
            current.put(card, account);
        }
        market.backstage().watchedBy(this);
    }

    private CardAccount account(MemberCard card) {
        return Objects.requireNonNull(current.get(card));
    }

    /** What the hub has ordered so far: a restored hub may forget it, and the cards do not. */
    void ordersKept() throws StorageFailed {
        orders.putAll(HubWords.orders(world.hub().store()));
    }

    private Granted granted() throws StorageFailed {
        ordersKept();
        return new Granted(world.hub().opened(), orders);
    }

    /** Somebody copies a card's memory. */
    boolean copied(MemberCard card) throws StorageFailed {
        found.addAll(read(0));
        return card.copied(account(card).heard());
    }

    /** A card is put back to what was copied of it; false when nothing was, or nothing has happened since. */
    boolean rolledBack(MemberCard card) throws StorageFailed {
        found.addAll(read(0));
        CardAccount before = account(card);
        OptionalLong records = card.rolledBack();
        if (records.isEmpty() || records.getAsLong() == before.heard()) {
            return false;
        }
        branch(card, before, records.getAsLong());
        return true;
    }

    /** Somebody has a second card with all that this one holds; false when that cannot be. */
    boolean cloned(MemberCard card) throws StorageFailed {
        found.addAll(read(0));
        Optional<MemberCard> clone = card.cloned();
        if (clone.isPresent()) {
            world.cards().add(clone.get());
            branch(clone.get(), account(card), account(card).heard());
        }
        return clone.isPresent();
    }

    private void branch(MemberCard card, CardAccount before, long records) throws StorageFailed {
        CardAccount branch = before.branch(records, granted());
        accounts.add(branch);
        current.put(card, branch);
        forked.add(branch.id());
    }

    /** Whether a card was rolled back or cloned. */
    boolean forked(MemberCard card) {
        return forked.contains(account(card).id());
    }

    /** The ids of such cards. */
    Set<String> forked() {
        return forked;
    }

    /** Reads the cards that have done much since they were last read. */
    List<String> readBusyCards() throws StorageFailed {
        return read(RECORDS_MOST);
    }

    private List<String> read(int written) throws StorageFailed {
        var wrong = new ArrayList<String>();
        @Nullable Granted granted = null;
        for (MemberCard card : world.cards()) {
            if (card.written() >= written) {
                granted = granted == null ? granted() : granted;
                wrong.addAll(reading.read(card, account(card), granted));
            }
        }
        return wrong;
    }

    /** Whether a card still remembers a record, or has not made it yet: what it has forgotten is for the hub to decide. */
    boolean remembers(MemberCard card, long counter) throws StorageFailed {
        found.addAll(read(0));
        return account(card).heard() - counter < CardReading.RING;
    }

    /** The cards of which the hub lacks a record, but for those that were copied. */
    List<MemberCard> hubLacks() throws StorageFailed {
        found.addAll(read(0));
        Set<String> known = HubWords.known(world.hub().store());
        List<Integer> lacking = accounts.stream()
                .filter(account -> !forked.contains(account.id()) && !account.isKnown(known))
                .map(CardAccount::number)
                .toList();
        return world.cards().stream()
                .filter(card -> lacking.contains(card.number()))
                .toList();
    }

    /** Holds everything together; the tills are on, and the hub has all that they have written. */
    List<String> check(boolean last) throws StorageFailed, Malformed {
        List<String> wrong = new ArrayList<>(found);
        found.clear();
        wrong.addAll(read(0));
        var tills = new ArrayList<TillSeen>();
        for (Stall stall : world.stalls()) {
            TillSeen seen = Evidence.till(stall, market.wishes().values());
            seen.baskets().forEach((key, shown) -> hear(key, shown));
            tills.add(seen);
            tills.addAll(Evidence.gone(stall, world.hub().store(), world.hub().wasRestored()));
        }
        long chosen = world.fund().fund().entitlement().pointOfSale();
        CrookSeen crook =
                world.anyCrook().isPresent() ? Evidence.crook(world.hub().store(), world.crook()) : CrookSeen.NONE;
        boolean readingBack = world.hub().readingBack();
        wrong.addAll(CardAudit.check(new Ground(
                world.votes().voted(),
                world.clock().now().toEpochMilli(),
                chosen,
                accounts,
                market.wishes(),
                tills,
                HubWords.seen(world.hub().store()),
                world.evenings().paidCents(),
                crook,
                readingBack,
                forked,
                Quarantined.noticed(world.hub().store()),
                last)));
        // What cards have taken of forgotten orders waits there until everything is read back; at the end nothing may.
        Evidence.quarantine(world.hub().store(), crook.stall(), forked, world.stalls()).stream()
                .filter(each -> !readingBack || !each.contains("unknown-order") && !each.contains("wrong-load"))
                .forEach(wrong::add);
        world.story().count("audits");
        return wrong;
    }

    /** What the screen shows by now, as people see it when they look again. */
    private void hear(String key, TillSeen.Shown shown) {
        Wish wish = market.wishes().get(key);
        if (wish != null && shown.paid() && wish.end() != Wish.End.RETURNED) {
            wish.shownPaid();
            market.decided(wish);
        }
    }

    /** The operator sees what a stall that cheats has taken from cards without a sale: it goes back to the members. */
    void judge() throws StorageFailed, Malformed {
        // Also what a card has been told in its last tap, such as that it is blocked: nobody waits for it to pay.
        found.addAll(read(0));
        if (world.anyCrook().isEmpty()) {
            return;
        }
        Crook crook = world.crook();
        for (CardAccount account : accounts) {
            for (long counter : account.takenBy(crook.number(), crook.honest())) {
                world.hub().core().decide(Hash.unhex(account.id()), counter, false, "operator");
            }
        }
    }

    /** The operator hears from members and sellers what became of what only a machine knew that sells no more. */
    void judgeGone() throws StorageFailed, Malformed {
        found.addAll(read(0));
        for (Stall stall : world.stalls()) {
            for (TillSeen till :
                    Evidence.gone(stall, world.hub().store(), world.hub().wasRestored())) {
                for (CardAccount account : accounts) {
                    for (CardAccount.Unsettled each : account.unsettled(till, market.wishes())) {
                        world.hub().core().decide(Hash.unhex(account.id()), each.counter(), each.payable(), "operator");
                        world.story().count("decided by the operator for a machine that is gone");
                    }
                }
            }
        }
    }

    /** What each card has said last, for the trace. */
    List<String> lastWords() {
        return accounts.stream().map(CardAccount::lastWord).toList();
    }
}
