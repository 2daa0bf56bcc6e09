package etal.fleet.world.place;

import etal.fleet.fault.Cable;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.StallClient;
import etal.fleet.world.process.Supervised;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.concurrent.locks.Lock;
import java.util.concurrent.locks.ReentrantLock;

/** One stall: its till's process and the cable that leads to the broker. Safe for use by any thread. */
public final class StallNode implements AutoCloseable {
    private final int number;
    private final Supervised process;
    private final Cable cable;
    private final JsonClient http;
    private final Lock asking = new ReentrantLock();
    private long readerOf;
    private InetSocketAddress reader = InetSocketAddress.createUnresolved("127.0.0.1", 0);

    /** With a process that need not run yet. */
    public StallNode(int number, Supervised process, Cable cable, JsonClient http) {
        this.number = number;
        this.process = process;
        this.cable = cable;
        this.http = http;
    }

    /** Terminal and point of sale in one. */
    public int number() {
        return number;
    }

    /** Its till. */
    public Supervised process() {
        return process;
    }

    /** Its way to the broker. */
    public Cable cable() {
        return cable;
    }

    /** The producer's hands on the till as it runs now; waits while it starts. */
    public StallClient client() throws IOException, InterruptedException {
        return new StallClient(http, process.address());
    }

    /** Where the till's reader listens as it runs now; asked for once in each of its lives. */
    public InetSocketAddress reader() throws IOException, InterruptedException {
        String address = process.address();
        long life = process.life();
        asking.lockInterruptibly();
        try {
            if (readerOf != life) {
                String text =
                        new StallClient(http, address).status().path("reader").asText();
                int colon = text.lastIndexOf(':');
                if (colon < 0) {
                    throw new IOException("stall " + number + " names no reader");
                }
                reader = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
                readerOf = life;
            }
            return reader;
        } finally {
            asking.unlock();
        }
    }

    @Override
    public void close() {
        process.close();
        cable.close();
    }
}
