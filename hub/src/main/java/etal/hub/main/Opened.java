package etal.hub.main;

import etal.port.StorageFailed;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.function.Consumer;

/** What a short command has opened, closed in the opposite order. For one thread. */
final class Opened implements Consumer<AutoCloseable>, AutoCloseable {
    private final Deque<AutoCloseable> open = new ArrayDeque<>();

    @Override
    public void accept(AutoCloseable resource) {
        open.push(resource);
    }

    @Override
    public void close() throws StorageFailed {
        while (!open.isEmpty()) {
            try {
                open.pop().close();
            } catch (StorageFailed e) {
                throw e;
            } catch (Exception e) {
                throw new StorageFailed("the store cannot be closed: " + e.getMessage(), e);
            }
        }
    }
}
