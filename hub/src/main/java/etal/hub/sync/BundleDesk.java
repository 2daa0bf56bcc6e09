package etal.hub.sync;

import etal.hub.ingest.Ingest;
import etal.hub.members.Fund;
import etal.port.Clock;
import etal.port.Database;
import etal.port.Link.LinkEvent;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.sync.Batch;
import etal.protocol.sync.Document;
import etal.protocol.sync.Gap;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.SignedPresence;
import etal.protocol.sync.Topics;
import etal.protocol.sync.bundle.Bundle;
import etal.protocol.sync.bundle.Bundle.Message;
import etal.protocol.sync.bundle.Packing;
import etal.protocol.sync.bundle.Way;
import etal.protocol.trust.Verified;
import java.sql.Connection;
import java.sql.SQLException;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Where a stick is handed in. Its messages are taken as if they had come over the link, and the answer holds what the link
 * would have brought to that terminal: acknowledgements, what is asked for again, and all that the fund publishes. Who
 * carries the stick is asked nothing: as over the link a terminal's certificates tell whose each batch is, and who has none of
 * this fund is given nothing. Used from the loop only.
 */
public final class BundleDesk {
    private final Fund fund;
    private final Clock clock;
    private final Database database;
    private final Mailbox mailbox;
    private final Ingest ingest;
    private final Publication publication;

    /** A desk beside that mailbox. */
    public BundleDesk(
            Fund fund, Clock clock, Database database, Mailbox mailbox, Ingest ingest, Publication publication) {
        this.fund = fund;
        this.clock = clock;
        this.database = database;
        this.mailbox = mailbox;
        this.ingest = ingest;
        this.publication = publication;
    }

    /** What came of a stick. */
    public sealed interface Outcome {
        /**
         * It was taken.
         *
         * @param answer what to carry back
         * @param acknowledged the last entry that the hub has signed for, of the terminal's own ledger; 0 while of none
         * @param head the last entry that the terminal says it has
         * @param left documents that found no room in the answer
         */
        record Taken(Bundle answer, long acknowledged, long head, int left) implements Outcome {}

        /** Nothing was taken. */
        record Refused(Why why, String detail) implements Outcome {}
    }

    /** Why a stick was not taken. */
    public enum Why {
        /** It is torn, rotten, or no bundle at all. */
        UNREADABLE,
        /** It is an answer, not what a terminal has written. */
        ANSWER,
        /** It is of another fund. */
        OTHER_FUND,
        /** A terminal speaks in it for another one. */
        OTHER_TERMINAL,
        /** Nothing in it is of a terminal that this fund has certified. */
        STRANGER,
        /** The hub does not know the time yet, by which it judges certificates. */
        NO_TIME
    }

    /** Takes a stick's file. */
    public Outcome take(byte[] file) throws StorageFailed {
        Bundle bundle;
        try {
            bundle = Bundle.decode(file);
        } catch (Malformed e) {
            return new Outcome.Refused(Why.UNREADABLE, String.valueOf(e.getMessage()));
        }
        Optional<Outcome> refused = refused(bundle);
        if (refused.isPresent()) {
            return refused.get();
        }
        // The terminal's word comes after the batches it speaks of, in whatever order they were packed.
        List<LinkEvent.Received> messages = bundle.messages().stream()
                .sorted(Comparator.comparing(message -> isPresence(bundle, message)))
                .map(message -> new LinkEvent.Received(message.topic(), message.payload()))
                .toList();
        List<Mailbox.Answers> answers = mailbox.carried(messages);
        return database.inTransaction(connection -> answer(connection, bundle, answers));
    }

    private Optional<Outcome> refused(Bundle bundle) {
        if (bundle.way() != Way.UP) {
            return refusal(Why.ANSWER, bundle.ledger().toString());
        }
        if (bundle.fund() != fund.id()) {
            return refusal(Why.OTHER_FUND, "" + bundle.fund());
        }
        if (!clock.trusted()) {
            return refusal(Why.NO_TIME, "");
        }
        for (Message message : bundle.messages()) {
            Optional<LedgerId> speaker = isPresence(bundle, message)
                    ? presence(message).map(word -> word.presence().ledger())
                    : batch(message).map(batch -> new LedgerId(batch.terminal(), batch.epoch()));
            if (speaker.isPresent()
                    && speaker.get().terminal() != bundle.ledger().terminal()) {
                return refusal(Why.OTHER_TERMINAL, speaker.get().toString());
            }
        }
        return Optional.empty();
    }

    private static Optional<Outcome> refusal(Why why, String detail) {
        return Optional.of(new Outcome.Refused(why, detail));
    }

    private static boolean isPresence(Bundle bundle, Message message) {
        return message.topic().equals(Topics.here(bundle.fund(), bundle.ledger().terminal()));
    }

    /** Empty for what does not read: the quarantine keeps that, as if it had come over the link. */
    private static Optional<Batch> batch(Message message) {
        try {
            return Optional.of(Batch.decode(message.payload()));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private static Optional<SignedPresence> presence(Message message) {
        try {
            return Optional.of(SignedPresence.decode(message.payload()));
        } catch (Malformed e) {
            return Optional.empty();
        }
    }

    private Outcome answer(Connection connection, Bundle bundle, List<Mailbox.Answers> answers) throws SQLException {
        long nowMillis = clock.now().toEpochMilli();
        TreeMap<LedgerId, byte[]> acknowledgements = new TreeMap<>();
        TreeMap<LedgerId, Gap> gaps = new TreeMap<>();
        for (Mailbox.Answers each : answers) {
            acknowledgements.putAll(each.acknowledgements());
            each.gaps().forEach(gap -> gaps.put(new LedgerId(gap.terminal(), gap.epoch()), gap));
        }
        Optional<SignedPresence> word = itsWord(connection, bundle, nowMillis);
        if (word.isPresent()) {
            // The answer of before may have been lost on its way: what is signed for is said again.
            LedgerId ledger = word.get().presence().ledger();
            ingest.acknowledge(connection, ledger, nowMillis).ifPresent(signed -> acknowledgements.put(ledger, signed));
        } else if (acknowledgements.isEmpty() && gaps.isEmpty()) {
            return new Outcome.Refused(Why.STRANGER, bundle.ledger().toString());
        }
        Packing packing = new Packing(Way.DOWN, fund.id(), bundle.ledger());
        acknowledgements.forEach(
                (ledger, signed) -> packing.add(new Message(Topics.ack(fund.id(), ledger.terminal()), signed)));
        gaps.values().forEach(gap -> packing.add(new Message(Topics.gap(fund.id(), gap.terminal()), gap.encode())));
        int left = stolen(bundle.ledger()) ? 0 : documents(connection, packing, nowMillis);
        long held = ingest.held(connection, bundle.ledger());
        long head = word.map(each -> each.presence().number()).orElse(held);
        return new Outcome.Taken(packing.bundle(), held, head, left);
    }

    /** The broker lets a stolen terminal hear nothing; what it has sold before is taken all the same. */
    private boolean stolen(LedgerId ledger) {
        return fund.stolen().stream().anyMatch(stolen -> stolen.ledger().equals(ledger));
    }

    /** Packs what is published; returns how much of it found no room. */
    private int documents(Connection connection, Packing packing, long nowMillis) throws SQLException {
        int left = 0;
        for (SignedDocument signed : publication.current(connection, nowMillis)) {
            Document document = signed.document();
            String topic = Topics.doc(fund.id(), document.kind(), document.version());
            left += packing.add(new Message(topic, signed.bytes())) ? 0 : 1;
        }
        return left;
    }

    /** The terminal's own word in that bundle, if there is one and it is its own. */
    private Optional<SignedPresence> itsWord(Connection connection, Bundle bundle, long nowMillis) throws SQLException {
        List<SignedPresence> words = new ArrayList<>();
        for (Message message : bundle.messages()) {
            if (isPresence(bundle, message)) {
                presence(message).ifPresent(words::add);
            }
        }
        for (SignedPresence word : words) {
            Optional<Verified> leaf =
                    ingest.terminal(connection, word.presence().ledger(), nowMillis);
            if (leaf.isPresent()
                    && Arrays.equals(word.kid(), leaf.get().leafHash())
                    && word.verify(leaf.get().leafPublicKey65())) {
                return Optional.of(word);
            }
        }
        return Optional.empty();
    }
}
