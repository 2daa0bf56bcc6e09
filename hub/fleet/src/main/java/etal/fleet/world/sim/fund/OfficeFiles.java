package etal.fleet.world.sim.fund;

import etal.hub.members.Fund;
import etal.hub.members.Member;
import etal.hub.members.PointOfSale;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.Entitlement;
import etal.terminal.sale.Seller;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.stream.LongStream;

/** What the operator of a simulated fund has written into its files: stalls, debtor, households of two. Stateless. */
public final class OfficeFiles {
    private static final String IBAN = "FR7630001007940000000000148";
    private static final long CONTRIBUTION_CENTS = 10_000;
    private static final int PERSONS = 2;

    private OfficeFiles() {}

    /** The fund with its points of sale, when that month is open. */
    public static Fund fund(long number, List<PointOfSale> points, int period, long fundersCents) {
        return new Fund(
                number,
                points,
                new Fund.Debtor("Caisse", "FR7630001007940000000009945", "BDFEFRPPXXX"),
                period,
                fundersCents,
                Duration.ofDays(1).toMillis());
    }

    /** So many stalls, from number 1 on. */
    public static List<PointOfSale> stalls(int count) {
        return LongStream.rangeClosed(1, count)
                .mapToObj(number -> stall(number, name(number), siren(number)))
                .toList();
    }

    /** The point of sale of a stall. */
    public static PointOfSale stall(long number, String name, String siren) {
        return new PointOfSale(number, number, name, siren, IBAN, name);
    }

    private static String name(long stall) {
        return "Étal " + stall;
    }

    /** The SIREN of a stall's seller. */
    public static String siren(long stall) {
        return "90000000" + stall;
    }

    /** Who sells at a stall. */
    public static Seller seller(long stall) {
        return seller(stall, name(stall), siren(stall));
    }

    /** The same under a name of its own. */
    public static Seller seller(long stall, String name, String siren) {
        return new Seller(new etal.protocol.split.PointOfSale(stall, siren), name, Seller.VatRegime.NORMAL);
    }

    /** The household of a card, by its number from 1. */
    public static Member member(int number, CardCertificate certificate, Entitlement entitlement, boolean denied) {
        return new Member(
                String.format(Locale.ROOT, "F%04d", number),
                certificate.cardId(),
                certificate.encode(),
                PERSONS,
                entitlement,
                CONTRIBUTION_CENTS,
                denied);
    }

    /** The next version of what a card may load: another amount a month. */
    public static Entitlement voted(Entitlement before, long amountCents) {
        return new Entitlement(
                amountCents,
                before.earnableCents(),
                before.keepCents(),
                before.pointOfSale(),
                before.firstPeriod(),
                before.lastPeriod(),
                before.catchUpMonths(),
                before.version() + 1);
    }
}
