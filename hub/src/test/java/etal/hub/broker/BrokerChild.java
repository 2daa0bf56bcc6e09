package etal.hub.broker;

import etal.edge.config.ParentWatch;
import etal.port.StorageFailed;
import java.nio.file.Path;
import java.util.concurrent.CountDownLatch;

/** A broker in a process of its own, to be killed. */
final class BrokerChild {
    private BrokerChild() {}

    public static void main(String[] arguments) throws StorageFailed, InterruptedException {
        CountDownLatch parentGone = new CountDownLatch(1);
        ParentWatch.watch(System.in, parentGone::countDown);
        try (Broker broker = Broker.start(BrokerField.config(Path.of(arguments[0]), 0))) {
            System.out.println("ready " + broker.uri());
            parentGone.await();
        }
    }
}
