package etal.terminal.archive;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.terminal.basket.Tender;
import etal.terminal.closing.Totals;
import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import org.jspecify.annotations.Nullable;

/** Tables of the closings of a period: their totals, and these by rate of VAT. For one use. */
final class ClosingTables {
    private static final String TOTALS = "ttc_centimes,carte_centimes,autres_centimes,especes_centimes,cheque_centimes,"
            + "carte_bancaire_centimes,titre_restaurant_centimes,monnaie_locale_centimes,consigne_rendue_centimes,"
            + "perpetuel_centimes";
    private static final int TOTALS_COLUMNS = TOTALS.split(",").length;

    private final Table closings = new Table("numero,heure,genre,periode,sens,nombre,carte_du_registre_centimes,"
            + "carte_perpetuel_centimes," + TOTALS + ",details_joints,sel");
    private final Table rates = new Table("numero,genre,periode,sens,tva_pour_mille,ttc_centimes");
    private final Kept kept;

    private ClosingTables(Kept kept) {
        this.kept = kept;
    }

    static ClosingTables of(List<SignedEntry> stretch, Kept kept) throws Malformed {
        ClosingTables tables = new ClosingTables(kept);
        for (SignedEntry signed : stretch) {
            if (signed.entry().body() instanceof Body.Closing closing) {
                tables.add(signed, closing);
            }
        }
        return tables;
    }

    /** One row of what was sold and one of what was cancelled, for the one lowers nothing of the other. */
    private void add(SignedEntry signed, Body.Closing closing) throws Malformed {
        Kept.Secret secret = kept.details().get(signed.entry().number());
        Totals totals = secret == null ? null : Totals.decode(secret.bytes());
        Body.Closing.Undone undone = closing.undone();
        row(
                signed,
                closing,
                "vendu",
                List.of(closing.sales(), closing.cardCents(), closing.perpetualCardCents()),
                secret,
                totals == null ? List.of() : List.of(totals.sold()));
        row(
                signed,
                closing,
                "annule",
                List.of(undone.count(), undone.cardCents(), undone.perpetualCardCents()),
                secret,
                totals == null ? List.of() : List.of(totals.cancelled()));
    }

    private void row(
            SignedEntry signed,
            Body.Closing closing,
            String side,
            List<Long> ofLedger,
            Kept.@Nullable Secret secret,
            List<Totals.Side> known) {
        long number = signed.entry().number();
        String term = term(closing);
        List<Object> row =
                new ArrayList<>(List.of(number, EntryTable.time(signed, kept.zone()), term, closing.day(), side));
        row.addAll(ofLedger);
        if (known.isEmpty()) {
            row.addAll(Collections.nCopies(TOTALS_COLUMNS, ""));
        }
        for (Totals.Side totals : known) {
            row.addAll(totals(totals));
            totals.byVatPermille().forEach((rate, cents) -> rates.row(number, term, closing.day(), side, rate, cents));
        }
        row.addAll(List.of(EntryTable.yes(secret != null), secret == null ? "" : Hash.hex(secret.salt())));
        closings.row(row.toArray());
    }

    private static List<Object> totals(Totals.Side side) {
        List<Object> totals = new ArrayList<>(List.of(
                side.byVatPermille().values().stream()
                        .mapToLong(Long::longValue)
                        .sum(),
                side.cardCents(),
                side.cashCents(),
                side.coinsCents()));
        for (Tender.Means means : Tender.Means.values()) {
            totals.add(side.byMeans().getOrDefault(means, 0L));
        }
        totals.add(side.perpetualCents());
        return totals;
    }

    private static String term(Body.Closing closing) {
        return switch (closing.period()) {
            case Body.Closing.DAY -> "jour";
            case Body.Closing.MONTH -> "mois";
            default -> "annee";
        };
    }

    byte[] closings() {
        return closings.bytes();
    }

    byte[] rates() {
        return rates.bytes();
    }
}
