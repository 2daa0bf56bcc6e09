package etal.hub.sync;

import etal.hub.ingest.Ingest;
import etal.hub.members.Fund;
import etal.hub.restore.Gates;
import etal.port.Clock;
import etal.port.Database;
import etal.port.Link;
import etal.port.Link.LinkEvent;
import etal.port.Link.Topic;
import etal.port.Loop;
import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Document;
import etal.protocol.sync.Gap;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import java.sql.Connection;
import java.sql.SQLException;
import java.time.Duration;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.function.Consumer;

/**
 * The hub's end of the link. Messages that have queued up are taken in one transaction; acknowledgements and gap
 * requests leave after it has committed. What is lost on the way comes again, for the terminals' ledgers are the outbox.
 * Used from the loop only.
 */
public final class Mailbox {
    private static final int MESSAGES_PER_TRANSACTION_MAX = 64;
    private static final int QUEUE_MAX = 4_096;
    private static final long QUEUE_BYTES_MAX = 64L << 20;
    private static final Duration PATIENCE = Duration.ofMillis(200);
    private static final Duration ONCE_MORE = Duration.ofSeconds(5);
    private static final Duration LOOK_AROUND = Duration.ofSeconds(5);
    private static final Duration REPEAT_DOCUMENTS = Duration.ofMinutes(10);

    private final long fund;
    private final Clock clock;
    private final Loop loop;
    private final Database database;
    private final Link link;
    private final Ingest ingest;
    private final Publication publication;
    private final RollCall rollCall;
    private final ReadBack readBack;
    private final Orders orders;
    private final Runnable onChange;
    private final Consumer<StorageFailed> onFailure;
    private final ArrayDeque<LinkEvent.Received> queue = new ArrayDeque<>();
    /** Ledgers of which something came since the start; only those whose chain of certificates holds. */
    private final TreeSet<LedgerId> heard = new TreeSet<>();

    private boolean soon;

    private long queuedBytes;
    private boolean draining;

    /** A mailbox; {@code onChange} hears of what was taken, {@code onFailure} hears when the store fails, and decides whether the node goes on. */
    public Mailbox(
            Fund fund,
            Clock clock,
            Loop loop,
            Database database,
            Link link,
            Ingest ingest,
            Publication publication,
            RollCall rollCall,
            Gates gates,
            Orders orders,
            Runnable onChange,
            Consumer<StorageFailed> onFailure) {
        this.fund = fund.id();
        this.clock = clock;
        this.loop = loop;
        this.database = database;
        this.link = link;
        this.ingest = ingest;
        this.publication = publication;
        this.rollCall = rollCall;
        readBack = new ReadBack(fund, ingest, gates);
        this.orders = orders;
        this.onChange = onChange;
        this.onFailure = onFailure;
    }

    /** What messages may lead to: orders to cards, and that they are taken. */
    @FunctionalInterface
    public interface Orders {
        /** The documents of orders that are new by now. */
        List<SignedDocument> news(Connection connection, long nowMillis) throws SQLException;
    }

    /** What the hub of a fund listens to. */
    public static List<String> topics(long fund) {
        return List.of(Topics.upOfAll(fund), Topics.hereOfAll(fund));
    }

    private boolean isPresence(String topic) {
        return topic.startsWith(prefix(Topics.hereOfAll(fund)));
    }

    private static String prefix(String filter) {
        return filter.substring(0, filter.length() - 1);
    }

    /** Starts to listen. */
    public void open() {
        link.listen(this::hear);
        loop.after(REPEAT_DOCUMENTS, this::repeat);
        loop.after(LOOK_AROUND, this::lookAround);
    }

    /** Who has fallen silent is news that no message brings. */
    private void lookAround() {
        if (rollCall.someoneFellSilent()) {
            onChange.run();
        }
        loop.after(LOOK_AROUND, this::lookAround);
    }

    /**
     * Retained messages may be lost while a broker replaces them; so documents are said again now and then. That also takes
     * away what was superseded meanwhile, when a date has come.
     */
    private void repeat() {
        publish();
        loop.after(REPEAT_DOCUMENTS, this::repeat);
    }

    /** Once for all who are heard of within a while: after a start, every terminal is new within seconds. */
    private void publishSoon() {
        if (!soon) {
            soon = true;
            loop.after(ONCE_MORE, () -> {
                soon = false;
                publish();
            });
        }
    }

    private void hear(LinkEvent event) {
        switch (event) {
            case LinkEvent.Up up -> {
                publish();
                // Once more for those who subscribed in the very moment in which the broker replaced what it kept.
                loop.after(ONCE_MORE, this::publish);
            }
            case LinkEvent.Down down -> {}
            case LinkEvent.Received received -> enqueue(received);
        }
    }

    private void enqueue(LinkEvent.Received received) {
        boolean ours = received.topic().startsWith(prefix(Topics.upOfAll(fund))) || isPresence(received.topic());
        // A message that finds the queue full is dropped like one that the network lost.
        boolean full = queue.size() >= QUEUE_MAX || queuedBytes + received.message().length > QUEUE_BYTES_MAX;
        if (!ours || full) {
            return;
        }
        queuedBytes += received.message().length;
        queue.addLast(received);
        if (!draining) {
            draining = true;
            loop.post(this::drain);
        }
    }

    private void drain() {
        if (!clock.trusted()) {
            // Without the time no certificate can be judged, and what is quarantined stays so: let it wait.
            loop.after(PATIENCE, this::drain);
            return;
        }
        List<LinkEvent.Received> messages = new ArrayList<>();
        while (!queue.isEmpty() && messages.size() < MESSAGES_PER_TRANSACTION_MAX) {
            LinkEvent.Received message = queue.removeFirst();
            queuedBytes -= message.message().length;
            messages.add(message);
        }
        draining = !queue.isEmpty();
        if (draining) {
            loop.post(this::drain);
        }
        try {
            Answers answers = database.inTransaction(connection -> take(connection, messages, true));
            acknowledge(answers);
            tell(answers);
            // A terminal that subscribed while a retained document was being replaced has missed it for good.
            if (heard.addAll(answers.acknowledgements().keySet())) {
                publishSoon();
            }
            if (answers.news()) {
                onChange.run();
            }
        } catch (StorageFailed e) {
            onFailure.accept(e);
        }
    }

    private void acknowledge(Answers answers) {
        answers.acknowledgements()
                .forEach((ledger, bytes) -> link.send(Topic.passing(Topics.ack(fund, ledger.terminal())), bytes));
    }

    private void tell(Answers answers) {
        send(answers.orders());
        answers.gaps().forEach(gap -> link.send(Topic.passing(Topics.gap(fund, gap.terminal())), gap.encode()));
    }

    record Answers(
            TreeMap<LedgerId, byte[]> acknowledgements, List<Gap> gaps, List<SignedDocument> orders, boolean news) {}

    /**
     * Takes messages that somebody has carried here as if they had come over the link, and answers there too: the terminal
     * may be on-line by now. That a terminal is there is not told by what was carried.
     */
    List<Answers> carried(List<LinkEvent.Received> messages) throws StorageFailed {
        List<Answers> all = new ArrayList<>();
        for (int from = 0; from < messages.size(); from += MESSAGES_PER_TRANSACTION_MAX) {
            List<LinkEvent.Received> group =
                    messages.subList(from, Math.min(messages.size(), from + MESSAGES_PER_TRANSACTION_MAX));
            Answers answers = database.inTransaction(connection -> take(connection, group, false));
            acknowledge(answers);
            tell(answers);
            all.add(answers);
        }
        onChange.run();
        return all;
    }

    private Answers take(Connection connection, List<LinkEvent.Received> messages, boolean there) throws SQLException {
        long nowMillis = clock.now().toEpochMilli();
        TreeMap<LedgerId, Long> ledgers = new TreeMap<>();
        List<Gap> forgotten = new ArrayList<>();
        boolean news = false;
        for (LinkEvent.Received message : messages) {
            if (isPresence(message.topic())) {
                news |= there && rollCall.hear(connection, message.message());
                readBack.hear(connection, message.message(), nowMillis).ifPresent(forgotten::add);
                continue;
            }
            news = true;
            ingest.take(connection, message.message(), nowMillis)
                    .ifPresent(
                            taken -> ledgers.merge(taken.ledger(), taken.ahead().orElse(0), Math::max));
        }
        List<SignedDocument> fresh = orders.news(connection, nowMillis);
        Answers answers = new Answers(new TreeMap<>(), forgotten, fresh, news);
        for (Map.Entry<LedgerId, Long> each : ledgers.entrySet()) {
            LedgerId ledger = each.getKey();
            ingest.acknowledge(connection, ledger, nowMillis)
                    .ifPresent(bytes -> answers.acknowledgements().put(ledger, bytes));
            // Asked only now: a later message of the same group may have brought what an earlier one lacked.
            ingest.missing(connection, ledger, each.getValue())
                    .ifPresent(from -> answers.gaps().add(new Gap(ledger.terminal(), ledger.epoch(), from)));
        }
        return answers;
    }

    /** Sends new versions of documents and takes away those that they supersede. */
    public void send(List<SignedDocument> fresh) {
        for (SignedDocument signed : fresh) {
            Document document = signed.document();
            link.send(new Topic(Topics.doc(fund, document.kind(), document.version()), true), signed.bytes());
            if (document.version() > 1) {
                link.send(new Topic(Topics.doc(fund, document.kind(), document.version() - 1), true), new byte[0]);
            }
        }
    }

    private void publish() {
        try {
            long nowMillis = clock.now().toEpochMilli();
            for (Document old : database.inTransaction(connection -> publication.superseded(connection, nowMillis))) {
                link.send(new Topic(Topics.doc(fund, old.kind(), old.version()), true), new byte[0]);
            }
            for (SignedDocument signed :
                    database.inTransaction(connection -> publication.current(connection, nowMillis))) {
                Document document = signed.document();
                link.send(new Topic(Topics.doc(fund, document.kind(), document.version()), true), signed.bytes());
            }
        } catch (StorageFailed e) {
            onFailure.accept(e);
        }
    }
}
