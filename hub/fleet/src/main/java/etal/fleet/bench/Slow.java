package etal.fleet.bench;

import etal.port.Link;
import etal.port.printer.Printer;
import java.time.Duration;
import java.util.concurrent.locks.LockSupport;
import java.util.function.Consumer;

/** Outside things that hold up whoever calls them. */
final class Slow {
    private Slow() {}

    static void hold(Duration howLong) {
        long until = System.nanoTime() + howLong.toNanos();
        while (System.nanoTime() < until) {
            LockSupport.parkNanos(until - System.nanoTime());
        }
    }

    /** A printer that prints only after so long. */
    static Printer printer(Duration each) {
        return new Printer() {
            @Override
            public State state() {
                return State.READY;
            }

            @Override
            public void print(String name, byte[] escpos) {
                hold(each);
            }
        };
    }

    /** A link that takes each message only after so long. */
    static Link link(Link inner, Duration each) {
        return new Link() {
            @Override
            public void send(Topic topic, byte[] message) {
                hold(each);
                inner.send(topic, message);
            }

            @Override
            public void listen(Consumer<LinkEvent> onLoop) {
                inner.listen(onLoop);
            }
        };
    }
}
