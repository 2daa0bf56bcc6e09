package etal.protocol.grant;

import etal.protocol.roster.Enrolled;
import etal.protocol.roster.MemberCard;
import etal.protocol.roster.Person;
import etal.protocol.roster.Promise;
import java.time.YearMonth;
import java.util.List;
import java.util.Optional;

/** Households for tests: since January 2025, each with one card unless it says otherwise. */
final class Roster {
    static final YearMonth JANUARY = YearMonth.of(2025, 1);
    static final YearMonth APRIL = YearMonth.of(2025, 4);
    static final YearMonth DECEMBER = YearMonth.of(2025, 12);

    private Roster() {}

    static Person grownUp() {
        return Person.bornIn(YearMonth.of(1985, 6));
    }

    static Enrolled household(String id, long promiseCents, List<Person> persons, MemberCard... cards) {
        return new Enrolled(
                id,
                persons,
                List.of(),
                false,
                Promise.amount(promiseCents, JANUARY),
                JANUARY,
                Optional.empty(),
                Optional.empty(),
                List.of(cards));
    }

    static Enrolled alone(String id, long promiseCents) {
        return household(id, promiseCents, List.of(grownUp()), MemberCard.of("c" + id, JANUARY));
    }

    static Enrolled staying(Enrolled one, YearMonth commitmentEnd) {
        return new Enrolled(
                one.household(),
                one.persons(),
                one.traits(),
                one.supporter(),
                one.promise(),
                one.joined(),
                Optional.of(commitmentEnd),
                one.left(),
                one.cards());
    }

    static Enrolled leaving(Enrolled one, YearMonth left) {
        return new Enrolled(
                one.household(),
                one.persons(),
                one.traits(),
                one.supporter(),
                one.promise(),
                one.joined(),
                one.commitmentEnd(),
                Optional.of(left),
                one.cards());
    }

    static Enrolled supporting(String id, long promiseCents) {
        return new Enrolled(
                id,
                List.of(),
                List.of(),
                true,
                Promise.amount(promiseCents, JANUARY),
                JANUARY,
                Optional.empty(),
                Optional.empty(),
                List.of());
    }
}
