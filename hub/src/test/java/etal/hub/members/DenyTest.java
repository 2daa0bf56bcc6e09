package etal.hub.members;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fake.FakeLink;
import etal.hub.core.HubCore;
import etal.hub.reconcile.Reconciliation;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.sync.DenyList;
import etal.protocol.sync.Document;
import etal.protocol.sync.SignedDocument;
import etal.protocol.sync.Topics;
import java.util.List;
import java.util.Optional;
import org.junit.jupiter.api.Test;

/** The list of denied cards grows and shrinks with the list of members; each change is a version, each version signed. */
class DenyTest {
    private final TestFund fund = newFund();

    @Test
    void a_fund_that_denies_nobody_publishes_no_list() throws Exception {
        assertEquals(Optional.empty(), published(List.of(member(0, false))));
    }

    @Test
    void a_card_denied_or_taken_off_gives_a_new_version_and_nothing_else_does() throws Exception {
        assertEquals(
                1,
                published(List.of(member(0, true), member(1, false)))
                        .orElseThrow()
                        .version());
        assertEquals(
                1,
                published(List.of(member(0, true), member(1, false)))
                        .orElseThrow()
                        .version());

        Document two = published(List.of(member(0, true), member(1, true))).orElseThrow();
        assertEquals(2, two.version());
        assertEquals(2, DenyList.decode(two.content()).cards().size());

        Document none = published(List.of(member(0, false), member(1, false))).orElseThrow();
        assertEquals(3, none.version());
        assertEquals(List.of(), DenyList.decode(none.content()).cards());
    }

    @Test
    void a_card_that_the_file_no_longer_names_stays_denied() throws Exception {
        published(List.of(member(0, true)));
        Document still = published(List.of(member(1, false))).orElseThrow();
        assertEquals(1, still.version());
        assertTrue(DenyList.decode(still.content()).holds(fund.cards.getFirst().id()));
    }

    @Test
    void a_sale_of_a_denied_card_is_paid_for_a_stall_offline_cannot_know() throws Exception {
        TestCard card = fund.cards.getFirst();
        published(List.of(member(0, true)));
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_250));
        fund.three.close("2025-04-02");
        fund.five.close("2025-04-02");
        fund.link.deliver(Topics.up(1, 3), fund.three.batch());
        fund.link.deliver(Topics.up(1, 5), fund.five.batch());
        fund.loop.runUntilIdle();

        Reconciliation evening = fund.evening();
        assertEquals(List.of(), evening.differences());
        assertEquals(1_250, fund.balance("4673"));
    }

    /** What another start with these members publishes of denied cards, its signature checked. */
    private Optional<Document> published(List<Member> members) throws Exception {
        FakeLink link = new FakeLink(fund.loop);
        HubCore hub = fund.hub(fund.database, SchemeFile.dieulefit(), fund.scheme, link);
        assertEquals(List.of(), hub.start(members));
        link.up();
        fund.loop.runUntilIdle();
        for (FakeLink.Sent sent : link.takeSent()) {
            if (sent.topic().name().startsWith(Topics.allDocs(1) + Document.DENY) && sent.message().length > 0) {
                assertTrue(sent.topic().retained());
                SignedDocument signed = SignedDocument.decode(sent.message());
                assertTrue(
                        signed.verify(TestFund.keys(fund.authority).documents().publicKey()));
                return Optional.of(signed.document());
            }
        }
        return Optional.empty();
    }

    private Member member(int card, boolean denied) {
        Member as = fund.cards.get(card).member();
        return new Member(
                as.household(),
                as.card(),
                as.certificate(),
                as.persons(),
                as.entitlement(),
                as.contributionCents(),
                denied);
    }

    private static TestFund newFund() {
        try {
            return new TestFund();
        } catch (etal.port.StorageFailed failed) {
            throw new AssertionError(failed);
        }
    }
}
