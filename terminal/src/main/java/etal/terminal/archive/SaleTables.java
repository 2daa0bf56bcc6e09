package etal.terminal.archive;

import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.Body;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.split.BasketLine;
import etal.protocol.split.TariffSide;
import etal.terminal.basket.Details;
import etal.terminal.basket.Tender;
import java.util.ArrayList;
import java.util.List;

/** Tables of the sales and cancellations of a period, and of their lines. For one use. */
final class SaleTables {
    private final Table sales = new Table("numero,heure,genre,vente,siren,regles,total_centimes,carte_centimes,"
            + "autres_centimes,especes_centimes,cheque_centimes,carte_bancaire_centimes,titre_restaurant_centimes,"
            + "monnaie_locale_centimes,consigne_rendue_centimes,chiffre_affaires_centimes,tarif,du_par_la_caisse_centimes,"
            + "details_joints,sel");
    private final Table lines = new Table("numero,genre,vente,ligne,article,designation,famille,quantite,unite,"
            + "prix_centimes,tva_pour_mille,couverture_pour_cent,prix_juste_centimes,remise_centimes,prix_kilo_centimes,"
            + "chiffre_affaires_centimes,mentions");
    private final Kept kept;
    private long count;

    private SaleTables(Kept kept) {
        this.kept = kept;
    }

    /** @param seller the SIREN that a cancellation does not name, because its sale does */
    static SaleTables of(List<SignedEntry> stretch, Kept kept, String seller) throws Malformed {
        SaleTables tables = new SaleTables(kept);
        for (SignedEntry signed : stretch) {
            switch (signed.entry().body()) {
                case Body.Sale sale -> {
                    String rules = sale.scheme().id() + " " + sale.scheme().version();
                    tables.add(signed, "vente", sale.sale(), sale.seller(), rules);
                    tables.count++;
                }
                case Body.Cancellation back -> tables.add(signed, "annulation", back.sale(), seller, "");
                default -> {}
            }
        }
        return tables;
    }

    private void add(SignedEntry signed, String kind, long sale, String siren, String rules) throws Malformed {
        long number = signed.entry().number();
        List<Object> row =
                new ArrayList<>(List.of(number, EntryTable.time(signed, kept.zone()), kind, sale, siren, rules));
        Kept.Secret secret = kept.details().get(number);
        if (secret == null) {
            // Taken back from the second medium: what only the seller kept is lost, and the table says so.
            row.addAll(java.util.Collections.nCopies(12, ""));
            row.addAll(List.of(EntryTable.yes(false), ""));
        } else {
            Details details = Details.decode(secret.bytes());
            row.addAll(money(details));
            row.addAll(List.of(EntryTable.yes(true), Hash.hex(secret.salt())));
            addLines(number, kind, sale, details);
        }
        sales.row(row.toArray());
    }

    private static List<Object> money(Details details) {
        List<Object> money = new ArrayList<>(List.of(
                details.basket().totalCents(),
                details.cardCents(),
                details.cashCents(),
                details.cashCents() - details.paying().tenderedCents()));
        for (Tender.Means means : Tender.Means.values()) {
            money.add(details.paying().tenders().stream()
                    .filter(tender -> tender.means() == means)
                    .mapToLong(Tender::amountCents)
                    .sum());
        }
        money.add(details.basket().turnoverCents());
        money.add(details.basket().tariff().map(TariffSide::choice).orElse(""));
        money.add(details.basket().tariff().map(TariffSide::fundCents).orElse(0L));
        return money;
    }

    private void addLines(long number, String kind, long sale, Details details) {
        int place = 0;
        for (BasketLine line : details.basket().lines()) {
            place++;
            lines.row(
                    number,
                    kind,
                    sale,
                    place,
                    line.productId(),
                    line.name(),
                    line.family(),
                    line.quantity(),
                    line.weighed() ? "g" : "piece",
                    line.priceCents(),
                    line.vatPermille(),
                    line.coveragePercent(),
                    line.fairCents(),
                    line.discountCents(),
                    line.weighed() ? line.perKiloCents() : "",
                    details.basket().turnoverCents(line),
                    String.join(" ", line.labels()));
        }
    }

    /** How many sales, those since cancelled among them. */
    long count() {
        return count;
    }

    byte[] sales() {
        return sales.bytes();
    }

    byte[] lines() {
        return lines.bytes();
    }
}
