package etal.protocol.explain;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertNotEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.protocol.scheme.PointsOfSale;
import etal.protocol.scheme.Scheme;
import etal.protocol.scheme.file.ShippedSchemes;
import java.lang.reflect.Constructor;
import java.lang.reflect.InvocationTargetException;
import java.lang.reflect.RecordComponent;
import java.time.LocalDate;
import java.time.YearMonth;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

/** Every rule of a file is said: whatever number, name or list in it changes, the text changes. */
class ExplainTest {
    static List<String> ids() {
        return ShippedSchemes.ids();
    }

    @ParameterizedTest
    @MethodSource("ids")
    void whatever_changes_in_a_scheme_changes_what_is_said(String id) throws Exception {
        Scheme scheme = ShippedSchemes.scheme(id);
        List<Paragraph> told = Explain.paragraphs(scheme);
        List<Changed> changes = changes(scheme, "");
        assertTrue(changes.size() > 20, () -> changes.size() + " changes");
        for (Changed change : changes) {
            if (!unsaid(change.path(), scheme)) {
                assertNotEquals(told, Explain.paragraphs((Scheme) change.value()), change.path());
            }
        }
    }

    /** What has no meaning beside the rest of the scheme, and is not said therefore. */
    private static boolean unsaid(String path, Scheme scheme) {
        boolean cardless = !scheme.allocation().onCard() && path.startsWith(".card");
        boolean unpriced = scheme.tariffs().isPresent()
                && !scheme.tariffs().get().freePrice()
                && (path.endsWith(".leastPercent") || path.endsWith(".mostPercent"));
        return cardless || unpriced || path.endsWith(".childPercent") || path.endsWith(".rounding.way");
    }

    private record Changed(String path, Object value) {}

    /** The record with each of its components changed in turn, however deep. */
    private static List<Changed> changes(Object of, String path) throws Exception {
        List<Changed> changes = new ArrayList<>();
        RecordComponent[] components = of.getClass().getRecordComponents();
        for (int at = 0; at < components.length; at++) {
            components[at].getAccessor().setAccessible(true);
            Object before = components[at].getAccessor().invoke(of);
            for (Changed changed : others(before, path + "." + components[at].getName())) {
                Object[] values = new Object[components.length];
                for (int index = 0; index < values.length; index++) {
                    components[index].getAccessor().setAccessible(true);
                    values[index] = index == at
                            ? changed.value()
                            : components[index].getAccessor().invoke(of);
                }
                rebuilt(of, components, values).ifPresent(value -> changes.add(new Changed(changed.path(), value)));
            }
        }
        return changes;
    }

    /** Empty where the record itself refuses the change. */
    private static Optional<Object> rebuilt(Object of, RecordComponent[] components, Object[] values) throws Exception {
        Class<?>[] types = new Class<?>[components.length];
        for (int index = 0; index < types.length; index++) {
            types[index] = components[index].getType();
        }
        Constructor<?> constructor = of.getClass().getDeclaredConstructor(types);
        constructor.setAccessible(true);
        try {
            return Optional.of(constructor.newInstance(values));
        } catch (InvocationTargetException refused) {
            return Optional.empty();
        }
    }

    /** Below it, since no limit at all is the highest number; one more where there is nothing below. */
    private static long another(long number) {
        return number > 1 ? number - 1 : number + 1;
    }

    private static List<Changed> others(Object before, String path) throws Exception {
        List<Changed> others = new ArrayList<>();
        switch (before) {
            case Integer number -> others.add(new Changed(path, (int) another(number)));
            case Long number -> others.add(new Changed(path, another(number)));
            case Boolean flag -> others.add(new Changed(path, !flag));
            case String text -> others.add(new Changed(path, text + "x"));
            case LocalDate day -> others.add(new Changed(path, day.plusDays(1)));
            case YearMonth month -> others.add(new Changed(path, month.plusMonths(1)));
            case ZoneId zone -> others.add(new Changed(path, ZoneId.of("Africa/Dakar")));
            case Enum<?> word -> {
                Object[] all = word.getDeclaringClass().getEnumConstants();
                others.add(new Changed(path, all[(word.ordinal() + 1) % all.length]));
            }
            case Optional<?> maybe
            when maybe.isPresent() -> {
                others.add(new Changed(path, Optional.empty()));
                for (Changed changed : others(maybe.get(), path)) {
                    others.add(new Changed(changed.path(), Optional.of(changed.value())));
                }
            }
            case List<?> list
            when !list.isEmpty() -> {
                others.add(new Changed(path, list.subList(1, list.size())));
                for (Changed changed : others(list.getLast(), path)) {
                    List<Object> copy = new ArrayList<>(list);
                    copy.set(copy.size() - 1, changed.value());
                    others.add(new Changed(changed.path(), copy));
                }
            }
            case Map<?, ?> map when !map.isEmpty() -> others.add(new Changed(path, new TreeMap<>()));
            case Record record -> others.addAll(changes(record, path));
            default -> {
                // Nothing there to change.
            }
        }
        return others;
    }

    @Test
    void a_hypothesis_is_marked_where_it_is_said() {
        Paragraph allocation =
                Explain.paragraphs(ShippedSchemes.scheme("alsace")).get(1);
        assertTrue(allocation.sentences().stream().allMatch(Paragraph.Sentence::assumed));
        Paragraph known = Explain.paragraphs(ShippedSchemes.scheme("dieulefit")).get(1);
        assertTrue(known.sentences().stream().noneMatch(Paragraph.Sentence::assumed));
    }

    @Test
    void a_scheme_that_pays_everywhere_says_so_in_one_sentence() {
        Scheme scheme = ShippedSchemes.scheme("dieulefit");
        assertEquals(PointsOfSale.ENROLLED, scheme.convention().pointsOfSale());
        assertEquals(
                "explain.points.enrolled",
                Explain.paragraphs(scheme).get(3).sentences().getFirst().said().key());
    }
}
