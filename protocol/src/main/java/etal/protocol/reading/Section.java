package etal.protocol.reading;

import java.math.BigDecimal;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/**
 * One mapping of a YAML file, read field by field. Whatever is wrong is noted and a harmless value given back, so
 * that one reading finds all faults; nothing may be built from the values unless there was none. Each field asked
 * for is a known one; {@link #close()} notes those nobody asked for. Not thread-safe; one per reading.
 */
public final class Section {
    private static final Pattern WHOLE = Pattern.compile("-?(0|[1-9][0-9]{0,17})");
    private static final Pattern DATE = Pattern.compile("[0-9]{4}-[0-9]{2}-[0-9]{2}");

    private static final Pattern MONTH = Pattern.compile("[0-9]{4}-(0[1-9]|1[0-2])");
    private static final YearMonth FIRST_MONTH = YearMonth.of(2020, 1);
    private static final YearMonth LAST_MONTH = YearMonth.of(2099, 12);

    private static final Phrase FIELDS = Phrase.of("a mapping of fields");

    private final @Nullable MappingNode node;
    private final String path;
    private final Faults faults;
    private final Map<String, NodeTuple> fields = new LinkedHashMap<>();
    private final Set<String> known = new LinkedHashSet<>();
    private boolean unsure;

    /** @param node null if the section is missing: then every field is silently its harmless value */
    public Section(@Nullable MappingNode node, String path, Faults faults) {
        this.node = node;
        this.path = path;
        this.faults = faults;
        if (node != null) {
            for (NodeTuple tuple : node.getValue()) {
                take(tuple);
            }
        }
    }

    private void take(NodeTuple tuple) {
        int line = YamlTree.line(tuple.getKeyNode().getStartMark());
        if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
            faults.add(line, at("?"), "a key that is no word", "a field's name");
        } else if (fields.putIfAbsent(key.getValue(), tuple) != null) {
            faults.add(line, at(key.getValue()), "the field a second time", "each field once");
        }
    }

    /** Notes every field that was not asked for. */
    public void close() {
        if (unsure) {
            return;
        }
        fields.forEach((name, tuple) -> {
            if (!known.contains(name)) {
                int line = YamlTree.line(tuple.getKeyNode().getStartMark());
                faults.add(
                        line,
                        at(name),
                        Phrase.of("unknown field"),
                        oneOf(known),
                        Slips.nearest(name, known).map(near -> Phrase.of("write {0}", near)));
            }
        });
    }

    /** A text of this form. */
    public String text(String name, Pattern form, String allowedText) {
        Phrase allowed = Phrase.of(allowedText);
        ScalarNode scalar = scalar(name, allowed);
        if (scalar == null) {
            return "";
        }
        if (!scalar.getTag().equals(Tag.STR) || !form.matcher(scalar.getValue()).matches()) {
            wrong(name, scalar, allowed, Slips.text(scalar, form));
        }
        return scalar.getValue();
    }

    /** Whether the field stands there; asking makes it a known one, so that it may be left out. */
    public boolean has(String name) {
        known.add(name);
        return fields.containsKey(name);
    }

    /** One of these words; after another one nobody can say which further fields belong here, so none is noted as unknown. */
    public String word(String name, List<String> allowed) {
        Phrase choice = oneOf(allowed);
        ScalarNode scalar = scalar(name, choice);
        if (scalar != null && allowed.contains(scalar.getValue())) {
            return scalar.getValue();
        }
        unsure = true;
        if (scalar != null) {
            Optional<Phrase> near = Slips.nearest(scalar.getValue(), allowed).map(word -> Phrase.of("write {0}", word));
            wrong(name, scalar, choice, near);
        }
        return allowed.getFirst();
    }

    /** A whole number. */
    public long whole(String name, long min, long max) {
        Phrase allowed = Phrase.of("whole number from {0} to {1}", String.valueOf(min), String.valueOf(max));
        ScalarNode scalar = scalar(name, allowed);
        if (scalar == null) {
            return min;
        }
        if (scalar.isPlain() && WHOLE.matcher(scalar.getValue()).matches()) {
            long value = Long.parseLong(scalar.getValue());
            if (value >= min && value <= max) {
                return value;
            }
        }
        wrong(name, scalar, allowed, Slips.number(scalar.getValue(), scalar.isPlain()));
        return min;
    }

    /** {@code true} or {@code false}. */
    public boolean flag(String name) {
        Phrase allowed = Phrase.of("true or false");
        ScalarNode scalar = scalar(name, allowed);
        if (scalar != null && !(scalar.isPlain() && scalar.getValue().matches("true|false"))) {
            wrong(name, scalar, allowed, Slips.flag(scalar.getValue()));
        }
        return scalar != null && scalar.getValue().equals("true");
    }

    /** A day, as {@code 2025-03-01}. */
    public LocalDate date(String name) {
        Phrase allowed = Phrase.of("a day such as 2025-03-01");
        ScalarNode scalar = scalar(name, allowed);
        if (scalar != null) {
            try {
                if (DATE.matcher(scalar.getValue()).matches()) {
                    return LocalDate.parse(scalar.getValue());
                }
            } catch (DateTimeException noSuchDay) {
                wrong(name, scalar, allowed, Optional.empty());
                return LocalDate.EPOCH;
            }
            wrong(name, scalar, allowed, Slips.date(scalar.getValue()));
        }
        return LocalDate.EPOCH;
    }

    /** A month, as {@code 2025-03}. */
    public YearMonth month(String name) {
        Phrase allowed = Phrase.of("a month such as 2025-03, from {0} to {1}", FIRST_MONTH, LAST_MONTH);
        ScalarNode scalar = scalar(name, allowed);
        if (scalar == null) {
            return FIRST_MONTH;
        }
        if (MONTH.matcher(scalar.getValue()).matches()) {
            YearMonth month = YearMonth.parse(scalar.getValue());
            if (!month.isBefore(FIRST_MONTH) && !month.isAfter(LAST_MONTH)) {
                return month;
            }
        }
        wrong(name, scalar, allowed, Slips.month(scalar.getValue()));
        return FIRST_MONTH;
    }

    /** A name of the zone table. */
    public ZoneId zone(String name) {
        Phrase allowed = Phrase.of("a time zone such as Europe/Paris");
        ScalarNode scalar = scalar(name, allowed);
        if (scalar != null) {
            // Only names of the zone table: an offset would ignore summer time.
            if (ZoneId.getAvailableZoneIds().contains(scalar.getValue())) {
                return ZoneId.of(scalar.getValue());
            }
            wrong(name, scalar, allowed, Optional.empty());
        }
        return ZoneId.of("UTC");
    }

    /** An amount as a decimal number, in the smallest part of a unit with that many decimals. */
    public long cents(String name, int decimals, long min, long max) {
        Phrase allowed = Phrase.of("amount from {0} to {1}", shown(min, decimals), shown(max, decimals));
        ScalarNode scalar = scalar(name, allowed);
        if (scalar == null) {
            return min;
        }
        String digits = decimals == 0 ? "" : "(\\.[0-9]{1," + decimals + "})?";
        if (scalar.isPlain() && scalar.getValue().matches("-?(0|[1-9][0-9]{0,11})" + digits)) {
            long cents =
                    new BigDecimal(scalar.getValue()).movePointRight(decimals).longValueExact();
            if (cents >= min && cents <= max) {
                return cents;
            }
        }
        wrong(name, scalar, allowed, Slips.number(scalar.getValue(), scalar.isPlain()));
        return min;
    }

    /** A mapping below this one; a missing or wrong one is noted, and silent from then on. */
    public Section section(String name) {
        Node value = value(name, FIELDS);
        if (value != null && !(value instanceof MappingNode)) {
            String hint = value instanceof SequenceNode
                    ? "write its fields without a hyphen: there is only one"
                    : "write its fields on the lines below, two spaces further in";
            wrong(name, value, FIELDS, Optional.of(Phrase.of(hint)));
        }
        return new Section(value instanceof MappingNode mapping ? mapping : null, at(name), faults);
    }

    /** A list of mappings, each read by the function, in order. */
    public <T> List<T> sections(String name, int min, int max, Function<Section, T> reading) {
        List<T> read = new ArrayList<>();
        List<Node> items = items(name, min, max);
        for (int index = 0; index < items.size(); index++) {
            String place = name + "[" + (index + 1) + "]";
            if (items.get(index) instanceof MappingNode mapping) {
                Section section = new Section(mapping, at(place), faults);
                read.add(reading.apply(section));
                section.close();
            } else {
                wrong(place, items.get(index), FIELDS, Optional.empty());
            }
        }
        return read;
    }

    /** A list of words, each one of those allowed, none twice. */
    public List<String> words(String name, int min, List<String> allowed) {
        List<String> words = new ArrayList<>();
        for (Node item : items(name, min, allowed.size())) {
            String word = item instanceof ScalarNode scalar ? scalar.getValue() : "";
            if (!allowed.contains(word) || words.contains(word)) {
                Optional<Phrase> near = Slips.nearest(word, allowed).map(known -> Phrase.of("write {0}", known));
                wrong(name, item, Phrase.of("each once, of {0}", String.join(" ", allowed)), near);
            } else {
                words.add(word);
            }
        }
        return words;
    }

    /** A list of texts of one form, none twice. */
    public List<String> texts(String name, int min, int max, Pattern form, String allowed) {
        List<String> texts = new ArrayList<>();
        for (Node item : items(name, min, max)) {
            boolean text = item instanceof ScalarNode scalar && scalar.getTag().equals(Tag.STR);
            String value = text ? ((ScalarNode) item).getValue() : "";
            if (!form.matcher(value).matches() || texts.contains(value)) {
                wrong(name, item, Phrase.of(allowed + ", each once"), Slips.text(item, form));
            } else {
                texts.add(value);
            }
        }
        return texts;
    }

    /** Whether the field is a single value, without asking for it. */
    public boolean isScalar(String name) {
        NodeTuple tuple = fields.get(name);
        return tuple != null && tuple.getValueNode() instanceof ScalarNode;
    }

    /** Whether a path of names, with dots between, leads to something in this mapping. */
    public boolean holds(String namesWithDots) {
        int dot = namesWithDots.indexOf('.');
        NodeTuple tuple = fields.get(dot < 0 ? namesWithDots : namesWithDots.substring(0, dot));
        if (tuple == null || dot < 0) {
            return tuple != null;
        }
        return tuple.getValueNode() instanceof MappingNode mapping
                && new Section(mapping, at("?"), new Faults("")).holds(namesWithDots.substring(dot + 1));
    }

    /** Whether the field is a list, without asking for it. */
    public boolean isList(String name) {
        NodeTuple tuple = fields.get(name);
        return tuple != null && tuple.getValueNode() instanceof SequenceNode;
    }

    /** A list of whole numbers, none twice. */
    public List<Long> wholes(String name, int maxCount, long min, long max) {
        List<Long> wholes = new ArrayList<>();
        for (Node item : items(name, 1, maxCount)) {
            String text = item instanceof ScalarNode scalar && scalar.isPlain() ? scalar.getValue() : "";
            long value = WHOLE.matcher(text).matches() ? Long.parseLong(text) : Long.MIN_VALUE;
            if (value < min || value > max || wholes.contains(value)) {
                Phrase allowed =
                        Phrase.of("whole numbers from {0} to {1}, each once", String.valueOf(min), String.valueOf(max));
                wrong(name, item, allowed, Slips.number(text, true));
            } else {
                wholes.add(value);
            }
        }
        return wholes;
    }

    /** Notes that a field, well-formed in itself, does not fit the others. */
    public void refuse(String name, String found, String allowed) {
        refuse(name, Phrase.of(found), Phrase.of(allowed));
    }

    /** The same, with arguments. */
    public void refuse(String name, Phrase found, Phrase allowed) {
        NodeTuple tuple = fields.get(name);
        if (tuple != null) {
            faults.add(YamlTree.line(tuple.getKeyNode().getStartMark()), at(name), found, allowed, Optional.empty());
        }
    }

    private List<Node> items(String name, int min, int max) {
        Phrase allowed = Phrase.of("a list of {0} to {1}", min, max);
        Node value = value(name, allowed);
        if (value == null) {
            return List.of();
        }
        if (!(value instanceof SequenceNode list)) {
            wrong(name, value, allowed, Optional.of(Phrase.of("write each entry on its own line after a hyphen")));
            return List.of();
        }
        int count = list.getValue().size();
        if (count < min || count > max) {
            int line = YamlTree.line(value.getStartMark());
            faults.add(line, at(name), Phrase.of("a list of {0}", count), allowed, Optional.empty());
            return List.of();
        }
        return list.getValue();
    }

    private @Nullable ScalarNode scalar(String name, Phrase allowed) {
        Node value = value(name, allowed);
        if (value instanceof ScalarNode scalar) {
            return scalar;
        }
        if (value != null) {
            wrong(name, value, allowed, Optional.empty());
        }
        return null;
    }

    private @Nullable Node value(String name, Phrase allowed) {
        known.add(name);
        if (node == null) {
            return null;
        }
        NodeTuple tuple = fields.get(name);
        if (tuple == null) {
            faults.add(YamlTree.line(node.getStartMark()), at(name), Phrase.of("missing"), allowed, Optional.empty());
            return null;
        }
        return tuple.getValueNode();
    }

    private void wrong(String name, Node value, Phrase allowed, Optional<Phrase> hint) {
        Phrase found = switch (value) {
            case ScalarNode scalar -> Phrase.quoted("\"" + scalar.getValue() + "\"");
            case SequenceNode list -> Phrase.of("a list");
            default -> Phrase.of("a mapping");
        };
        faults.add(YamlTree.line(value.getStartMark()), at(name), found, allowed, hint);
    }

    private static Phrase oneOf(Collection<String> words) {
        return Phrase.of("one of {0}", String.join(" ", words));
    }

    private String at(String name) {
        return path.isEmpty() ? name : path + "." + name;
    }

    private static String shown(long cents, int decimals) {
        return BigDecimal.valueOf(cents, decimals).toPlainString();
    }
}
