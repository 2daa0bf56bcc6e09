package etal.hub.ingest;

import static etal.hub.world.TestFund.vegetables;
import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.hub.books.Sql;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.hub.world.TestTerminal;
import etal.protocol.ledger.SignedEntry;
import etal.protocol.ledger.Succession;
import etal.protocol.trust.X509Chain;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A stall without a network outlives its certificate: what it wrote before counts, whenever that arrives. */
class ExpiredCertificateTest {
    private final TestFund fund = new TestFund();
    private final TestCard card = fund.cards.getFirst();
    private final Instant end;

    ExpiredCertificateTest() throws Exception {
        end = Instant.ofEpochMilli(X509Chain.validity(fund.three.leaf().chain(), fund.authority.root())
                .untilMillis());
        fund.three.load(card, fund.token());
        fund.three.sell(card, vegetables(1_000));
    }

    @Test
    void entries_of_before_the_end_are_taken_after_it_also_by_a_hub_that_never_saw_the_certificate_valid()
            throws Exception {
        fund.clock.advance(Duration.between(fund.clock.now(), end).plusDays(3));
        fund.three.close("2025-04-02");
        fund.deliver(fund.three.batch());
        assertEquals(List.of(), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"));
        assertEquals(
                List.of("terminal 5: nothing has come"),
                fund.evening().differences(),
                "the evening takes them as the hub did");
    }

    @Test
    void what_is_written_after_the_end_is_not_taken_nor_what_follows_it() throws Exception {
        fund.three.pass(Duration.between(Instant.ofEpochMilli(fund.three.timeMillis()), end));
        fund.three.sell(card, vegetables(500));
        fund.clock.advance(Duration.between(fund.clock.now(), end).plusDays(3));
        fund.deliver(fund.three.batch());
        assertEquals(List.of("untrusted-chain"), fund.quarantined());
        assertEquals(1_000, fund.balance("4673"));
        assertEquals(3, fund.count("entry"));
    }

    @Test
    void what_the_next_epochs_genesis_names_is_taken_although_it_was_written_after_the_end() throws Exception {
        Instant start = fund.clock.now();
        fund.three.pass(Duration.between(Instant.ofEpochMilli(fund.three.timeMillis()), end));
        SignedEntry late = fund.three.sell(card, vegetables(500));
        Succession named = new Succession(1, late.entry().number(), late.hash());
        TestTerminal renewed = new TestTerminal(fund.authority, 3, 2, named, fund.scheme, start);
        fund.clock.advance(Duration.between(start, end).plusDays(3));
        fund.deliver(renewed.batch());
        fund.deliver(fund.three.batch());
        assertEquals(List.of(), fund.quarantined());
        assertEquals(1_500, fund.balance("4673"));
    }

    @Test
    void what_was_laid_aside_for_its_certificates_end_is_open_no_more_once_the_next_epoch_stands_for_it()
            throws Exception {
        Instant start = fund.clock.now();
        fund.three.pass(Duration.between(Instant.ofEpochMilli(fund.three.timeMillis()), end));
        SignedEntry late = fund.three.sell(card, vegetables(500));
        fund.clock.advance(Duration.between(start, end).plusDays(3));
        fund.deliver(fund.three.batch());
        assertEquals(List.of("untrusted-chain"), fund.quarantined());
        Succession named = new Succession(1, late.entry().number(), late.hash());
        fund.deliver(new TestTerminal(fund.authority, 3, 2, named, fund.scheme, start).batch());
        fund.deliver(fund.three.batch());

        assertEquals(1_500, fund.balance("4673"));
        assertEquals(
                List.of(),
                fund.database.inTransaction(connection -> Sql.list(
                        connection,
                        "SELECT reason FROM quarantine WHERE resolved_millis IS NULL ORDER BY id",
                        row -> row.getString(1))));
    }
}
