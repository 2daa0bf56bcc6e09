package etal.fleet.tryout;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertInstanceOf;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.market.OwnMarket;
import etal.fleet.market.Receipt;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.CatalogueCsv;
import etal.protocol.catalogue.CatalogueReading;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.time.YearMonth;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A month tried on a few receipts, reckoned by hand. */
class TrialTest {
    private static final YearMonth APRIL = YearMonth.of(2025, 4);

    private static final Catalogue GOODS = assertInstanceOf(
                    CatalogueReading.Read.class, CatalogueCsv.read("""
                            item,name_fr,category,price_cents,vat_permille,conventioned,labels
                            carottes,Carottes,legumes,1000,55,yes,bio
                            pain,Pain,pain,400,55,yes,
                            vin,Vin,alcool,800,200,no,
                            """, "liste.csv"))
            .catalogue();

    private static Trial trial(String scheme, String members, String receipts) {
        Scheme rules = ShippedSchemes.scheme(scheme);
        List<Buyer> buyers = assertInstanceOf(
                        MembersCsv.Reading.Read.class,
                        MembersCsv.read(
                                "household,adults,children,contribution,point_of_sale\n" + members, "m.csv", rules))
                .buyers();
        PurchasesCsv.Reading reading = PurchasesCsv.read(receipts, "t.csv", GOODS, rules);
        return Trial.of(
                rules,
                APRIL,
                buyers,
                assertInstanceOf(PurchasesCsv.Reading.Read.class, reading, reading::toString)
                        .purchases());
    }

    private static String figure(Trial trial, String name) {
        return new Figures(trial)
                .month().stream()
                        .filter(line -> line.startsWith(name + ","))
                        .findFirst()
                        .orElse("none");
    }

    // Seine-Saint-Denis, one adult: 50 on the card, 25 of bonus at most. 20 € of organic carrots earn 10, bread 4 earns
    // nothing, wine 8 is not covered: the card pays 24, the member 8. Then 40 € of carrots: the allocation's 26 and the
    // bonus' 10 pay 36 (4 otherwise), which earn 50 % of 36 = 18, of which 15 may still be earned.
    @Test
    void a_bonus_is_earned_and_spent_within_the_month() {
        Trial trial = trial("vitalim", "A,1,,0,\n", """
                day,household,point_of_sale,item,quantity
                2,A,1,carottes,2
                2,A,1,pain,1
                2,A,1,vin,1
                9,A,1,carottes,4
                """);
        assertEquals("sales,2,count", figure(trial, "sales"));
        assertEquals("total,72.00,EUR", figure(trial, "total"));
        assertEquals("covered,64.00,EUR", figure(trial, "covered"));
        assertEquals("paid_by_allocation,50.00,EUR", figure(trial, "paid_by_allocation"));
        assertEquals("paid_by_bonus,10.00,EUR", figure(trial, "paid_by_bonus"));
        assertEquals("bonus_earned,25.00,EUR", figure(trial, "bonus_earned"));
        assertEquals("paid_otherwise,12.00,EUR", figure(trial, "paid_otherwise"));
        assertEquals("producers_get,72.00,EUR", figure(trial, "producers_get"));
        assertEquals("share_of_label_bio,93.3,percent", figure(trial, "share_of_label_bio"));
    }

    // Dieulefit's market: carrots at 10 cost 6.50, 10 and 12.50; the fund puts 3.50 and gets 2.50; producers get 30.
    @Test
    void three_prices_need_no_card() {
        Trial trial = trial("dieulefit-marche", "A,1,,0,\n", """
                day,household,point_of_sale,item,quantity,tariff
                2,A,1,carottes,1,accessible
                2,B,1,carottes,1,juste
                2,C,1,carottes,1,solidaire
                """);
        assertEquals("total,29.00,EUR", figure(trial, "total"));
        assertEquals("fund_to_price,1.00,EUR", figure(trial, "fund_to_price"));
        assertEquals("paid_otherwise,29.00,EUR", figure(trial, "paid_otherwise"));
        assertEquals("producers_get,30.00,EUR", figure(trial, "producers_get"));
    }

    // The envelope of 60 a stall and day: 20 bags of carrots at 65 % would take 70; 60 are given, the rest is asked.
    @Test
    void beyond_the_envelope_the_fair_price_holds() {
        Trial trial = trial(
                "dieulefit-marche",
                "A,1,,0,\n",
                "day,household,point_of_sale,item,quantity,tariff\n2,A,1,carottes,20,accessible\n3,A,1,carottes,1,accessible\n");
        assertEquals("fund_to_price,63.50,EUR", figure(trial, "fund_to_price"));
    }

    // Ariège: the card pays only where its household has chosen to buy.
    @Test
    void a_card_pays_only_at_the_place_its_household_has_chosen() {
        Trial trial = trial(
                "ariege",
                "A,1,,10,2\n",
                "day,household,point_of_sale,item,quantity\n2,A,1,carottes,1\n3,A,2,carottes,1\n");
        assertEquals(0, trial.sales().getFirst().plan().cardCents());
        assertEquals(1_000, trial.sales().getLast().plan().cardCents());
    }

    // Clermont-Ferrand: 10, 20 and 41 pooled are 71; a third of it is 23.66, and two cents go into the next month.
    @Test
    void a_pooled_mean_is_the_same_for_all() {
        Trial trial = trial(
                "clermont-ferrand",
                "A,1,,10,\nB,2,8,20,\nC,1,,41,\n",
                "day,household,point_of_sale,item,quantity\n2,A,1,carottes,1\n");
        assertTrue(trial.households().stream().allMatch(one -> one.grantedCents() == 2_366));
        assertEquals("mean_contribution,23.67,doume", figure(trial, "mean_contribution"));
        assertEquals(
                "households_paying_more_than_they_receive,33.3,percent",
                figure(trial, "households_paying_more_than_they_receive"));
    }

    @Test
    void a_receipt_that_nobody_can_have_rung_up_is_refused_with_its_line() {
        Scheme rules = ShippedSchemes.scheme("dieulefit");
        PurchasesCsv.Reading reading = PurchasesCsv.read(
                "day,household,point_of_sale,item,quantity\n32,A,1,carottes,1\n2,A,1,truffes,1\n",
                "t.csv",
                GOODS,
                rules);
        assertEquals(
                List.of(
                        "t.csv:2: day: \"32\", whole number from 1 to 31",
                        "t.csv:3: item: \"truffes\", an item of the catalogue"),
                assertInstanceOf(PurchasesCsv.Reading.Faulty.class, reading).faults().stream()
                        .map(Object::toString)
                        .toList());
    }

    @Test
    void what_is_assumed_is_the_same_each_time_and_adds_up_for_every_shipped_scheme() {
        Catalogue own = OwnMarket.catalogue();
        for (String id : ShippedSchemes.ids()) {
            Scheme scheme = ShippedSchemes.scheme(id);
            List<Receipt> receipts = List.of(
                    new Receipt(1, List.of("carottes", "poireaux")),
                    new Receipt(2, List.of("pommes de terre", "salade")));
            List<Buyer> buyers = Assumed.buyers(scheme, receipts.size());
            Trial trial = Trial.of(scheme, APRIL, buyers, Assumed.purchases(scheme, own, receipts, buyers));
            for (Trial.Sale sale : trial.sales()) {
                assertEquals(
                        sale.asked().totalCents(),
                        sale.plan().cardCents() + sale.plan().cashCents(),
                        id);
                assertEquals(
                        sale.allocationCents() + sale.bonusCents(), sale.plan().cardCents(), id);
            }
            assertEquals(new Figures(trial).month(), new Figures(trial).month());
        }
    }
}
