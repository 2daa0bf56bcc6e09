package etal.hub.main;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.ObjectMapper;
import etal.edge.stick.StickDirectory;
import etal.hub.main.store.Told;
import etal.port.StorageFailed;
import etal.port.stick.Stick;
import etal.protocol.sync.bundle.Bundle;
import java.io.IOException;
import java.net.http.HttpResponse;
import java.nio.file.Path;
import java.time.Duration;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Hands in a stick's file at the running hub and lays the answer down beside it. Neither follows a link, for the stick has been
 * in other hands. Stateless.
 */
final class BundleCommand {
    private static final Duration PATIENCE = Duration.ofSeconds(60);
    private static final int CONFLICT = 409;

    private BundleCommand() {}

    /**
     * What came of one file.
     *
     * @param exitCode 0 all was taken and answered, 1 not all, 2 nothing was taken, 3 the answer could not be written
     */
    record Done(int exitCode, List<Told> told) {
        private static Done refused(String key, Object... args) {
            return new Done(2, List.of(Told.refused(key, args)));
        }
    }

    /**
     * Hands in one file.
     *
     * @param directory of the hub
     * @param file on the stick, as the terminal has named it
     * @param out where the answer goes; null for its own name beside the file
     */
    static Done run(Path directory, Path file, @Nullable Path out) throws StorageFailed {
        Path whole = file.toAbsolutePath();
        Path folder = whole.getParent();
        Path name = whole.getFileName();
        if (folder == null || name == null || !StickDirectory.isName(name.toString())) {
            return Done.refused("bundle.nofile", file);
        }
        Stick.Read read = new StickDirectory(folder).read(name.toString(), Bundle.BYTES_MAX);
        if (!(read instanceof Stick.Read.Content content)) {
            boolean unfit = read instanceof Stick.Read.Failed failed && failed.why() == Stick.Trouble.UNFIT;
            return Done.refused(unfit ? "bundle.unreadable" : "bundle.nofile", file);
        }
        Optional<HttpResponse<byte[]>> answer =
                StatusQuery.post(directory, "/api/bundle", "application/cbor-seq", content.bytes(), PATIENCE);
        if (answer.isEmpty()) {
            return Done.refused("bundle.notrunning");
        }
        try {
            JsonNode said = new ObjectMapper().readTree(answer.get().body());
            return answer.get().statusCode() == 200
                    ? taken(said, folder, out)
                    : refused(said, file, answer.get().statusCode());
        } catch (IOException e) {
            throw new StorageFailed("the hub's answer to " + file + " does not read", e);
        }
    }

    private static Done refused(JsonNode said, Path file, int status) throws StorageFailed {
        String sentence = said.path("sentence").asText("");
        if (status != CONFLICT) {
            throw new StorageFailed("the hub did not take " + file + ": " + sentence);
        }
        return Done.refused(said.path("error").asText(), file, sentence);
    }

    private static Done taken(JsonNode said, Path folder, @Nullable Path out) throws IOException {
        Path to = out == null ? folder.resolve(said.path("name").asText()) : out.toAbsolutePath();
        Path parent = to.getParent();
        Path name = to.getFileName();
        Stick.Written written = parent == null || name == null || !StickDirectory.isName(name.toString())
                ? new Stick.Written.Failed(Stick.Trouble.UNFIT)
                : new StickDirectory(parent)
                        .write(name.toString(), said.path("answer").binaryValue());
        if (written instanceof Stick.Written.Failed failed) {
            String why = failed.why().name().toLowerCase(Locale.ROOT);
            return new Done(3, List.of(Told.refused("bundle.notwritten." + why, to)));
        }
        long acknowledged = said.path("acknowledged").asLong();
        long head = said.path("head").asLong();
        String ledger = said.path("ledger").asText();
        Told done = Told.done("bundle.done", ledger, acknowledged, to);
        if (acknowledged < head) {
            return new Done(1, List.of(done, Told.refused("bundle.part", ledger, acknowledged, head)));
        }
        long left = said.path("left").asLong();
        return left > 0 ? new Done(1, List.of(done, Told.refused("bundle.left", left))) : new Done(0, List.of(done));
    }
}
