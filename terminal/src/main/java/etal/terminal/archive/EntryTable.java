package etal.terminal.archive;

import etal.edge.speech.Speech;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import java.time.Instant;
import java.time.ZoneId;
import java.time.format.DateTimeFormatter;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of the ledger's entries: where each stands in the ledger's file, and what the technical ones say. Stateless. */
final class EntryTable {
    private EntryTable() {}

    /**
     * All entries up to the end of the period.
     *
     * @param before bytes in the ledger's file before the first
     */
    static byte[] all(List<SignedEntry> entries, long before, Kept kept, Stretch stretch, Speech speech) {
        Table table = new Table("numero,debut,longueur,sha256,precedent,details_sha256,details_joints,dans_la_periode,"
                + "genre,libelle,heure,heure_sure");
        long at = before;
        for (SignedEntry signed : entries) {
            long number = signed.entry().number();
            Body body = signed.entry().body();
            boolean within = stretch.holds(number);
            table.row(
                    number,
                    at,
                    signed.bytes().length,
                    Hash.hex(signed.hash()),
                    Hash.hex(signed.entry().previous()),
                    Kept.detailsHash(body).map(Hash::hex).orElse(""),
                    yes(within && kept.details().containsKey(number)),
                    yes(within),
                    body.kind(),
                    speech.word("archive-kind-" + body.kind()),
                    time(signed, kept.zone()),
                    yes(signed.entry().trusted()));
            at += signed.bytes().length;
        }
        return table.bytes();
    }

    /** What happened in the period beside sales, cancellations and closings. */
    static byte[] events(List<SignedEntry> stretch, ZoneId zone, Speech speech) {
        Table table = new Table("numero,heure,genre,libelle,evenement,texte");
        for (SignedEntry signed : stretch) {
            Event event = event(signed.entry().body(), zone, speech);
            if (event != null) {
                int kind = signed.entry().body().kind();
                table.row(
                        signed.entry().number(),
                        time(signed, zone),
                        kind,
                        speech.word("archive-kind-" + kind),
                        event.code(),
                        event.text());
            }
        }
        return table.bytes();
    }

    private record Event(String code, String text) {}

    private static @Nullable Event event(Body body, ZoneId zone, Speech speech) {
        return switch (body) {
            case Body.Genesis genesis -> new Event("", genesis.seller() + " " + genesis.software());
            case Body.TechnicalEvent event -> technical(event, speech);
            case Body.RulesApplied rules ->
                new Event(
                        "",
                        rules.scheme() + " " + rules.version() + " " + Hash.hex(rules.schemeHash()) + " "
                                + Hash.hex(rules.catalogueHash()));
            case Body.ClockAdjusted clock ->
                new Event("", time(clock.fromMillis(), zone) + " -> " + time(clock.toMillis(), zone));
            case Body.Abandoned abandoned -> new Event(String.valueOf(abandoned.reason()), "" + abandoned.sale());
            case Body.InDoubt doubt -> new Event("", "" + doubt.sale());
            case Body.RefundRequest refund -> new Event("", "" + refund.sale());
            case Body.Retirement retirement -> new Event(String.valueOf(retirement.reason()), "");
            default -> null;
        };
    }

    private static Event technical(Body.TechnicalEvent event, Speech speech) {
        String note = event.note() == null ? "" : ": " + event.note();
        return new Event(String.valueOf(event.code()), speech.word("archive-event-" + event.code()) + note);
    }

    /** The time of an entry in the fund's zone, with its offset. */
    static String time(SignedEntry signed, ZoneId zone) {
        return time(signed.entry().timeMillis(), zone);
    }

    private static String time(long millis, ZoneId zone) {
        return DateTimeFormatter.ISO_OFFSET_DATE_TIME.format(
                Instant.ofEpochMilli(millis).atZone(zone));
    }

    static String yes(boolean is) {
        return is ? "oui" : "non";
    }
}
