package etal.terminal.hardware.scale;

import etal.edge.config.ConfigFault;
import etal.edge.config.YamlConfig;
import etal.terminal.hardware.line.DeviceLine;
import java.nio.file.Path;

/**
 * What {@code terminal.yaml} says under {@code scale}: a scale that speaks MT-SICS on a serial port. Immutable.
 *
 * @param device such as {@code /dev/ttyUSB1}
 * @param baud with eight bits, no parity, one stop bit
 */
public record ScaleSettings(Path device, int baud) {
    /** Reads the section {@code scale}. */
    public static ScaleSettings of(YamlConfig scale) throws ConfigFault {
        scale.onlyFields("kind", "device", "baud");
        scale.oneOf("kind", "mt-sics");
        String baud = scale.has("baud") ? scale.oneOf("baud", "2400", "4800", "9600", "19200", "38400") : "9600";
        return new ScaleSettings(scale.path("device"), Integer.parseInt(baud));
    }

    /** The scale, which need not be there yet. */
    public SicsScale open() {
        return SicsScale.start(() -> DeviceLine.serial(device, baud, DeviceLine.Flow.NONE));
    }
}
