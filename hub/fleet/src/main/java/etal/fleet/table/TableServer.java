package etal.fleet.table;

import etal.edge.config.ThreadLoop;
import etal.edge.web.WebServer;
import etal.fleet.world.open.Table;
import etal.port.Clock;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.function.Consumer;

/** Serves the table's page, on 127.0.0.1 only. Safe for use by any thread. */
public final class TableServer implements AutoCloseable {
    private final ThreadLoop loop;
    private final WebServer web;

    private TableServer(ThreadLoop loop, WebServer web) {
        this.loop = loop;
        this.web = web;
    }

    /**
     * Starts it and returns once it listens.
     *
     * @param listen where; port 0 means any free one
     * @param table what the page shows and changes
     * @param clock tells this run's pages from those of a run before
     * @param onCrash hears of every exception that is a bug
     * @throws IOException when the port is taken
     */
    public static TableServer start(InetSocketAddress listen, Table table, Clock clock, Consumer<Throwable> onCrash)
            throws IOException {
        ThreadLoop loop = new ThreadLoop("loop-table", onCrash);
        try {
            TablePages pages = new TablePages(loop, table, clock.now().toEpochMilli());
            WebServer web = WebServer.start(listen, loop, pages::on);
            loop.post(pages::follow);
            return new TableServer(loop, web);
        } catch (IOException | RuntimeException e) {
            loop.close();
            throw e;
        }
    }

    /** Where it listens, such as {@code http://127.0.0.1:8630}. */
    public URI uri() {
        return web.uri();
    }

    @Override
    public void close() {
        web.close();
        loop.close();
    }
}
