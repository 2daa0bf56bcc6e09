package etal.terminal.hardware;

import etal.port.Signal.Outcome;
import java.time.Duration;
import java.util.List;

/**
 * What light and buzzer do for an outcome. Each outcome has its own rhythm of light and its own rhythm of sound, so that
 * those who do not see colours, and those who look elsewhere, tell them apart.
 *
 * @param steps one after the other
 * @param lasting what stands after them until the next outcome; dark where there is nothing left to say
 * @param again whether the lasting steps are repeated
 */
record SignalPattern(List<Step> steps, List<Step> lasting, boolean again) {
    /** What the light can show. */
    enum Colour {
        DARK,
        RED,
        GREEN,
        BLUE,
        /** Red and green together. */
        YELLOW
    }

    /** For how long which light, and whether the buzzer sounds. */
    record Step(Duration duration, Colour colour, boolean sound) {}

    static SignalPattern of(Outcome outcome) {
        return switch (outcome) {
            case READY -> new SignalPattern(List.of(), List.of(on(1000, Colour.GREEN)), false);
            case BUSY ->
                new SignalPattern(
                        List.of(tone(30, Colour.BLUE)), List.of(on(200, Colour.BLUE), on(200, Colour.DARK)), true);
            case PAID ->
                new SignalPattern(
                        List.of(tone(400, Colour.GREEN), on(1600, Colour.GREEN)), List.of(on(1, Colour.DARK)), false);
            case UNDONE -> twice(400, Colour.BLUE, 200, 1200);
            case REFUSED -> twice(150, Colour.RED, 150, 1500);
            case PRESENT_AGAIN ->
                new SignalPattern(
                        List.of(
                                tone(60, Colour.YELLOW),
                                on(60, Colour.DARK),
                                tone(60, Colour.YELLOW),
                                on(60, Colour.DARK),
                                tone(60, Colour.YELLOW)),
                        List.of(
                                on(500, Colour.DARK),
                                on(100, Colour.YELLOW),
                                on(100, Colour.DARK),
                                on(100, Colour.YELLOW)),
                        true);
            case FAULT ->
                new SignalPattern(
                        List.of(tone(1200, Colour.RED)), List.of(on(1000, Colour.DARK), on(1000, Colour.RED)), true);
        };
    }

    /** Two tones of one colour, a pause between them, then the light alone. */
    private static SignalPattern twice(int toneMillis, Colour colour, int pauseMillis, int lightMillis) {
        List<Step> steps = List.of(
                tone(toneMillis, colour),
                on(pauseMillis, Colour.DARK),
                tone(toneMillis, colour),
                on(lightMillis, colour));
        return new SignalPattern(steps, List.of(on(1, Colour.DARK)), false);
    }

    private static Step on(int millis, Colour colour) {
        return new Step(Duration.ofMillis(millis), colour, false);
    }

    private static Step tone(int millis, Colour colour) {
        return new Step(Duration.ofMillis(millis), colour, true);
    }
}
