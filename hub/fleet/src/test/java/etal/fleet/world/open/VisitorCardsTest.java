package etal.fleet.world.open;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.fleet.market.Household;
import etal.fleet.world.open.Table.Kind;
import etal.fleet.world.place.FundScheme;
import etal.protocol.card.Commands;
import etal.virtualcard.FieldCard;
import java.nio.ByteBuffer;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

class VisitorCardsTest {
    private static final byte[] DEBIT = {(byte) 0x80, Commands.DEBIT, 0, 0, 0};

    private final Members members = Members.of(FundScheme.dieulefit(), 1);
    private final Map<Integer, Long> balances = new LinkedHashMap<>();
    private final List<Household> spenders = new ArrayList<>();
    private final VisitorCards cards = new VisitorCards(members, Purse::new, household -> {
        spenders.add(household);
        return 400;
    });

    /** A card that answers every DEBIT with the balance the test has set. */
    private final class Purse implements FieldCard {
        private final int number;

        Purse(int number) {
            this.number = number;
        }

        @Override
        public String name() {
            return "card-" + number;
        }

        @Override
        public byte[] transmit(byte[] apdu) {
            int cents = balances.getOrDefault(number, 0L).intValue();
            return ByteBuffer.allocate(148)
                    .putInt(1)
                    .putInt(cents)
                    .position(146)
                    .putShort((short) 0x9000)
                    .array();
        }

        @Override
        public byte[] transmitCut(byte[] apdu, int write) {
            return transmit(apdu);
        }

        @Override
        public void transmitUnanswered(byte[] apdu) {
            // Nobody hears it.
        }

        @Override
        public void powerOff() {
            // Nothing to lose.
        }
    }

    @BeforeEach
    void laid_out() throws Exception {
        cards.layOut();
    }

    private String idOf(Kind kind) {
        return cards.shown().stream()
                .filter(card -> card.kind() == kind)
                .map(Table.Card::id)
                .findFirst()
                .orElseThrow();
    }

    private void spend(Kind kind, int number, long leftCents) throws Exception {
        balances.put(number, leftCents);
        cards.card(idOf(kind)).orElseThrow().transmit(DEBIT);
    }

    @Test
    void one_card_of_each_kind_lies_there_and_the_nearly_empty_one_was_spent_down() {
        assertEquals(
                List.of(Kind.FULL, Kind.NEARLY_EMPTY, Kind.DENIED, Kind.BANK),
                cards.shown().stream().map(Table.Card::kind).toList());
        assertEquals(List.of(members.nearlyEmpty().getFirst()), spenders);
        assertEquals(15_000, cards.card(idOf(Kind.FULL)).orElseThrow().leftCents());
        assertEquals(Optional.empty(), cards.card("nobody's"));
    }

    @Test
    void a_card_stays_while_it_is_not_spent() throws Exception {
        spend(Kind.FULL, members.full().getFirst().number(), 2_000);
        assertEquals(List.of(), cards.spent());
        assertFalse(cards.replaceSpent());
    }

    @Test
    void a_spent_card_makes_room_for_the_next_members() throws Exception {
        String before = idOf(Kind.FULL);
        spend(Kind.FULL, members.full().getFirst().number(), 1_999);
        assertEquals(List.of(Kind.FULL), cards.spent());
        assertTrue(cards.replaceSpent());
        assertEquals(Optional.empty(), cards.card(before));
        assertEquals(15_000, cards.card(idOf(Kind.FULL)).orElseThrow().leftCents());
    }

    @Test
    void the_last_of_its_kind_stays_even_when_it_is_spent() throws Exception {
        for (Household member : members.nearlyEmpty()) {
            spend(Kind.NEARLY_EMPTY, member.number(), 0);
            assertEquals(member != members.nearlyEmpty().getLast(), cards.replaceSpent());
        }
        assertEquals(members.nearlyEmpty(), spenders);
        assertTrue(cards.card(idOf(Kind.NEARLY_EMPTY)).isPresent());
    }
}
