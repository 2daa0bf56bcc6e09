package etal.fake;

import etal.port.Loop;
import etal.port.stick.Stick;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;

/** A stick in memory that can be pulled out, filled up, worn out and carried from one place to another. */
public final class FakeStick implements Stick {
    private final Loop loop;
    private final TreeMap<String, byte[]> files = new TreeMap<>();
    private @Nullable Trouble reading;
    private @Nullable Trouble writing;
    private boolean hanging;
    private final List<Runnable> waiting = new ArrayList<>();

    /** An empty one, plugged in; what came of it is told on that loop. */
    public FakeStick(Loop loop) {
        this.loop = loop;
    }

    @Override
    public void read(String name, int bytesMax, Consumer<Read> onLoop) {
        later(() -> onLoop.accept(found(name, bytesMax)));
    }

    private void later(Runnable event) {
        if (hanging) {
            waiting.add(event);
        } else {
            loop.post(event);
        }
    }

    private Read found(String name, int bytesMax) {
        Trouble trouble = reading;
        byte[] bytes = files.get(name);
        if (trouble != null) {
            return new Read.Failed(trouble);
        }
        if (bytes == null) {
            return new Read.Nothing();
        }
        return bytes.length > bytesMax ? new Read.Failed(Trouble.UNFIT) : new Read.Content(bytes.clone());
    }

    @Override
    public void write(String name, byte[] content, Consumer<Written> onLoop) {
        byte[] copy = content.clone();
        later(() -> {
            Trouble trouble = writing;
            if (trouble == null) {
                files.put(name, copy);
            }
            onLoop.accept(trouble == null ? new Written.Done() : new Written.Failed(trouble));
        });
    }

    /** From now on it cannot be read, or can again where {@code trouble} is empty. */
    public void reading(Optional<Trouble> trouble) {
        reading = trouble.orElse(null);
    }

    /** From now on it cannot be written, or can again where {@code trouble} is empty. */
    public void writing(Optional<Trouble> trouble) {
        writing = trouble.orElse(null);
    }

    /** From now on nothing comes of anything, until it hangs no more. */
    public void hanging(boolean on) {
        hanging = on;
        if (!on) {
            waiting.forEach(loop::post);
            waiting.clear();
        }
    }

    /** Out, or in. */
    public void plugged(boolean in) {
        reading(in ? Optional.empty() : Optional.of(Trouble.ABSENT));
        writing(in ? Optional.empty() : Optional.of(Trouble.ABSENT));
    }

    /** What lies there under that name. */
    public Optional<byte[]> file(String name) {
        return Optional.ofNullable(files.get(name)).map(bytes -> bytes.clone());
    }

    /** Lays something there. */
    public void put(String name, byte[] content) {
        files.put(name, content.clone());
    }

    /** Takes something away. */
    public void remove(String name) {
        files.remove(name);
    }

    /** The names of all that lies there, in their order. */
    public List<String> names() {
        return List.copyOf(files.keySet());
    }
}
