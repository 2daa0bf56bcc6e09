package etal.fleet.house;

import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.classes;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;

/** Imports run one way: terminal, hub and provisioning stand on protocol and never on each other; fleet stands on all. */
class ImportRulesTest {
    private static final String[] DRIVERS = {
        "org.eclipse.paho..",
        "io.javalin..",
        "org.eclipse.jetty..",
        "com.pi4j..",
        "org.apache.activemq..",
        "org.sqlite..",
        "org.eclipse.californium..",
        "com.github.anastaciocintra..",
        "com.licel..",
        "javax.smartcardio.."
    };

    private static JavaClasses house = new ClassFileImporter().importPackages("none");

    @BeforeAll
    static void import_all_production_classes() {
        List<Path> roots = Sources.modules().stream()
                .map(module -> module.resolve("target/classes"))
                .filter(Files::isDirectory)
                .toList();
        house = new ClassFileImporter()
                .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
                .importPaths(roots);
    }

    @Test
    void every_room_of_the_house_was_looked_at() {
        for (String room : List.of(
                "etal.protocol.split",
                "etal.port",
                "etal.fake",
                "etal.edge.sqlite",
                "etal.fsck",
                "etal.applet",
                "etal.virtualcard",
                "etal.provisioning.ca",
                "etal.terminal.sale",
                "etal.hub.ingest",
                "etal.fleet.market")) {
            assertTrue(house.containPackage(room), room + " has no classes: is it built?");
        }
    }

    @Test
    void the_protocol_stands_on_nothing_of_ours_and_does_no_input_or_output() {
        noClasses()
                .that()
                .resideInAPackage("etal.protocol..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(
                        "etal.port..",
                        "etal.edge..",
                        "etal.fake..",
                        "etal.terminal..",
                        "etal.hub..",
                        "etal.provisioning..",
                        "etal.fleet..",
                        "java.sql..",
                        "java.net..",
                        "java.nio.file..",
                        "java.util.concurrent..")
                .check(house);
    }

    @Test
    void the_ports_stand_on_the_protocol_alone() {
        classes()
                .that()
                .resideInAPackage("etal.port..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java..", "org.jspecify..", "etal.protocol..", "etal.port..")
                .check(house);
    }

    @Test
    void terminal_hub_and_provisioning_never_name_each_other() {
        apart("etal.terminal..", "etal.hub..", "etal.provisioning..", "etal.fleet..", "etal.fsck..");
        apart("etal.hub..", "etal.terminal..", "etal.provisioning..", "etal.fleet..", "etal.fsck..");
        apart("etal.provisioning..", "etal.terminal..", "etal.hub..", "etal.fleet..", "etal.fsck..");
        apart("etal.edge..", "etal.terminal..", "etal.hub..", "etal.provisioning..", "etal.fleet..", "etal.fsck..");
    }

    @Test
    void production_code_names_no_fake_no_simulator_and_no_test_support() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "etal.terminal..", "etal.hub..", "etal.provisioning..", "etal.edge..", "etal.port..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage("etal.fake..", "etal.testkit..", "etal.virtualcard..", "org.junit..")
                .check(house);
    }

    @Test
    void the_checker_shares_nothing_with_the_writer() {
        classes()
                .that()
                .resideInAPackage("etal.fsck..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..", "javax.security..", "javax.naming..", "org.jspecify..", "org.sqlite..", "etal.fsck..")
                .check(house);
    }

    @Test
    void the_auditor_shares_nothing_with_what_it_judges_but_the_money_type() {
        classes()
                .that()
                .resideInAPackage("etal.fleet.auditor..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage(
                        "java..",
                        "org.jspecify..",
                        "com.fasterxml.jackson.databind..",
                        "etal.protocol.money..",
                        "etal.fleet.market..",
                        "etal.fleet.auditor..")
                .check(house);
    }

    @Test
    void the_applet_knows_the_java_card_alone() {
        classes()
                .that()
                .resideInAPackage("etal.applet..")
                .should()
                .onlyDependOnClassesThat()
                .resideInAnyPackage("java.lang..", "javacard..", "javacardx..", "etal.applet..")
                .check(house);
    }

    @Test
    void only_the_edge_names_a_driver_or_a_server() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "etal.protocol..", "etal.port..", "etal.terminal..", "etal.hub..", "etal.provisioning..")
                .and()
                .resideOutsideOfPackages(
                        "etal.terminal.hardware..",
                        "etal.terminal.screen..",
                        "etal.terminal.main..",
                        "etal.terminal.enrol..",
                        "etal.terminal.receipt..",
                        "etal.hub.broker..",
                        "etal.hub.pages..",
                        "etal.hub.main..",
                        "etal.provisioning.registrar..",
                        "etal.provisioning.tool..",
                        "etal.provisioning.pages..")
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(DRIVERS)
                .check(house);
    }

    @Test
    void time_and_chance_come_through_ports() {
        noClasses()
                .that()
                .resideInAnyPackage(
                        "etal.protocol..",
                        "etal.port..",
                        "etal.fake..",
                        "etal.terminal..",
                        "etal.hub..",
                        "etal.provisioning..")
                .should()
                .callMethod(java.time.Instant.class, "now")
                .orShould()
                .callMethod(System.class, "currentTimeMillis")
                .orShould()
                .callMethod(System.class, "nanoTime")
                .orShould()
                .callMethod(java.util.UUID.class, "randomUUID")
                .orShould()
                .callMethod(Math.class, "random")
                .orShould()
                .callConstructor(java.util.Random.class)
                .orShould()
                .callConstructor(java.security.SecureRandom.class)
                .because(
                        "the ports Clock and Entropy say what time it is and what chance gives; only the edge asks the machine")
                .check(house);
    }

    private static void apart(String room, String... others) {
        noClasses()
                .that()
                .resideInAPackage(room)
                .should()
                .dependOnClassesThat()
                .resideInAnyPackage(others)
                .check(house);
    }
}
