package etal.terminal.sync;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertThrows;

import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.trust.TrustFile;
import etal.terminal.ledger.Ledger;
import etal.terminal.main.TestFund;
import etal.terminal.main.TestTill;
import etal.terminal.order.OrderBook;
import etal.terminal.rules.RuleBook;
import etal.testkit.TestAuthority;
import java.util.List;
import org.junit.jupiter.api.Test;

/**
 * All that the fund publishes comes again whenever the link comes up. Bytes that the till holds were looked over when they
 * came: these tests ask of a reader that trusts nobody any more, so whatever it looks over it refuses.
 */
class DocumentsTest {
    private final TestFund fund = new TestFund();
    private final TestTill market = TestTill.ready(fund, 3);

    @Test
    void a_document_held_already_byte_for_byte_is_passed_over_without_being_verified_again()
            throws Malformed, StorageFailed {
        Documents unbelieving = trustingNobody();

        for (byte[] document : fund.documents()) {
            assertFalse(unbelieving.take(document));
        }
    }

    @Test
    void one_changed_bit_of_a_held_document_is_looked_over_and_refused() throws StorageFailed, Malformed {
        Documents unbelieving = trustingNobody();
        byte[] changed = fund.scheme(1);
        changed[changed.length - 1] ^= 1;

        assertThrows(Malformed.class, () -> unbelieving.take(changed));
    }

    @Test
    void another_version_is_looked_over() throws StorageFailed, Malformed {
        Documents unbelieving = trustingNobody();

        assertThrows(Malformed.class, () -> unbelieving.take(fund.scheme(2)));
    }

    @Test
    void a_held_document_that_comes_again_changes_nothing() {
        List<Integer> before = kinds();
        fund.documents().forEach(document -> market.link.deliver("any", document));
        market.loop.runUntilIdle();

        assertEquals(before, kinds());
    }

    private List<Integer> kinds() {
        return market.bodies().stream().map(body -> body.kind()).toList();
    }

    private Documents trustingNobody() throws StorageFailed, Malformed {
        Ledger ledger = market.till().ledger();
        TrustFile ours = market.till().setup().trust();
        TrustFile stranger = TrustFile.read(new TestAuthority(99).trustPem());
        return new Documents(
                ledger, stranger, RuleBook.open(ledger.store(), ours), OrderBook.open(ledger.store(), ours), 1);
    }
}
