package etal.terminal.hardware;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertThrows;
import static org.junit.jupiter.api.Assertions.assertTrue;

import etal.edge.config.ConfigFault;
import java.nio.file.Files;
import java.nio.file.Path;
import org.junit.jupiter.api.Test;

/** A build that would not work, or would break the board, is refused with its line. */
class StallBuildFileTest {
    private final String build = Files.readString(Path.of("../hardware-docs/stall.yaml"));

    StallBuildFileTest() throws Exception {}

    @Test
    void the_pins_of_light_and_buzzer_are_told() throws Exception {
        StallBuild read = StallBuildFile.of(build, "stall.yaml");
        assertEquals(17, read.gpio("light-red"));
        assertEquals(23, read.gpio("buzzer"));
    }

    @Test
    void a_pin_used_twice_is_refused() {
        refused("physical: 13, bcm: 27", "physical: 11, bcm: 17", "physical: pin 11 a second time, a pin of its own");
    }

    @Test
    void a_pin_that_does_not_exist_or_is_kept_is_refused() {
        refused("physical: 13, bcm: 27", "physical: 41, bcm: 27", "physical: 41, a whole number from 1 to 40");
        refused(
                "physical: 13, bcm: 27",
                "physical: 27, bcm: 0",
                "physical: pin 27, a pin that is not kept for add-on boards");
    }

    @Test
    void a_gpio_that_is_not_behind_its_pin_is_refused() {
        refused("physical: 13, bcm: 27", "physical: 13, bcm: 22", "bcm: GPIO 22, 27, which is behind pin 13");
        refused("physical: 13, bcm: 27", "physical: 13", "bcm: nothing, 27, which is behind pin 13");
        refused("physical: 2, ", "physical: 2, bcm: 2, ", "bcm: GPIO 2, none behind pin 2");
    }

    @Test
    void five_volts_on_a_gpio_are_refused() {
        refused(
                "bcm: 15, direction: in, millivolts: 3300",
                "bcm: 15, direction: in, millivolts: 5000",
                "millivolts: 5000, at most 3300 on a GPIO: more breaks the board");
    }

    @Test
    void a_supply_of_another_level_or_direction_is_refused() {
        refused(
                "physical: 1, direction: power, millivolts: 3300",
                "physical: 1, direction: power, millivolts: 5000",
                "millivolts: 5000, 3300 on pin 1");
        refused("physical: 1, direction: power", "physical: 1, direction: out", "direction: out, power on pin 1");
        refused("bcm: 17, direction: out", "bcm: 17, direction: power", "direction: supply on pin 11, in, out or both");
    }

    @Test
    void a_wire_to_a_part_that_nobody_buys_is_refused() {
        refused("to: buzzer, pin: IN", "to: bell, pin: IN", "to: bell, the id of a part");
    }

    @Test
    void a_build_without_a_wire_the_terminal_drives_is_refused() {
        ConfigFault fault = assertThrows(
                ConfigFault.class, () -> StallBuildFile.of(build.replace("use: buzzer,", "use: bell,"), "stall.yaml"));
        assertTrue(message(fault).contains("wires: no wire on a GPIO for buzzer, "), message(fault));
    }

    private void refused(String was, String is, String complaint) {
        assertTrue(build.contains(was), was);
        int line = (int) build.substring(0, build.indexOf(was)).lines().count();
        ConfigFault fault =
                assertThrows(ConfigFault.class, () -> StallBuildFile.of(build.replace(was, is), "stall.yaml"));
        assertTrue(message(fault).startsWith("stall.yaml:" + line + ": wires["), message(fault));
        assertTrue(message(fault).contains(complaint), message(fault));
    }

    private static String message(ConfigFault fault) {
        return String.valueOf(fault.getMessage());
    }
}
