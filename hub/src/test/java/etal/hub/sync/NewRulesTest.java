package etal.hub.sync;

import static etal.hub.world.TestFund.vegetables;
import static etal.hub.world.TestFund.version;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeBroker;
import etal.fake.FakeLink;
import etal.hub.books.Sql;
import etal.hub.core.HubCore;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.world.TestFund;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.catalogue.Product;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDate;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;

/**
 * Rules with a date.
 *
 * <pre>
 * hub                          broker (retained)                      a terminal that comes back
 *  |-- scheme 1, holds ---------> doc/scheme/1                          |
 *  |-- scheme 2, will hold -----> doc/scheme/2                          |
 *  |                                 |-- scheme 1, scheme 2 ----------->|
 *  | (its date has come)             |                                  |
 *  |-- empty ----------------> doc/scheme/1 (taken away)                |
 * </pre>
 */
class NewRulesTest {
    private static final List<String> TODAY = List.of("etal/1/doc/catalogue/1", "etal/1/doc/period/63");
    private static final Catalogue NONE = new Catalogue(List.of());
    private static final Catalogue BREAD = new Catalogue(List.of(new Product("pain", "Pain", "pain", 300, 55, 100)));

    private final TestFund fund = new TestFund();
    private final FakeBroker broker = new FakeBroker();

    NewRulesTest() throws Exception {}

    @Test
    void the_version_that_holds_and_those_that_will_stand_published_until_their_date_has_come() throws Exception {
        publishes(List.of(version(1, "2025-03-01"), version(2, "2025-04-03"), version(3, "2025-06-01")), only(NONE));
        assertEquals(with("scheme/1", "scheme/2", "scheme/3"), broker.retained());

        // Midnight in Paris is 22:00 UTC in summer.
        passUntil("2025-04-02T21:59:00Z");
        assertEquals(with("scheme/1", "scheme/2", "scheme/3"), broker.retained());
        passUntil("2025-04-02T22:11:00Z");
        assertEquals(with("scheme/2", "scheme/3"), broker.retained());
    }

    @Test
    void a_list_of_products_may_be_put_between_two_that_are_published() throws Exception {
        publishes(first(), dated("2025-03-01", NONE, "2025-06-01", BREAD));
        assertEquals(
                List.of(),
                refused(
                        first(),
                        dated("2025-03-01", NONE, "2025-05-01", BREAD, "2025-06-01", NONE, "2025-07-01", BREAD)));
        TreeMap<String, Long> holds = new TreeMap<>();
        for (String day : List.of("2025-04-02", "2025-05-15", "2025-06-15", "2025-07-15")) {
            holds.put(day, listOn(day));
        }
        // 2 was for June; what is named now for May, June and July comes after it.
        assertEquals("{2025-04-02=1, 2025-05-15=3, 2025-06-15=4, 2025-07-15=5}", holds.toString());
        assertEquals(5, count("catalogue"), "and the same again changes nothing");
        publishes(first(), dated("2025-03-01", NONE, "2025-05-01", BREAD, "2025-06-01", NONE, "2025-07-01", BREAD));
        assertEquals(5, count("catalogue"));
    }

    @Test
    void a_published_list_is_not_recalled_by_silence() throws Exception {
        publishes(first(), dated("2025-03-01", NONE, "2025-06-01", BREAD));
        assertEquals(
                List.of(
                        "hub.yaml:8: catalogue[0].holdsFrom: no list for 2025-06-01, for which one is published, that one"
                                + " or another"),
                refused(first(), dated("2025-03-01", NONE)));
        assertEquals(List.of(), refused(first(), dated("2025-03-01", NONE, "2025-06-01", NONE)));
        assertEquals(3, listOn("2025-06-01"), "the list of before, once more");
    }

    @Test
    void the_only_list_of_a_fund_changes_by_a_date_alone() throws Exception {
        assertEquals(
                List.of(
                        "catalogue: another list than the one published, a list of { file, holdsFrom } in which the new one"
                                + " holds from 2025-04-02 or later: sales before it stay as they are"),
                refused(first(), only(BREAD)));
        assertEquals(1, count("catalogue"));
    }

    @Test
    void new_rules_hold_from_today_unless_something_was_sold_today() throws Exception {
        List<SchemeVersion> today = List.of(version(1, "2025-03-01"), version(2, "2025-04-02"));
        List<SchemeVersion> yesterday = List.of(version(1, "2025-03-01"), version(2, "2025-04-01"));
        assertEquals(
                List.of(
                        "scheme-2.yaml:N: holdsFrom: 2025-04-01, 2025-04-02 or later: sales before it stay as they are"),
                refused(yesterday, only(NONE)));
        fund.three.load(fund.cards.getFirst(), fund.token());
        fund.three.sell(fund.cards.getFirst(), vegetables(100));
        fund.deliver(fund.three.batch());
        assertEquals(
                List.of(
                        "scheme-2.yaml:N: holdsFrom: 2025-04-02, 2025-04-03 or later: sales before it stay as they are"),
                refused(today, only(NONE)));
        assertEquals(1, count("scheme"), "nothing has changed");
        assertEquals(
                List.of(
                        "hub.yaml:8: catalogue[1].holdsFrom: 2025-04-02 for a list not published for that day, 2025-04-03"
                                + " or later: sales before it stay as they are"),
                refused(first(), dated("2025-03-01", NONE, "2025-04-02", BREAD)));
    }

    @Test
    void a_day_begins_at_midnight_in_the_funds_zone_on_either_side_of_a_change_of_the_clocks() throws Exception {
        fund.clock.set(Instant.parse("2025-10-01T10:00:00Z"));
        publishes(
                List.of(
                        version(1, "2025-03-01"),
                        version(2, "2025-10-26"),
                        version(3, "2025-10-27"),
                        version(4, "2026-03-29"),
                        version(5, "2026-03-30")),
                only(NONE));
        List<String> begins = fund.database
                .inTransaction(connection -> Sql.list(
                        connection,
                        "SELECT holds_from_millis FROM document WHERE kind = 'scheme' ORDER BY version",
                        row -> Instant.ofEpochMilli(row.getLong(1)).toString()))
                .subList(1, 5);
        assertEquals(
                List.of("2025-10-25T22:00:00Z", "2025-10-26T23:00:00Z", "2026-03-28T23:00:00Z", "2026-03-29T22:00:00Z"),
                begins);
    }

    @Test
    void what_the_books_stand_on_does_not_change() throws Exception {
        assertEquals(
                List.of("scheme-2.yaml:N: zone: Europe/Lisbon, Europe/Paris as published"),
                refused(List.of(version(2, "2025-05-01", "zone: Europe/Paris", "zone: Europe/Lisbon")), only(NONE)));
        assertEquals(
                List.of("scheme-2.yaml:N: id: another, dieulefit as published"),
                refused(List.of(version(2, "2025-05-01", "id: dieulefit", "id: another")), only(NONE)));
    }

    @Test
    void at_most_seven_versions_wait_for_their_date() throws Exception {
        List<SchemeVersion> many = new java.util.ArrayList<>(first());
        for (int version = 2; version <= 8; version++) {
            many.add(version(version, "2025-05-0" + version));
        }
        publishes(many, only(NONE));
        assertEquals(
                8,
                broker.retained().stream()
                        .filter(topic -> topic.contains("/scheme/"))
                        .count());
        many.add(version(9, "2025-05-09"));
        assertEquals(List.of("scheme-9.yaml:N: version: 8 versions to come, at most 7"), refused(many, only(NONE)));
    }

    private static List<SchemeVersion> first() {
        return List.of(version(1, "2025-03-01"));
    }

    private static List<ProductList> only(Catalogue catalogue) {
        return List.of(new ProductList(catalogue, Optional.empty(), "catalogue"));
    }

    /** Day, catalogue, day, catalogue. */
    private static List<ProductList> dated(Object... pairs) {
        List<ProductList> lists = new java.util.ArrayList<>();
        for (int i = 0; i < pairs.length; i += 2) {
            String place = "hub.yaml:8: catalogue[" + i / 2 + "].holdsFrom";
            lists.add(
                    new ProductList((Catalogue) pairs[i + 1], Optional.of(LocalDate.parse((String) pairs[i])), place));
        }
        return lists;
    }

    private void publishes(List<SchemeVersion> schemes, List<ProductList> lists) throws Exception {
        FakeLink link = broker.link(fund.loop, Mailbox.topics(1));
        assertEquals(List.of(), fund.start(fund.hub(new PublishedRules(schemes, lists), link)));
        broker.connect(link);
        fund.loop.runUntilIdle();
    }

    private List<String> refused(List<SchemeVersion> schemes, List<ProductList> lists) throws Exception {
        HubCore hub = fund.hub(new PublishedRules(schemes, lists), new FakeLink(fund.loop));
        return fund.start(hub).stream()
                .map(complaint -> complaint.replaceFirst("^(scheme-\\d\\.yaml):\\d+", "$1:N"))
                .toList();
    }

    private void passUntil(String instant) {
        fund.loop.advance(Duration.between(fund.clock.now(), Instant.parse(instant)));
    }

    private long listOn(String day) throws Exception {
        long noonMillis = Instant.parse(day + "T12:00:00Z").toEpochMilli();
        return fund.database.inTransaction(
                connection -> etal.hub.members.Timeline.read(connection).versionAt("catalogue", noonMillis));
    }

    private long count(String kind) throws Exception {
        return fund.count("document WHERE kind = '" + kind + "'");
    }

    private static List<String> with(String... schemes) {
        List<String> topics = new java.util.ArrayList<>(TODAY);
        for (String scheme : schemes) {
            topics.add("etal/1/doc/" + scheme);
        }
        assertTrue(topics.size() > TODAY.size());
        return topics;
    }
}
