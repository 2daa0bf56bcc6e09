package etal.virtualcard.silicon;

import java.lang.reflect.Array;
import java.lang.reflect.Field;
import java.lang.reflect.Modifier;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.IdentityHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.TreeSet;
import java.util.stream.Stream;

/**
 * All objects and arrays that an applet reaches, in an order of their own: to copy what they hold, to put it back, and to
 * tell whether two chips hold the same. Not thread-safe.
 */
final class Heap {
    /** What never changes once it is made, or is no memory of the card's. */
    private static final List<String> OUTSIDE = List.of(
            "java.",
            "jdk.",
            "sun.",
            "etal.virtualcard.",
            "com.licel.jcardsim.base.",
            "com.licel.jcardsim.bouncycastle.math.",
            "com.licel.jcardsim.bouncycastle.crypto.params.EC");

    private static final ClassValue<List<Field>> FIELDS = new ClassValue<>() {
        @Override
        protected List<Field> computeValue(Class<?> type) {
            List<Field> fields = new ArrayList<>();
            for (Class<?> each = type; each != null && !isOutside(each); each = each.getSuperclass()) {
                Stream.of(each.getDeclaredFields())
                        .filter(field -> !Modifier.isStatic(field.getModifiers()))
                        .sorted(Comparator.comparing(Field::getName))
                        .forEach(fields::add);
            }
            fields.forEach(field -> field.setAccessible(true));
            return List.copyOf(fields);
        }
    };

    private final Map<Object, Integer> places = new IdentityHashMap<>();
    private final List<Object> objects = new ArrayList<>();

    Heap(Object root) {
        visit(root);
        for (int next = 0; next < objects.size(); next++) {
            named(objects.get(next)).forEach(this::visit);
        }
    }

    /** What an object or array refers to; nulls among it. */
    private static Stream<Object> named(Object each) {
        if (each instanceof Object[] array) {
            return Stream.of(array);
        }
        return each.getClass().isArray()
                ? Stream.empty()
                : FIELDS.get(each.getClass()).stream()
                        .filter(field -> !field.getType().isPrimitive())
                        .map(field -> get(field, each));
    }

    private void visit(Object found) {
        if (found != null && !isOutside(found.getClass()) && !places.containsKey(found)) {
            places.put(found, objects.size());
            objects.add(found);
        }
    }

    private static boolean isOutside(Class<?> type) {
        Class<?> element = type;
        while (element.isArray()) {
            element = element.getComponentType();
        }
        String name = element.getName();
        return !element.isPrimitive() && OUTSIDE.stream().anyMatch(name::startsWith);
    }

    /** One object and what it held: an array of its kind, or the values of its fields. */
    private record Held(Object object, Object content) {}

    /** A copy to be put back. */
    Object copy() {
        return objects.stream().map(each -> new Held(each, contentOf(each))).toList();
    }

    private static Object contentOf(Object each) {
        if (each.getClass().isArray()) {
            int length = Array.getLength(each);
            Object copy = Array.newInstance(each.getClass().getComponentType(), length);
            System.arraycopy(each, 0, copy, 0, length);
            return copy;
        }
        return FIELDS.get(each.getClass()).stream()
                .map(field -> get(field, each))
                .toArray();
    }

    /** Puts a copy back into the objects from which it was taken. */
    static void putBack(Object copy) {
        for (Object entry : (List<?>) copy) {
            Held held = (Held) entry;
            if (held.object.getClass().isArray()) {
                System.arraycopy(held.content, 0, held.object, 0, Array.getLength(held.content));
                continue;
            }
            Object[] values = (Object[]) held.content;
            List<Field> fields = FIELDS.get(held.object.getClass());
            for (int at = 0; at < values.length; at++) {
                if (!Modifier.isFinal(fields.get(at).getModifiers())) {
                    set(fields.get(at), held.object, values[at]);
                }
            }
        }
    }

    /** SHA-256 of what stays without power: everything but transient arrays and the engines of the chip's cryptography. */
    byte[] fingerprint(Memory memory) {
        MessageDigest sha = sha256();
        // What only the engines hold, such as their buffers, goes with them.
        var reached = new TreeSet<Integer>();
        var next = new ArrayDeque<Integer>(List.of(0));
        while (!next.isEmpty()) {
            int place = next.removeFirst();
            Object each = objects.get(place);
            if (stays(each, memory) && reached.add(place)) {
                digest(sha, each);
                named(each).map(places::get).filter(Objects::nonNull).forEach(next::addLast);
            }
        }
        return sha.digest();
    }

    private void digest(MessageDigest sha, Object each) {
        sha.update(described(each).getBytes(StandardCharsets.ISO_8859_1));
        if (each instanceof byte[] bytes) {
            sha.update(ByteBuffer.allocate(4).putInt(bytes.length).array());
            sha.update(bytes);
        }
    }

    private static boolean stays(Object each, Memory memory) {
        String name = each.getClass().getName();
        boolean simulators = name.startsWith("com.licel.");
        boolean key = name.endsWith("KeyImpl") || name.endsWith("ByteContainer");
        return !memory.isTransient(each) && (!simulators || key);
    }

    private String described(Object each) {
        var text = new StringBuilder(each.getClass().getName());
        if (each instanceof Object[] array) {
            Stream.of(array).forEach(value -> text.append(' ').append(placeOf(value)));
        } else if (each instanceof short[] || each instanceof boolean[]) {
            for (int at = 0; at < Array.getLength(each); at++) {
                text.append(' ').append(Array.get(each, at));
            }
        } else if (!each.getClass().isArray()) {
            for (Field field : FIELDS.get(each.getClass())) {
                Object value = get(field, each);
                text.append(' ').append(field.getType().isPrimitive() ? String.valueOf(value) : placeOf(value));
            }
        }
        return text.append(';').toString();
    }

    private String placeOf(Object value) {
        Integer place = value == null ? null : places.get(value);
        return place == null
                ? Objects.toString(value == null ? null : value.getClass().getName())
                : "#" + place;
    }

    private static Object get(Field field, Object object) {
        try {
            return field.get(object);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static void set(Field field, Object object, Object value) {
        try {
            field.set(object, value);
        } catch (IllegalAccessException impossible) {
            throw new IllegalStateException(impossible);
        }
    }

    private static MessageDigest sha256() {
        try {
            return MessageDigest.getInstance("SHA-256");
        } catch (NoSuchAlgorithmException missing) {
            throw new IllegalStateException("every JDK has SHA-256", missing);
        }
    }
}
