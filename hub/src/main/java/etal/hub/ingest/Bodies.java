package etal.hub.ingest;

import static etal.hub.ingest.SaleCheck.refusal;

import etal.hub.books.Sql;
import etal.hub.ingest.Received.Branch;
import etal.hub.ingest.SaleCheck.Refusal;
import etal.hub.members.HubKeys;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.Body;
import etal.protocol.sync.Checkpoint;
import etal.protocol.sync.SignedCheckpoint;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * What each kind of entry means to the hub. What fails is quarantined here; the entry itself is stored all the same. What was
 * practised means nothing: it is stored so that the chain is whole, and no book hears of it.
 */
final class Bodies {
    private final HubKeys keys;
    private final Sales sales;
    private final Cancellations cancellations;
    private final SealedRecords sealed;
    private final Doubts doubts;

    Bodies(HubKeys keys, Sales sales, Cancellations cancellations, SealedRecords sealed, Doubts doubts) {
        this.keys = keys;
        this.sales = sales;
        this.cancellations = cancellations;
        this.sealed = sealed;
        this.doubts = doubts;
    }

    /** Takes an entry that continues its ledger; returns what the ledger knows after it. */
    Chain take(Connection connection, Received received, Chain chain) throws SQLException {
        List<Refusal> refusals = new ArrayList<>();
        Chain after = chain;
        Epochs.continues(connection, received).ifPresent(refusals::add);
        switch (received.entry().body()) {
            case Body.Sale sale -> {
                carried(connection, received, sale.before()).ifPresent(refusals::add);
                sales.take(connection, received, sale, chain).ifPresent(refusals::add);
                after = chain.withRules(sale.scheme().id(), sale.scheme().version());
            }
            case Body.RecordCarried carried ->
                carried(connection, received, carried).ifPresent(refusals::add);
            case Body.RefundRequest request ->
                doubts.refund(connection, received, request).ifPresent(refusals::add);
            case Body.InDoubt doubt -> doubts.inDoubt(connection, received, doubt, chain);
            case Body.Abandoned abandoned -> doubts.abandoned(connection, received, abandoned);
            case Body.CheckpointReceived checkpoint -> {
                Optional<Checkpoint> ours = ours(connection, received, checkpoint);
                if (ours.isEmpty()) {
                    refusal(Reason.WRONG_CHECKPOINT, "").ifPresent(refusals::add);
                } else {
                    after = chain.withCheckpoint(ours.get().hubTimeMillis());
                }
            }
            case Body.Closing closing -> closing(connection, received, closing);
            case Body.RulesApplied rules -> after = chain.withRules(rules.scheme(), rules.version());
            case Body.Cancellation cancellation -> {
                carried(connection, received, cancellation.before()).ifPresent(refusals::add);
                cancellations.take(connection, received, cancellation).ifPresent(refusals::add);
            }
            case Body.Genesis genesis ->
                Epochs.begins(connection, received, genesis).ifPresent(refusals::add);
            case Body.TechnicalEvent event -> {}
            case Body.ClockAdjusted clock -> after = sales.adjusted(connection, clock.toMillis(), chain);
            case Body.TrainingSale practised -> {}
            case Body.Retirement retirement -> {}
        }
        quarantine(connection, received, refusals, chain);
        return after;
    }

    /** Takes what carries money out of an entry that stands beside its ledger: what a card signed stays payable. */
    void takeFork(Connection connection, Received received, Chain chain) throws SQLException {
        List<Refusal> refusals = money(connection, received, chain);
        refusals.add(new Refusal(
                Reason.FORK, "beside the ledger: " + named(received.entry().body())));
        quarantine(connection, received, refusals, chain);
    }

    /** Takes a stored entry again that was refused for what the hub did not know; what is wrong with it now. */
    List<Refusal> takeAgain(Connection connection, Received received, Chain chain) throws SQLException {
        List<Refusal> refusals = money(connection, received, chain);
        quarantine(connection, received, refusals, chain);
        return refusals;
    }

    /** What of an entry carries money, each part once. */
    private List<Refusal> money(Connection connection, Received received, Chain chain) throws SQLException {
        List<Refusal> refusals = new ArrayList<>();
        switch (received.entry().body()) {
            case Body.Sale sale -> {
                carried(connection, received, sale.before()).ifPresent(refusals::add);
                if (!sales.taken(connection, received)) {
                    sales.take(connection, received, sale, chain).ifPresent(refusals::add);
                }
            }
            case Body.Cancellation cancellation -> {
                carried(connection, received, cancellation.before()).ifPresent(refusals::add);
                if (!cancellations.taken(connection, received)) {
                    cancellations.take(connection, received, cancellation).ifPresent(refusals::add);
                }
            }
            case Body.RecordCarried carried ->
                carried(connection, received, carried).ifPresent(refusals::add);
            // Beside the ledger a request gives nothing back by itself: the record is kept, and a person decides.
            case Body.RefundRequest request ->
                (received.branch() == Branch.CHAIN
                                ? doubts.refund(connection, received, request)
                                : doubts.record(connection, received, request))
                        .ifPresent(refusals::add);
            default -> {}
        }
        return refusals;
    }

    private static String named(Body body) {
        return switch (body) {
            case Body.Sale sale -> "sale " + sale.sale();
            case Body.Cancellation cancellation -> "cancellation of sale " + cancellation.sale();
            case Body.RefundRequest request -> "refund request for sale " + request.sale();
            case Body.InDoubt doubt -> "sale " + doubt.sale() + " in doubt";
            case Body.Abandoned abandoned -> "sale " + abandoned.sale() + " abandoned";
            case Body.Closing closing -> "closing of " + closing.day();
            default -> "kind " + body.kind();
        };
    }

    private Optional<Refusal> carried(Connection connection, Received received, byte @Nullable [] before)
            throws SQLException {
        return before == null ? Optional.empty() : sealed.take(connection, before, received);
    }

    private Optional<Refusal> carried(Connection connection, Received received, Body.RecordCarried carried)
            throws SQLException {
        if (carried.card() != null) {
            return sealed.takeOpen(connection, carried.card(), received);
        }
        byte[] other = carried.sealed();
        return other == null ? Optional.empty() : sealed.take(connection, other, received);
    }

    private Optional<Checkpoint> ours(Connection connection, Received received, Body.CheckpointReceived body)
            throws SQLException {
        SignedCheckpoint signed;
        try {
            signed = SignedCheckpoint.decode(body.checkpoint());
        } catch (Malformed e) {
            return Optional.empty();
        }
        Checkpoint checkpoint = signed.checkpoint();
        Optional<byte[]> hash = Sql.first(
                connection,
                "SELECT hash FROM entry WHERE terminal = ? AND epoch = ? AND number = ?",
                row -> row.getBytes(1),
                received.entry().terminal(),
                received.entry().epoch(),
                checkpoint.number());
        boolean right = checkpoint.terminal() == received.entry().terminal()
                && checkpoint.epoch() == received.entry().epoch()
                && hash.isPresent()
                && Arrays.equals(hash.get(), checkpoint.head())
                && Arrays.equals(signed.kid(), keys.acknowledgingKid())
                && signed.verify(keys.acknowledging().publicKey());
        return right ? Optional.of(checkpoint) : Optional.empty();
    }

    private static void closing(Connection connection, Received received, Body.Closing closing) throws SQLException {
        Sql.update(
                connection,
                "INSERT INTO closing (terminal, epoch, number, period, day, sales, card_cents, perpetual_cents)"
                        + " VALUES (?, ?, ?, ?, ?, ?, ?, ?)",
                received.entry().terminal(),
                received.entry().epoch(),
                received.entry().number(),
                closing.period(),
                closing.day(),
                closing.sales(),
                closing.cardCents(),
                closing.perpetualCardCents());
    }

    private static void quarantine(Connection connection, Received received, List<Refusal> refusals, Chain chain)
            throws SQLException {
        for (Refusal refusal : refusals) {
            Quarantine.keep(
                    connection,
                    refusal.reason(),
                    refusal.detail(),
                    received.source(),
                    received.signed().bytes(),
                    chain,
                    received.nowMillis());
        }
    }
}
