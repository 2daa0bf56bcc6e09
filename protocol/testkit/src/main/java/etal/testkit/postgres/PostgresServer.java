package etal.testkit.postgres;

import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.sql.Connection;
import java.sql.DriverManager;
import java.sql.SQLException;
import java.sql.Statement;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;

/**
 * Debian's PostgreSQL, on loopback alone, with a database for a hub. Started by root it runs as {@code postgres}, because initdb
 * refuses root; its files lie where that user may go.
 */
public final class PostgresServer implements AutoCloseable {
    /** TEST SECRET. */
    public static final String PASSWORD = "a test password";

    private static final int SECONDS = 60;
    private static final String USER = "etal";

    private final Path directory;
    private final Path programs;
    private final int port;

    private PostgresServer(Path directory, Path programs, int port) {
        this.directory = directory;
        this.programs = programs;
        this.port = port;
    }

    /** Starts one. */
    public static PostgresServer start() throws IOException, InterruptedException, SQLException {
        Path directory = Files.createTempDirectory(
                "etal-postgres", PosixFilePermissions.asFileAttribute(PosixFilePermissions.fromString("rwxr-xr-x")));
        Path word = directory.resolve("word");
        Files.writeString(word, PASSWORD);
        var server = new PostgresServer(directory, programs(), freePort());
        if (server.root()) {
            server.run(List.of("chown", "-R", "postgres", directory.toString()));
        }
        server.runAsUser(
                "initdb",
                "-D",
                server.data(),
                "-U",
                USER,
                "-A",
                "scram-sha-256",
                "--pwfile=" + word,
                "--locale=C",
                "-E",
                "UTF8",
                "--no-sync");
        server.begin();
        server.database("hub", "");
        return server;
    }

    /** Starts it again on what it has. */
    public void begin() throws IOException, InterruptedException {
        runAsUser(
                "pg_ctl",
                "start",
                "-w",
                "-D",
                data(),
                "-l",
                directory.resolve("log").toString(),
                "-o",
                "-h 127.0.0.1 -p " + port + " -c unix_socket_directories=''");
    }

    /** Pulls its plug. */
    public void pullPlug() throws IOException, InterruptedException {
        runAsUser("pg_ctl", "stop", "-w", "-m", "immediate", "-D", data());
    }

    /** Its address, as hub.yaml has it. */
    public URI store() {
        return store("hub");
    }

    /** Another database, made so. */
    public void database(String name, String how) throws SQLException {
        execute("postgres", "CREATE DATABASE " + name + " " + how);
    }

    /** The address of another of its databases. */
    public URI store(String database) {
        return URI.create("postgres://" + USER + "@127.0.0.1:" + port + "/" + database);
    }

    private void execute(String database, String sql) throws SQLException {
        try (Connection connection = DriverManager.getConnection(
                        "jdbc:postgresql://127.0.0.1:" + port + "/" + database, USER, PASSWORD);
                Statement statement = connection.createStatement()) {
            statement.execute(sql);
        }
    }

    private String data() {
        return directory.resolve("data").toString();
    }

    private static int freePort() throws IOException {
        try (ServerSocket socket = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
            return socket.getLocalPort();
        }
    }

    private static Path programs() throws IOException {
        try (Stream<Path> versions = Files.list(Path.of("/usr/lib/postgresql"))) {
            return versions.map(version -> version.resolve("bin"))
                    .filter(bin -> Files.isExecutable(bin.resolve("initdb")))
                    .sorted()
                    .reduce((first, second) -> second)
                    .orElseThrow(() -> new IOException("no PostgreSQL server is installed"));
        }
    }

    private boolean root() {
        return "root".equals(System.getProperty("user.name"));
    }

    private void runAsUser(String program, String... arguments) throws IOException, InterruptedException {
        List<String> command = new ArrayList<>();
        if (root()) {
            command.addAll(List.of("setpriv", "--reuid=postgres", "--regid=postgres", "--clear-groups"));
        }
        command.add(programs.resolve(program).toString());
        command.addAll(List.of(arguments));
        run(command);
    }

    private void run(List<String> command) throws IOException, InterruptedException {
        Path log = Files.createTempFile("etal-postgres", ".log");
        try {
            Process process = new ProcessBuilder(command)
                    .directory(directory.toFile())
                    .redirectErrorStream(true)
                    .redirectOutput(log.toFile())
                    .start();
            if (!process.waitFor(SECONDS, TimeUnit.SECONDS) || process.exitValue() != 0) {
                process.destroyForcibly();
                throw new IOException(command + " failed: " + Files.readString(log));
            }
        } finally {
            Files.delete(log);
        }
    }

    private void delete() throws IOException {
        try (Stream<Path> below = Files.walk(directory)) {
            for (Path one : below.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(one);
            }
        }
    }

    @Override
    public void close() throws IOException, InterruptedException {
        try {
            pullPlug();
        } finally {
            delete();
        }
    }
}
