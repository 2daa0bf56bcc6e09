package etal.fleet.world.live;

import etal.fleet.fault.Cable;
import etal.fleet.world.process.JsonClient;
import etal.fleet.world.process.StallClient;
import etal.fleet.world.process.Supervised;
import java.io.IOException;
import java.net.InetSocketAddress;

/** One stall of the live day: its till's process and the cable that leads to the broker. For one thread at a time. */
final class StallNode implements AutoCloseable {
    private final int number;
    private final Supervised process;
    private final Cable cable;
    private final JsonClient http;
    private String readerOf = "";
    private InetSocketAddress reader = InetSocketAddress.createUnresolved("127.0.0.1", 0);

    StallNode(int number, Supervised process, Cable cable, JsonClient http) {
        this.number = number;
        this.process = process;
        this.cable = cable;
        this.http = http;
    }

    int number() {
        return number;
    }

    Supervised process() {
        return process;
    }

    Cable cable() {
        return cable;
    }

    /** The producer's hands on the till as it runs now; waits while it starts. */
    StallClient client() throws IOException, InterruptedException {
        return new StallClient(http, process.address());
    }

    /** Where the till's reader listens as it runs now; asked for once after each start. */
    InetSocketAddress reader() throws IOException, InterruptedException {
        String address = process.address();
        if (!readerOf.equals(address)) {
            String text = new StallClient(http, address).status().path("reader").asText();
            int colon = text.lastIndexOf(':');
            if (colon < 0) {
                throw new IOException("stall " + number + " names no reader");
            }
            reader = new InetSocketAddress(text.substring(0, colon), Integer.parseInt(text.substring(colon + 1)));
            readerOf = address;
        }
        return reader;
    }

    @Override
    public void close() {
        process.close();
        cable.close();
    }
}
