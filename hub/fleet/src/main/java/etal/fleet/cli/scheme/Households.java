package etal.fleet.cli.scheme;

import etal.protocol.card.Balances;
import etal.protocol.draw.Candidate;
import etal.protocol.draw.Projection;
import etal.protocol.scheme.Contribution;
import etal.protocol.scheme.Household;
import etal.protocol.scheme.Scheme;
import java.math.BigDecimal;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import picocli.CommandLine;

/** So many households that are alike, for a projection without a list. */
record Households(int count, Projection.Payer payer) {
    private static final String ALLOWED =
            "N, NxADULTS or NxADULTS+CHILDREN, with @CONTRIBUTION if wanted, as 20x2+1@90";

    private static final Pattern FORM = Pattern.compile(
            "([1-9][0-9]{0,5})(?:x([1-9][0-9]?)(?:\\+([0-9]{1,2}))?)?(?:@((?:0|[1-9][0-9]{0,7})(?:\\.[0-9]{1,3})?))?");

    /** Where only their number is given, children are of an age at which they go to school. */
    private static final int CHILD_YEARS = 8;

    /** All that is typed, in its order. @throws CommandLine.ParameterException naming the first that is not of that form */
    static List<Households> all(List<String> texts, Scheme scheme, CommandLine command) {
        return texts.stream()
                .map(text -> read(text, scheme)
                        .orElseThrow(() -> new CommandLine.ParameterException(
                                command, "--households: \"" + text + "\", " + ALLOWED + " is expected")))
                .toList();
    }

    /** Reads what is typed; empty if it is not of that form. */
    private static Optional<Households> read(String text, Scheme scheme) {
        Matcher matcher = FORM.matcher(text);
        if (!matcher.matches()) {
            return Optional.empty();
        }
        int adults = matcher.group(2) == null ? 1 : Integer.parseInt(matcher.group(2));
        int children = matcher.group(3) == null ? 0 : Integer.parseInt(matcher.group(3));
        if (adults + children > Household.PERSONS_MAX) {
            return Optional.empty();
        }
        Household household = new Candidate(
                        "alike", adults, Collections.nCopies(children, CHILD_YEARS), 0, "", List.of())
                .household();
        return contributionCents(matcher.group(4), household, scheme)
                .map(cents ->
                        new Households(Integer.parseInt(matcher.group(1)), new Projection.Payer(household, cents)));
    }

    private static Optional<Long> contributionCents(@Nullable String typed, Household household, Scheme scheme) {
        if (typed == null) {
            return Optional.of(expectedCents(household, scheme));
        }
        BigDecimal cents = new BigDecimal(typed).movePointRight(scheme.unit().decimals());
        return cents.stripTrailingZeros().scale() > 0 ? Optional.empty() : Optional.of(cents.longValueExact());
    }

    /** The mean that the scheme expects, or else the least it asks for: rather too little than too much. */
    private static long expectedCents(Household household, Scheme scheme) {
        Contribution contribution = scheme.contribution();
        return contribution.expectedMeanCents() > 0
                ? contribution.expectedMeanCents()
                : contribution.range(household, 0, Balances.PURSE_MAX).leastCents();
    }
}
