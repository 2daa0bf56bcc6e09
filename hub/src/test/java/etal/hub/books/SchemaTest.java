package etal.hub.books;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.sqlite.SqliteDatabase;
import etal.hub.members.Cards;
import etal.hub.members.Member;
import etal.protocol.card.Entitlement;
import java.util.List;
import org.junit.jupiter.api.Test;

/** A store of an earlier program is brought up to date and keeps its meaning. */
class SchemaTest {
    private final SqliteDatabase database = SqliteDatabase.inMemory();

    SchemaTest() throws Exception {}

    @Test
    void cards_entered_before_entitlements_had_more_than_an_amount_keep_the_simple_case() throws Exception {
        Schema.migrate(database, 3);
        database.inTransaction(
                connection -> Sql.update(
                        connection,
                        "INSERT INTO card (card, household, persons, entitlement_cents, first_period, last_period,"
                                + " contribution_cents, certificate, denied) VALUES (x'07', 'h7', 2, 15000, 63, 74, 100, x'01', 1)"));
        Schema.migrate(database);
        List<Member> members = database.inTransaction(Cards::all);
        Member member = members.getFirst();
        assertEquals(1, members.size());
        assertEquals(Entitlement.monthly(15_000, 63, 74, Member.FIRST_VERSION), member.entitlement());
        assertEquals("h7", member.household());
        assertEquals(100, member.contributionCents());
        assertTrue(member.denied());
    }
}
