package etal.fake;

import etal.port.CentralFund;
import etal.port.PeerUnreachable;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.TreeMap;
import java.util.stream.Stream;

/** A central fund that keeps what was handed in, and whose bank lines the test writes. */
public final class InMemoryCentralFund implements CentralFund {
    private final TreeMap<String, PayoutRun> runs = new TreeMap<>();
    private final List<Statement> statements = new ArrayList<>();
    private boolean reachable = true;

    @Override
    public Submission submit(PayoutRun run) throws PeerUnreachable {
        insist();
        PayoutRun known = runs.putIfAbsent(run.id(), run);
        if (known != null && !known.equals(run)) {
            throw new IllegalStateException("run " + run.id() + " was handed in before with other payouts");
        }
        return new Submission(run.id(), run.toString().getBytes(StandardCharsets.UTF_8));
    }

    @Override
    public Stream<Statement> statements() throws PeerUnreachable {
        insist();
        return List.copyOf(statements).stream();
    }

    /** The runs handed in, by their id. */
    public List<PayoutRun> runs() {
        return List.copyOf(runs.values());
    }

    /** The bank has booked or rejected a payout. */
    public void book(Statement statement) {
        statements.add(statement);
    }

    /** Whether it answers from now on. */
    public void reachable(boolean answers) {
        reachable = answers;
    }

    private void insist() throws PeerUnreachable {
        if (!reachable) {
            throw new PeerUnreachable("the central fund does not answer");
        }
    }
}
