package etal.edge.stick;

import etal.port.Loop;
import etal.port.stick.Stick;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.RejectedExecutionException;
import java.util.function.Consumer;
import java.util.function.Supplier;

/**
 * A stick that is read and written on a thread of its own: a slow one keeps nobody waiting but this thread. Safe for use by
 * any thread.
 */
public final class CarriedStick implements Stick, AutoCloseable {
    private final StickDirectory directory;
    private final Loop loop;
    private final ExecutorService thread = Executors.newSingleThreadExecutor(
            Thread.ofPlatform().daemon().name("stick").factory());

    /** In that folder; what came of it is told on that loop. */
    public CarriedStick(StickDirectory directory, Loop loop) {
        this.directory = directory;
        this.loop = loop;
    }

    @Override
    public void read(String name, int bytesMax, Consumer<Read> onLoop) {
        work(() -> directory.read(name, bytesMax), onLoop);
    }

    @Override
    public void write(String name, byte[] content, Consumer<Written> onLoop) {
        work(() -> directory.write(name, content), onLoop);
    }

    private <T> void work(Supplier<T> work, Consumer<T> onLoop) {
        try {
            thread.execute(() -> {
                T done = work.get();
                loop.post(() -> onLoop.accept(done));
            });
        } catch (RejectedExecutionException closed) {
            // The till has ended: nobody is there to be told.
            return;
        }
    }

    /** Stops; what is being written is not awaited, and what lay there before lies there still. */
    @Override
    public void close() {
        thread.shutdownNow();
    }
}
