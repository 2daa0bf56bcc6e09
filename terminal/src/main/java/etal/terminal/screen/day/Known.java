package etal.terminal.screen.day;

import etal.edge.speech.Speech;
import etal.port.StorageFailed;
import etal.protocol.card.Period;
import etal.protocol.cbor.Malformed;
import etal.protocol.sync.SignedCheckpoint;
import etal.terminal.bundle.StickDesk;
import etal.terminal.ledger.CertificateDates;
import etal.terminal.ledger.Sql;
import etal.terminal.main.Till;
import etal.terminal.screen.day.KnownView.Row;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.time.format.FormatStyle;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** Gathers what a terminal knows, and since when: first of all what somebody on the telephone would ask. Used once. */
final class Known {
    private final Till till;
    private final Speech speech;
    private final DateTimeFormatter moment;
    private final Optional<StickDesk> stick;

    Known(Till till, Speech speech, ZoneId zone, Optional<StickDesk> stick) {
        this.stick = stick;
        this.till = till;
        this.speech = speech;
        this.moment = DateTimeFormatter.ofLocalizedDateTime(FormatStyle.MEDIUM, FormatStyle.SHORT)
                .withLocale(speech.locale())
                .withZone(zone);
    }

    KnownView view() throws StorageFailed {
        List<Row> rows = new ArrayList<>();
        rows.add(row(
                "known-terminal",
                till.setup().identity().id().toString(),
                speech.say("known-software", till.setup().software())));
        rows.add(row("known-clock", at(till.ledger().timeMillis()), ""));
        acknowledged(rows);
        rows.add(row(
                "known-waiting",
                String.valueOf(till.uplink().unacknowledged()),
                speech.word(till.uplink().up() ? "known-online" : "known-offline")));
        documents(rows);
        rows.add(row("known-month", Period.yearMonth(till.stall().period()).toString(), ""));
        rows.add(row(
                "known-head",
                String.valueOf(till.ledger().head().number()),
                till.headHash().substring(0, 16)));
        rows.add(row("known-medium", speech.word(till.ledger().mediumWorking() ? "known-yes" : "known-no"), ""));
        stick.ifPresent(desk -> rows.add(row(
                "known-stick",
                "",
                desk.copiedMillis().isPresent() ? at(desk.copiedMillis().getAsLong()) : "")));
        certificate(rows);
        training(rows);
        return new KnownView(rows, stick.map(this::stick));
    }

    private KnownView.Stick stick(StickDesk desk) {
        List<KnownView.Word> words = desk.told().stream()
                .map(told -> new KnownView.Word(told.good() ? "good" : "warn", speech.speak(told.said())))
                .toList();
        return new KnownView.Stick(desk.working(), words);
    }

    private void acknowledged(List<Row> rows) throws StorageFailed {
        Optional<SignedCheckpoint> word = till.ledger().acknowledged();
        rows.add(
                word.isEmpty()
                        ? row("known-word", speech.word("known-none"), "")
                        : row(
                                "known-word",
                                speech.say(
                                        "known-entry", word.get().checkpoint().number()),
                                at(word.get().checkpoint().hubTimeMillis())));
    }

    private void documents(List<Row> rows) throws StorageFailed {
        record Stored(String kind, long version, long holdsFromMillis) {}
        List<Stored> stored = till.ledger()
                .store()
                .inTransaction(connection -> Sql.rows(
                        connection,
                        "SELECT kind, version, holds_from FROM document ORDER BY kind, version",
                        row -> new Stored(row.getString(1), row.getLong(2), row.getLong(3))));
        for (Stored one : stored) {
            // Of the orders each sixteenth of the cards has a document of its own: people need not know which.
            String key = "known-" + (one.kind().startsWith("orders-") ? "orders" : one.kind());
            rows.add(new Row(
                    speech.knows(key) ? speech.word(key) : one.kind(),
                    speech.say("known-version", one.version()),
                    speech.say("known-since", at(one.holdsFromMillis()))));
        }
    }

    private void training(List<Row> rows) throws StorageFailed {
        boolean on = till.practice().on();
        rows.add(row(
                "known-training",
                on ? speech.say("known-since", at(till.practice().sinceMillis())) : speech.word("known-training-off"),
                speech.say("known-practised", till.practice().sales())));
    }

    private void certificate(List<Row> rows) {
        try {
            CertificateDates dates =
                    CertificateDates.of(till.setup().identity().chain().getFirst());
            rows.add(row("known-certificate", "", speech.say("known-until", at(dates.toMillis()))));
        } catch (Malformed unreadable) {
            throw new IllegalStateException("a certificate that was verified does not read", unreadable);
        }
    }

    private Row row(String key, String which, String since) {
        return new Row(speech.word(key), which, since);
    }

    private String at(long millis) {
        return moment.format(Instant.ofEpochMilli(millis));
    }
}
