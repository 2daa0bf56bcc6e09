package etal.hub.pages;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.web.WebServer;
import etal.fake.FakeLink;
import etal.hub.members.PublishedRules;
import etal.hub.members.PublishedRules.ProductList;
import etal.hub.members.PublishedRules.SchemeVersion;
import etal.hub.world.TestFund;
import etal.protocol.catalogue.Catalogue;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.scheme.file.SchemeReading;
import java.net.InetSocketAddress;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.net.http.HttpResponse.BodyHandlers;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

/** The rules as an assembly reads them, over HTTP. */
class RulesPagesTest {
    private static final String SECOND = SchemeFile.dieulefit()
            .replace("version: 1", "version: 2")
            .replace("holdsFrom: 2025-03-01", "holdsFrom: 2025-05-01")
            .replace("firstPerson: 100", "firstPerson: 120");

    private final HttpClient client = HttpClient.newHttpClient();
    private TestFund fund;
    private WebServer web;

    @BeforeEach
    void a_hub_with_a_version_that_holds_and_one_to_come() throws Exception {
        fund = new TestFund();
        var rules = new PublishedRules(
                List.of(version(SchemeFile.dieulefit()), version(SECOND)),
                List.of(new ProductList(new Catalogue(List.of()), Optional.empty(), "catalogue")));
        var hub = fund.hub(rules, new FakeLink(fund.loop));
        assertEquals(List.of(), fund.start(hub));
        web = WebServer.start(new InetSocketAddress("127.0.0.1", 0), fund.loop, new HubSite(hub, fund.loop)::on);
    }

    private static SchemeVersion version(String yaml) {
        return switch (SchemeFile.read(yaml, "scheme.yaml")) {
            case SchemeReading.Read read -> new SchemeVersion(read.scheme(), yaml, "scheme.yaml");
            case SchemeReading.Faulty faulty -> throw new AssertionError(faulty.faults());
        };
    }

    @AfterEach
    void stop() {
        web.close();
        client.close();
    }

    @Test
    void the_version_that_holds_is_told_in_sentences() throws Exception {
        String french = text("/rules");
        assertTrue(french.contains("Version 1, en vigueur depuis le samedi 1 mars 2025"), french);
        assertTrue(french.contains("100,00 €".replace(' ', '\u00A0')), french);
        assertTrue(french.contains("hypothèse"), french);
        String english = text("/rules?lang=en");
        assertTrue(english.contains("Version 1, in force since Saturday 1 March 2025"), english);
        assertTrue(english.contains("€100.00"), english);
    }

    @Test
    void the_version_to_come_can_be_read_before_it_holds() throws Exception {
        String rules = text("/rules");
        assertTrue(rules.contains("href=\"/rules?version=2\""), rules);
        String coming = text("/rules?version=2");
        assertTrue(coming.contains("elle s'appliquera à partir du jeudi 1 mai 2025"), coming);
        assertTrue(coming.contains("120,00 €".replace(' ', '\u00A0')), coming);
    }

    @Test
    void the_file_can_be_had_as_it_was_signed() throws Exception {
        assertEquals(SECOND, get("/rules/2.yaml").body());
    }

    @Test
    void a_version_that_never_was_is_not_found() throws Exception {
        for (String path :
                List.of("/rules?version=3", "/rules?version=-1", "/rules?version=x", "/rules?version=99999999")) {
            assertEquals(404, get(path).statusCode(), path);
        }
        assertEquals(404, get("/rules/3.yaml").statusCode());
        assertEquals(404, get("/rules/1.yml").statusCode());
    }

    private String text(String path) throws Exception {
        HttpResponse<String> answer = get(path);
        assertEquals(200, answer.statusCode(), path);
        return answer.body().replace("&#39;", "'");
    }

    private HttpResponse<String> get(String path) throws Exception {
        URI uri = URI.create(web.uri() + path);
        return client.send(HttpRequest.newBuilder(uri).build(), BodyHandlers.ofString());
    }
}
