package etal.testkit.pcsc;

import etal.testkit.Await;
import etal.testkit.ChildProcess;
import etal.testkit.TempDirectory;
import java.io.IOException;
import java.lang.reflect.Field;
import java.lang.reflect.InaccessibleObjectException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.nio.channels.FileChannel;
import java.nio.channels.FileLock;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.security.NoSuchAlgorithmException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import javax.smartcardio.CardException;
import javax.smartcardio.TerminalFactory;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Assumptions;

/**
 * A {@code pcscd} with vsmartcard's virtual reader, on ports and in a directory of its own, so that neither one that runs
 * on the machine nor another test's gets in the way. Its place in the file system cannot be chosen; it gets a view of the
 * file system in which that place is ours, and where the machine does not allow this, the place itself, one test at a time.
 * This process, and what it is told by {@link #socketVariable}, then talk to this one; one at a time in a process, because
 * the service's library keeps the first way to it that it is told, which is therefore the same link each time. For one
 * thread.
 */
public final class Pcscd implements AutoCloseable {
    private static final Path DRIVER = Path.of("/usr/lib/pcsc/drivers/serial/libifdvpcd.so");
    private static final Path PLACE = Path.of("/run/pcscd/pcscd.comm");
    private static final Duration PATIENCE = Duration.ofSeconds(20);
    private static final String VARIABLE = "PCSCLITE_CSOCK_NAME";
    private static final String OWN_VIEW = "mount --bind \"$1\" /run && shift && exec \"$@\"";

    private final TempDirectory directory = TempDirectory.make();
    private final Path link;
    private final List<String> command;
    private final Path socket;
    private final int port;
    private final String name;
    private final @Nullable FileLock turn;
    private @Nullable ChildProcess process;

    private Pcscd(boolean ownView, @Nullable FileLock turn) throws IOException, InterruptedException {
        this.turn = turn;
        this.port = twoFreePorts();
        this.name = "Etal test " + port;
        Path run = Files.createDirectory(directory.path().resolve("run"));
        Path readers = Files.createDirectory(directory.path().resolve("readers"));
        Files.writeString(
                readers.resolve("vpcd"),
                String.format(
                        Locale.ROOT,
                        "FRIENDLYNAME \"%s\"\nDEVICENAME /dev/null:0x%X\nLIBPATH %s\nCHANNELID 0x%X\n",
                        name,
                        port,
                        DRIVER,
                        port));
        link = Path.of(
                System.getProperty("java.io.tmpdir"),
                "etal-pcscd-" + ProcessHandle.current().pid());
        if (ownView) {
            Files.deleteIfExists(link);
            Files.createSymbolicLink(link, run);
        }
        socket = ownView ? link.resolve("pcscd/pcscd.comm") : PLACE;
        command = new ArrayList<>();
        if (ownView) {
            command.addAll(List.of("unshare", isRoot() ? "-m" : "-rm", "--", "sh", "-c", OWN_VIEW, "sh"));
            command.add(run.toString());
        }
        command.addAll(List.of("pcscd", "--foreground", "--info", "--config", readers.toString()));
        if (says("pcscd", "--help").stream().anyMatch(line -> line.contains("--disable-polkit"))) {
            command.add("--disable-polkit");
        }
    }

    /** Starts one, or gives the test up with the reason why it cannot. */
    public static Pcscd start() throws IOException, InterruptedException {
        Assumptions.assumeTrue(
                installed("pcscd") && Files.exists(DRIVER),
                "pcscd with its virtual reader is not installed (Debian packages pcscd and vsmartcard-vpcd)");
        boolean ownView = installed("unshare") && exitCode("unshare", isRoot() ? "-m" : "-rm", "true") == 0;
        FileLock turn = ownView ? null : ourTurn();
        if (!ownView) {
            Assumptions.assumeTrue(isRoot(), "this user may not start pcscd");
            Assumptions.assumeFalse(Files.exists(PLACE), "another pcscd runs, and this user may start none beside it");
        }
        Pcscd made = new Pcscd(ownView, turn);
        NativeEnvironment.set(VARIABLE, made.socket.toString());
        made.begin();
        return made;
    }

    private static FileLock ourTurn() throws IOException {
        Path file = Path.of(System.getProperty("java.io.tmpdir"), "etal-pcscd.lock");
        return FileChannel.open(file, StandardOpenOption.CREATE, StandardOpenOption.WRITE)
                .lock();
    }

    /** Whether a program is on the path. */
    public static boolean installed(String program) {
        return List.of(System.getenv("PATH").split(":")).stream()
                .anyMatch(folder -> Files.isExecutable(Path.of(folder, program)));
    }

    /** Starts it, or starts it again after {@link #kill} or {@link #stop}; returns when it takes commands. */
    public void begin() throws InterruptedException {
        forgetTheOneBefore();
        process = ChildProcess.start(directory.path(), command);
        var unused = process.await(line -> line.contains("daemon ready"), PATIENCE);
    }

    /** The JDK keeps its first way to the service for good, also when that service has ended. */
    private static void forgetTheOneBefore() {
        try {
            Field context =
                    Class.forName("sun.security.smartcardio.PCSCTerminals").getDeclaredField("contextId");
            Field known = context.getDeclaringClass().getDeclaredField("terminals");
            context.setAccessible(true);
            known.setAccessible(true);
            context.setLong(null, 0);
            if (known.get(null) instanceof Map<?, ?> readers) {
                readers.clear();
            }
        } catch (ReflectiveOperationException | InaccessibleObjectException closed) {
            throw new AssertionError(
                    "tests are run with --add-opens java.smartcardio/sun.security.smartcardio", closed);
        }
    }

    /** Where a card connects to lie on the first reader. */
    public InetSocketAddress reader() {
        return new InetSocketAddress(InetAddress.getLoopbackAddress(), port);
    }

    /** A part of the readers' names that no other service has. */
    public String name() {
        return name;
    }

    /** What another process's environment must hold to talk to this one, {@code NAME=value}. */
    public String socketVariable() {
        return VARIABLE + "=" + socket;
    }

    /** Waits until it has seen the first reader empty: a card that comes sooner can be lost to it. */
    public void awaitEmpty() {
        var unused = Await.until("an empty reader", PATIENCE, this::occupied, occupied -> !occupied);
    }

    /** Waits until it has seen the card on the first reader. */
    public void awaitCard() {
        var unused = Await.until("a card on the reader", PATIENCE, this::occupied, occupied -> occupied);
    }

    private boolean occupied() {
        try {
            return TerminalFactory.getInstance("PC/SC", null)
                    .terminals()
                    .getTerminal(name + " 00 00")
                    .isCardPresent();
        } catch (CardException | NoSuchAlgorithmException problem) {
            throw new AssertionError(problem);
        }
    }

    /** Ends it as a crash does. */
    public void kill() throws InterruptedException {
        running().kill();
        try {
            // What a crash leaves behind would keep the next one from starting; systemd takes it away too.
            Files.deleteIfExists(socket);
            Files.deleteIfExists(socket.resolveSibling("pcscd.pid"));
        } catch (IOException left) {
            throw new AssertionError(left);
        }
    }

    private ChildProcess running() {
        if (process == null) {
            throw new AssertionError("it has not begun");
        }
        return process;
    }

    @Override
    public void close() {
        running().close();
        try {
            var unused = running().awaitExit(PATIENCE);
            Files.deleteIfExists(socket);
            Files.deleteIfExists(link);
            directory.close();
            if (turn != null) {
                turn.acquiredBy().close();
            }
        } catch (IOException problem) {
            throw new AssertionError(problem);
        } catch (InterruptedException stopped) {
            Thread.currentThread().interrupt();
        }
    }

    private static boolean isRoot() throws IOException, InterruptedException {
        return says("id", "-u").equals(List.of("0"));
    }

    private static List<String> says(String... command) throws IOException, InterruptedException {
        try (ChildProcess asked = ChildProcess.start(Path.of("/"), List.of(command))) {
            var unused = asked.awaitExit(PATIENCE);
            return asked.lines();
        }
    }

    private static int exitCode(String... command) throws InterruptedException {
        try (ChildProcess asked = ChildProcess.start(Path.of("/"), List.of(command))) {
            return asked.awaitExit(PATIENCE);
        }
    }

    /** The virtual reader has two slots, on ports that follow each other. */
    private static int twoFreePorts() throws IOException {
        for (int tries = 0; tries < 100; tries++) {
            try (ServerSocket first = new ServerSocket(0);
                    ServerSocket second = new ServerSocket(first.getLocalPort() + 1)) {
                return second.getLocalPort() - 1;
            } catch (IOException | IllegalArgumentException taken) {
                continue;
            }
        }
        throw new IOException("there are no two free ports in a row");
    }
}
