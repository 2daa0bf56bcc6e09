package etal.fleet.auditor.cards;

import java.util.List;

/**
 * Rules that change at a date: no till sells by words that nobody has voted, nor by new ones before they hold, nor by old
 * ones once its ledger has named newer; and in the end every till that was told of them goes by the newest.
 */
final class RulesAudit {
    /** A till whose clock lags knows that the time has come when the hub says so: within what a calm fund is given for it. */
    private static final long HEARD_WITHIN_MILLIS = 600_000;

    private final Ground ground;
    private final List<String> wrong;

    RulesAudit(Ground ground, List<String> wrong) {
        this.ground = ground;
        this.wrong = wrong;
    }

    void check() {
        if (ground.voted().changes()) {
            ground.tills().forEach(this::till);
        }
    }

    private long holdsFromMillis(long number) {
        Voted.Version version = ground.voted().schemes().get(number);
        return version == null ? 0 : version.holdsFromMillis();
    }

    private void till(TillSeen till) {
        long newest = 0;
        long named = 0;
        for (TillSeen.Applied applied : till.applied()) {
            if (applied.version() == 0) {
                // What began to hold by a clock that was ahead has not begun: the rules before it may hold again. The
                // till
                // names them when it sells by them; where it sells by none before the time comes, it has nothing to
                // say.
                newest = newest == 0 || applied.atMillis() >= holdsFromMillis(newest) ? newest : 0;
                continue;
            }
            Voted.Version version = ground.voted().schemes().get(applied.version());
            if (version == null || !ground.voted().lists().containsKey(applied.list())) {
                wrong.add(
                        "stall " + till.stall() + " goes by rules that nobody has voted: version " + applied.version());
            } else if (applied.atMillis() < version.holdsFromMillis()) {
                wrong.add("stall " + till.stall() + " goes by version " + applied.version() + " before it holds");
            }
            if (applied.version() < newest) {
                wrong.add("stall " + till.stall() + " goes back to version " + applied.version() + " of the rules");
            }
            newest = Math.max(newest, applied.version());
            named = applied.version();
        }
        for (TillSeen.Sold sale : till.sold()) {
            if (sale.record() != null && till.applied().stream().noneMatch(each -> each.version() == sale.version())) {
                wrong.add("sale " + sale.sale() + " of stall " + till.stall() + " is under version " + sale.version()
                        + ", and its ledger has never named it");
            }
        }
        long holding = ground.voted().holding(ground.nowMillis());
        long before = ground.voted().holding(ground.nowMillis() - HEARD_WITHIN_MILLIS);
        if (ground.last() && till.gone() == null && (named < before || named > holding)) {
            wrong.add(
                    "stall " + till.stall() + " ends under version " + named + " of the rules, " + holding + " holds");
        }
    }
}
