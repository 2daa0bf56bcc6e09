package etal.fleet.real.storage;

import etal.fleet.real.stall.DiskStall;
import etal.fleet.real.stall.StallDay;
import etal.fleet.real.stall.StallFund;
import java.io.BufferedReader;
import java.io.FileDescriptor;
import java.io.FileOutputStream;
import java.io.IOException;
import java.io.InputStreamReader;
import java.io.PrintStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/**
 * A process whose system calls are made to fail. It reads {@code run DIR}, plays the day of a stall in that directory in a thread
 * that the kernel knows as {@value #THREAD}, tells what the day tells, and says {@value #DONE}; then it reads on.
 */
public final class Victim {
    /** The thread's name, and the only one that touches the till's files. */
    static final String THREAD = "stall-day";
    /** The day is over. */
    static final String DONE = "done";

    private Victim() {}

    /** Until its input ends. */
    public static void main(String[] none) throws IOException, InterruptedException {
        var out = new PrintStream(new FileOutputStream(FileDescriptor.out), true, StandardCharsets.UTF_8);
        StallFund fund = StallFund.make();
        Thread stall = Thread.ofPlatform().name(THREAD).start(() -> serve(fund, out));
        stall.join();
    }

    private static void serve(StallFund fund, PrintStream out) {
        try (var in = new BufferedReader(new InputStreamReader(System.in, StandardCharsets.UTF_8))) {
            out.println("ready");
            String line = in.readLine();
            while (line != null) {
                day(fund, Path.of(line.substring("run ".length())), out);
                out.println(DONE);
                line = in.readLine();
            }
        } catch (IOException ended) {
            out.println("its input cannot be read: " + ended);
        }
    }

    private static void day(StallFund fund, Path directory, PrintStream out) {
        try (DiskStall stall = new DiskStall(fund, directory)) {
            new StallDay(stall, out::println).run();
        } catch (Exception | LinkageError bug) {
            out.println("bug " + bug);
        }
    }
}
