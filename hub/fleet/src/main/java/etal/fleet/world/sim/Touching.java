package etal.fleet.world.sim;

import etal.protocol.split.BasketLine;
import etal.terminal.basket.BasketState;
import etal.terminal.basket.TillBasket;
import etal.terminal.basket.Wanted;
import etal.terminal.sale.Answer;
import etal.terminal.sale.Stall;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/**
 * A producer's fingers on the till: one article a touch, once one too many, which is taken back. Whenever the plug is
 * pulled, the basket must be as it was before the touch or after it.
 */
final class Touching {
    private final SimWorld world;
    /** What a basket may hold now: what it held, and what the touch under way makes of it. */
    private final Map<String, List<List<Wanted>>> mayHold = new LinkedHashMap<>();

    private final Set<String> onceTooMany = new LinkedHashSet<>();

    Touching(SimWorld world) {
        this.world = world;
    }

    /** Touches until the basket holds what is wanted, from whatever it holds; the basket as it stands then. */
    TillBasket ringUp(Errand errand) {
        while (true) {
            Optional<TillBasket> now = find(errand.key());
            List<Wanted> held = now.map(Touching::lines).orElse(List.of());
            List<List<Wanted>> allowed = mayHold.getOrDefault(errand.key(), List.of(List.of()));
            if (!allowed.contains(held)) {
                throw new Violation("basket " + errand.key() + " holds " + held + ", not one of " + allowed);
            }
            boolean open = now.isEmpty() || now.get().state() == BasketState.OPEN;
            if (!open || held.equals(errand.basket())) {
                return now.orElseThrow(() -> new Violation("basket " + errand.key() + " is empty"));
            }
            touch(errand, held);
        }
    }

    private void touch(Errand errand, List<Wanted> held) {
        Wanted line = errand.basket().stream()
                .filter(wanted -> quantity(held, wanted.product()) != wanted.quantity())
                .findFirst()
                .orElseThrow(() -> new Violation("basket " + errand.key() + " holds what nobody wanted: " + held));
        long quantity = quantity(held, line.product());
        boolean more = quantity < line.quantity();
        ring(errand.key(), held, line.product(), more);
        if (more && quantity + 1 == line.quantity() && onceTooMany.add(errand.key())) {
            ring(errand.key(), after(held, line.product(), true), line.product(), true);
        }
    }

    private void ring(String key, List<Wanted> held, String product, boolean more) {
        List<Wanted> after = after(held, product, more);
        mayHold.put(key, List.of(held, after));
        Stall stall = world.till().stall();
        if (stall.ringOne(key, product, more) instanceof Answer.Refused refused) {
            throw new Violation("the till refuses a touch: " + refused.why());
        }
        mayHold.put(key, List.of(after));
        world.settle();
    }

    /** Worked out apart from the till. */
    private static List<Wanted> after(List<Wanted> held, String product, boolean more) {
        Map<String, Long> counts = new LinkedHashMap<>();
        held.forEach(line -> counts.put(line.product(), line.quantity()));
        counts.merge(product, more ? 1L : -1L, Long::sum);
        List<Wanted> lines = new ArrayList<>();
        counts.forEach((name, count) -> {
            if (count > 0) {
                lines.add(new Wanted(name, count));
            }
        });
        return lines;
    }

    private static long quantity(List<Wanted> held, String product) {
        return held.stream()
                .filter(line -> line.product().equals(product))
                .mapToLong(Wanted::quantity)
                .sum();
    }

    private Optional<TillBasket> find(String key) {
        return switch (world.till().stall().look(key)) {
            case Answer.Basket(TillBasket basket) -> Optional.of(basket);
            case Answer.Refused refused when refused.kind() == Answer.Kind.NOT_FOUND -> Optional.empty();
            case Answer.Refused refused -> throw new Violation("the till refuses: " + refused.why());
        };
    }

    private static List<Wanted> lines(TillBasket basket) {
        return basket.basket().lines().stream().map(Touching::line).toList();
    }

    private static Wanted line(BasketLine line) {
        return new Wanted(line.productId(), line.quantity());
    }
}
