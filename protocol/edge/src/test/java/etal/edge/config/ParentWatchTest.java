package etal.edge.config;

import static org.junit.jupiter.api.Assertions.assertEquals;

import etal.testkit.ChildProcess;
import java.nio.file.Path;
import java.time.Duration;
import java.util.concurrent.CountDownLatch;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

final class ParentWatchTest {
    @TempDir
    Path directory;

    // parent:  start ------- closes the pipe (as its death does)
    // child:        "ready"              -> "gone", ends with 0
    @Test
    void a_child_ends_when_its_parent_is_gone() throws Exception {
        try (ChildProcess child = ChildProcess.java(directory, Child.class)) {
            child.await("ready"::equals, Duration.ofSeconds(30));
            child.closeInput();
            child.await("gone"::equals, Duration.ofSeconds(30));
            assertEquals(0, child.awaitExit(Duration.ofSeconds(30)));
        }
    }

    static final class Child {
        public static void main(String[] arguments) throws InterruptedException {
            CountDownLatch gone = new CountDownLatch(1);
            ParentWatch.watch(System.in, gone::countDown);
            System.out.println("ready");
            gone.await();
            System.out.println("gone");
        }
    }
}
