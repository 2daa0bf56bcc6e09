package etal.fleet.mutant;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.reflect.Constructor;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import org.jspecify.annotations.Nullable;

/**
 * Loads all classes of ours anew from their bytes, those of the mutants woven. The applet's are loaded by the virtual card
 * inside, which asks here for their bytes. Everything else comes from outside. For one thread.
 */
final class MutantLoader extends ClassLoader {
    private static final String OURS = "etal.";
    private static final String LOOP = "etal/fake/QueueLoop.class";

    private final Map<String, byte[]> woven = new TreeMap<>();

    /** @throws NotWoven when a mutant changes nothing */
    MutantLoader(List<Mutant> mutants) {
        super("mutants", MutantLoader.class.getClassLoader());
        Map<String, TreeMap<Integer, Mutant>> byFile = new TreeMap<>();
        for (int number = 0; number < mutants.size(); number++) {
            Mutant mutant = mutants.get(number);
            byFile.computeIfAbsent(mutant.file(), file -> new TreeMap<>()).put(number, mutant);
        }
        byFile.forEach((file, all) ->
                woven.put(file, Weaver.weave(bytes(file, all.firstEntry().getValue()), all)));
        woven.compute(LOOP, (file, before) -> Weaver.withSteps(before == null ? bytes(file, null) : before, "runOne"));
    }

    private byte[] bytes(String file, @Nullable Mutant asking) {
        byte[] bytes = read(file);
        if (bytes == null && asking != null) {
            throw new NotWoven(asking, "there is no such class");
        }
        if (bytes == null) {
            throw new IllegalStateException("there is no " + file);
        }
        return bytes;
    }

    private byte @Nullable [] read(String file) {
        try (InputStream in = getParent().getResourceAsStream(file)) {
            return in == null ? null : in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }

    /** A world of its own. */
    World world() {
        try {
            Constructor<?> stage = loadClass(Stage.class.getName()).getDeclaredConstructor();
            stage.setAccessible(true);
            return (World) stage.newInstance();
        } catch (ReflectiveOperationException missing) {
            throw new IllegalStateException("the world of the mutants cannot be made", missing);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean seam = name.equals(World.class.getName()) || name.equals(World.Played.class.getName());
        if (!name.startsWith(OURS) || seam) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            String file = name.replace('.', '/') + ".class";
            byte[] bytes = woven.containsKey(file) ? woven.get(file) : read(file);
            if (bytes == null) {
                throw new ClassNotFoundException(name);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    @Override
    public @Nullable InputStream getResourceAsStream(String name) {
        byte[] bytes = woven.get(name);
        return bytes == null ? super.getResourceAsStream(name) : new ByteArrayInputStream(bytes);
    }
}
