package etal.virtualcard.loader;

import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.invoke.MethodHandles;
import java.lang.invoke.MethodType;
import java.util.List;

/**
 * The class loader in which simulator and applets live. It reads their ordinary class files and rewrites them on the way
 * in: the simulator's constant randomness is replaced by the card's own, its printing is dropped, and the applet's writes
 * go through {@link etal.virtualcard.silicon.Writes}. A loader, and not classes of the same names placed earlier on the
 * class path, because the order of a class path is an accident of packaging, and losing that race would be silent: every
 * card would share one key. Here a replacement that is missing stops the first card. Thread-safe; one serves all cards.
 */
public final class CardWorld extends ClassLoader {
    private static final String SILICON = "etal.virtualcard.silicon.";
    private static final List<String> SIMULATOR = List.of("com.licel.jcardsim.", "javacard.", "javacardx.");

    static {
        registerAsParallelCapable();
    }

    private final String appletClass;
    private final String appletPackage;
    private final boolean transactions;

    /**
     * A world for one applet.
     *
     * @param appletClass the applet's class name; all classes of its package are woven
     */
    public CardWorld(String appletClass) {
        this(appletClass, true);
    }

    /**
     * A world for one applet whose transactions may be ignored: the control of every test that cuts the power, for what finds
     * no fault there finds none anywhere.
     *
     * @param transactions whether begin, commit and abort do what they say, and copies are whole
     */
    public CardWorld(String appletClass, boolean transactions) {
        super("cards", CardWorld.class.getClassLoader());
        this.transactions = transactions;
        this.appletClass = appletClass;
        this.appletPackage = appletClass.substring(0, appletClass.lastIndexOf('.') + 1);
    }

    /** Makes a chip with the applet installed under the AID. */
    public Chip chip(byte[] aid, byte[] seed) {
        try {
            Class<?> applet = loadClass(appletClass);
            Class<?> chip = loadClass(SILICON + "SimulatedChip");
            return (Chip) MethodHandles.publicLookup()
                    .findConstructor(chip, MethodType.methodType(void.class, Class.class, byte[].class, byte[].class))
                    .invoke(applet, aid, seed);
        } catch (RuntimeException | Error unsound) {
            throw unsound;
        } catch (Throwable missing) {
            throw new IllegalStateException("the simulated chip cannot be made", missing);
        }
    }

    @Override
    protected Class<?> loadClass(String name, boolean resolve) throws ClassNotFoundException {
        boolean woven = name.startsWith(appletPackage);
        boolean simulator = SIMULATOR.stream().anyMatch(name::startsWith);
        if (!woven && !simulator && !name.startsWith(SILICON)) {
            return super.loadClass(name, resolve);
        }
        synchronized (getClassLoadingLock(name)) {
            Class<?> known = findLoadedClass(name);
            if (known != null) {
                return known;
            }
            byte[] bytes = read(name);
            if (woven) {
                bytes = AppletWeaver.weave(bytes, transactions);
            } else if (simulator) {
                bytes = SimulatorRewriter.rewrite(bytes);
            }
            return defineClass(name, bytes, 0, bytes.length);
        }
    }

    private byte[] read(String name) throws ClassNotFoundException {
        try (InputStream in = getParent().getResourceAsStream(name.replace('.', '/') + ".class")) {
            if (in == null) {
                throw new ClassNotFoundException(name);
            }
            return in.readAllBytes();
        } catch (IOException unreadable) {
            throw new UncheckedIOException(unreadable);
        }
    }
}
