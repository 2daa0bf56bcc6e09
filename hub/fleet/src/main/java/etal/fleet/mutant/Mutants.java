package etal.fleet.mutant;

import etal.fleet.mutant.Change.Value;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/** Reads the list of mutants, {@code mutants.txt}. */
final class Mutants {
    private static final int LINES = 3;
    private static final Pattern PLACE = Pattern.compile("(\\S+) (\\S+): (.+)");
    private static final Pattern ANSWERS = Pattern.compile("(\\S+) answers (\\S+)");
    private static final Pattern MORE = Pattern.compile("(\\S+) answers (-?\\d+) more");
    private static final Pattern RETURNS = Pattern.compile("answers (\\S+)");
    private static final Pattern REVERSED = Pattern.compile("(\\S+) answers reversed");
    private static final Pattern THEN = Pattern.compile("(\\S+) then (\\S+)");
    private static final Pattern LEFT_OUT = Pattern.compile("(\\S+) left out");
    private static final Pattern TAKES = Pattern.compile("(\\S+) takes (\\S+) as argument (\\d+)");
    private static final Pattern SWAPS = Pattern.compile("(\\S+) swaps arguments (\\d+), (\\d+)");
    private static final Pattern BRANCH = Pattern.compile("branch (\\S+) becomes (\\S+)");
    private static final Pattern CONSTANT = Pattern.compile("constant (\\S+) becomes (-?\\d+)");
    private static final Pattern TEXT = Pattern.compile("text '(.+)' becomes '(.*)'");
    private static final Pattern OTHER = Pattern.compile("field (\\S+) becomes (\\S+)");
    private static final Pattern READ = Pattern.compile("field (\\S+) read as (\\S+)");
    private static final Pattern NOT_WRITTEN = Pattern.compile("field (\\S+) not written");

    private Mutants() {}

    /** All that ship. */
    static List<Mutant> all() {
        try (InputStream in = Mutants.class.getResourceAsStream("mutants.txt")) {
            if (in == null) {
                throw new IllegalStateException("the list of mutants is missing");
            }
            return read(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** Three lines each; empty lines and those with {@code #} in front are for people. */
    static List<Mutant> read(String text) {
        List<String> lines = text.lines()
                .filter(line -> !line.isBlank() && !line.startsWith("#"))
                .map(String::strip)
                .toList();
        var mutants = new ArrayList<Mutant>();
        for (int line = 0; line + LINES <= lines.size(); line += LINES) {
            mutants.add(mutant(lines.get(line).split(" "), lines.get(line + 1), lines.get(line + 2)));
        }
        return List.copyOf(mutants);
    }

    private static Mutant mutant(String[] head, String place, String breaks) {
        Matcher where = PLACE.matcher(place);
        if (!where.matches()) {
            throw new IllegalArgumentException("mutants.txt: " + place);
        }
        List<Game> games = Arrays.stream(head)
                .skip(1)
                .map(game -> Game.valueOf(game.toUpperCase(Locale.ROOT)))
                .toList();
        return new Mutant(head[0], where.group(1), where.group(2), change(where.group(3)), breaks, games);
    }

    private static Change change(String text) {
        Matcher found;
        int and = text.indexOf(" and ");
        if (and >= 0) {
            return new Change.Both(change(text.substring(0, and)), change(text.substring(and + 5)));
        } else if ((found = MORE.matcher(text)).matches()) {
            return new Change.AnswerPlus(found.group(1), Long.parseLong(found.group(2)));
        } else if ((found = REVERSED.matcher(text)).matches()) {
            return new Change.Reversed(found.group(1));
        } else if ((found = RETURNS.matcher(text)).matches()) {
            return new Change.Returns(value(found.group(1)));
        } else if ((found = ANSWERS.matcher(text)).matches()) {
            return new Change.Answer(found.group(1), value(found.group(2)));
        } else if ((found = LEFT_OUT.matcher(text)).matches()) {
            return new Change.Without(found.group(1));
        } else if ((found = TAKES.matcher(text)).matches()) {
            return new Change.Argument(found.group(1), Integer.parseInt(found.group(3)), value(found.group(2)));
        } else if ((found = SWAPS.matcher(text)).matches()) {
            return new Change.Swapped(
                    found.group(1), Integer.parseInt(found.group(2)), Integer.parseInt(found.group(3)));
        }
        return other(text);
    }

    private static Change other(String text) {
        Matcher found;
        if ((found = BRANCH.matcher(text)).matches()) {
            return new Change.Branch(found.group(1), found.group(2));
        } else if ((found = CONSTANT.matcher(text)).matches()) {
            return new Change.Constant(found.group(1), Long.parseLong(found.group(2)));
        } else if ((found = TEXT.matcher(text)).matches()) {
            return new Change.Text(found.group(1), found.group(2));
        } else if ((found = THEN.matcher(text)).matches()) {
            return new Change.Then(found.group(1), found.group(2));
        } else if ((found = OTHER.matcher(text)).matches()) {
            return new Change.Other(found.group(1), found.group(2));
        } else if ((found = READ.matcher(text)).matches()) {
            return new Change.Read(found.group(1), value(found.group(2)));
        } else if ((found = NOT_WRITTEN.matcher(text)).matches()) {
            return new Change.NotWritten(found.group(1));
        } else if (text.equals("nothing is changed")) {
            return new Change.Same();
        }
        throw new IllegalArgumentException("mutants.txt: no such change: " + text);
    }

    private static Value value(String text) {
        return switch (text) {
            case "null" -> Value.NOTHING;
            case "empty" -> Value.EMPTY;
            case "receiver" -> new Value.Receiver();
            default ->
                text.startsWith("arg")
                        ? new Value.Argument(Integer.parseInt(text.substring(3)))
                        : new Value.Number(Long.parseLong(text));
        };
    }
}
