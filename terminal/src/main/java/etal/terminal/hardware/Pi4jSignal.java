package etal.terminal.hardware;

import com.pi4j.Pi4J;
import com.pi4j.context.Context;
import com.pi4j.exception.Pi4JException;
import com.pi4j.io.gpio.digital.DigitalOutput;
import com.pi4j.io.gpio.digital.DigitalOutputConfigBuilder;
import com.pi4j.io.gpio.digital.DigitalState;
import com.pi4j.plugin.gpiod.provider.gpio.digital.GpioDDigitalOutputProvider;
import com.pi4j.plugin.mock.provider.gpio.digital.MockDigitalOutputProvider;
import com.pi4j.provider.Provider;
import etal.port.Loop;
import etal.port.Signal;
import etal.terminal.hardware.SignalPattern.Colour;
import etal.terminal.hardware.SignalPattern.Step;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import org.jspecify.annotations.Nullable;
import org.slf4j.Logger;
import org.slf4j.LoggerFactory;

/**
 * Light and buzzer on the board's GPIO, through Pi4J. It moves from step to step on the loop's timers and never waits; a
 * pin that fails is logged once and the stall sells on in the dark. For the loop alone.
 */
public final class Pi4jSignal implements Signal, AutoCloseable {
    private static final Logger LOG = LoggerFactory.getLogger(Pi4jSignal.class);

    private final Loop loop;
    private final Context pi4j;
    private final Map<String, DigitalOutput> outputs = new LinkedHashMap<>();
    private Loop.@Nullable Timer next;
    private boolean working = true;

    private Pi4jSignal(Context pi4j, StallBuild build, Loop loop) {
        this.pi4j = pi4j;
        this.loop = loop;
        try {
            for (String use : StallBuild.DRIVEN) {
                DigitalOutputConfigBuilder pin = DigitalOutput.newConfigBuilder(pi4j)
                        .id(use)
                        .address(build.gpio(use))
                        .initial(DigitalState.LOW)
                        .shutdown(DigitalState.LOW);
                outputs.put(use, pi4j.create(pin.build()));
            }
        } catch (Pi4JException | IllegalStateException failure) {
            // A board without GPIO is an illegal state to Pi4J; to the stall it is one without light.
            goDark(failure);
        }
    }

    /** On the pins of this board. */
    public static Pi4jSignal onBoard(StallBuild build, Loop loop) {
        return new Pi4jSignal(context(GpioDDigitalOutputProvider.newInstance()), build, loop);
    }

    /** On Pi4J's mock, for machines without GPIO. */
    public static Pi4jSignal onMock(StallBuild build, Loop loop) {
        return new Pi4jSignal(context(MockDigitalOutputProvider.newInstance()), build, loop);
    }

    private static Context context(Provider<?, ?, ?> outputs) {
        return Pi4J.newContextBuilder()
                .noAutoDetect()
                .disableShutdownHook()
                .add(outputs)
                .build();
    }

    @Override
    public void show(Outcome outcome) {
        cancel();
        SignalPattern pattern = SignalPattern.of(outcome);
        play(pattern, pattern.steps(), 0, false);
    }

    /** The state of an output, for tests: whether the pin is high. */
    boolean isHigh(String use) {
        DigitalOutput output = outputs.get(use);
        return output != null && output.isHigh();
    }

    private void play(SignalPattern pattern, List<Step> steps, int at, boolean lasting) {
        if (at == steps.size()) {
            if (!lasting || pattern.again()) {
                play(pattern, pattern.lasting(), 0, true);
            }
            return;
        }
        Step step = steps.get(at);
        set(step);
        next = loop.after(step.duration(), () -> play(pattern, steps, at + 1, lasting));
    }

    private void set(Step step) {
        Colour colour = step.colour();
        set("light-red", colour == Colour.RED || colour == Colour.YELLOW);
        set("light-green", colour == Colour.GREEN || colour == Colour.YELLOW);
        set("light-blue", colour == Colour.BLUE);
        set("buzzer", step.sound());
    }

    private void set(String use, boolean high) {
        DigitalOutput output = outputs.get(use);
        if (!working || output == null) {
            return;
        }
        try {
            output.setState(high);
        } catch (Pi4JException failure) {
            goDark(failure);
        }
    }

    private void goDark(RuntimeException failure) {
        working = false;
        LOG.warn("light and buzzer do not work: {}", failure.getMessage());
    }

    private void cancel() {
        Loop.Timer pending = next;
        if (pending != null) {
            pending.cancel();
        }
        next = null;
    }

    /** Dark and silent. */
    @Override
    public void close() {
        cancel();
        pi4j.shutdown();
    }
}
