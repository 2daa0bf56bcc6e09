package etal.hub.main;

import etal.edge.keys.KeyFile;
import etal.edge.keys.PrivateFile;
import etal.hub.members.Member;
import etal.hub.world.TestCard;
import etal.hub.world.TestFund;
import etal.port.StorageFailed;
import etal.protocol.cose.Hash;
import etal.protocol.scheme.file.SchemeFile;
import etal.protocol.trust.Role;
import etal.testkit.TestAuthority;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/** The files of a hub in a directory, with TEST SECRETS. */
final class HubDirectory {
    final Path directory;
    final TestAuthority authority;

    HubDirectory(Path directory, TestAuthority authority, List<TestCard> cards) throws IOException, StorageFailed {
        this.directory = directory;
        this.authority = authority;
        key("ack", Role.HUB_ACK);
        key("documents", Role.HUB_DOCUMENTS);
        key("seal", Role.HUB_SEAL);
        key("mqtt", Role.HUB_MQTT);
        key("broker", Role.BROKER);
        write("trust.pem", authority.trustPem());
        write("scheme.yaml", SchemeFile.dieulefit());
        write("catalogue.csv", """
                item,name_fr,category,price_cents,vat_permille,conventioned
                whole milk,Lait entier 1 l,laitier,135,55,yes
                """);
        write(
                "members.json",
                cards.stream()
                        .map(TestCard::member)
                        .map(HubDirectory::json)
                        .collect(Collectors.joining(",\n", "[\n", "\n]\n")));
        write("broker.yaml", """
                directory: broker
                listen: 127.0.0.1:0
                trust: trust.pem
                certificate: keys/broker.pem
                key: keys/broker.key
                time: 2025-04-02T06:00:00Z
                """);
    }

    /** Writes hub.yaml; {@code change} stands for {@code original} in it. */
    Path hubYaml(String broker, String original, String change) throws IOException {
        write("hub.yaml", """
                fund: 1
                directory: .
                trust: trust.pem
                broker: BROKER
                screen: 127.0.0.1:0
                clock: driven
                scheme: scheme.yaml
                catalogue: catalogue.csv
                members: members.json
                pointsOfSale:
                  - { id: 3, terminal: 3, name: Chèvrerie, siren: "900000003", iban: "FR7630006000011234567890189", creditor: "GAEC" }
                  - { id: 5, terminal: 5, name: Fournil, siren: "900000005", iban: "DE89370400440532013000", creditor: "Fournil" }
                debtor: { name: Caisse de Dieulefit, iban: "FR1420041010050500013M02606", bic: "PSSTFRPPMON" }
                period: 2025-04
                """.replace("BROKER", broker).replace(original, change));
        return directory.resolve("hub.yaml");
    }

    void write(String name, String text) throws IOException {
        Files.writeString(directory.resolve(name), text, StandardCharsets.UTF_8);
    }

    private void key(String name, Role role) throws StorageFailed {
        TestAuthority.Leaf leaf = authority.service(role);
        KeyFile.write(KeyRing.key(directory, name), leaf.scalar());
        PrivateFile.write(
                directory.resolve("keys").resolve(name + ".pem"),
                leaf.chainPem().getBytes(StandardCharsets.US_ASCII));
    }

    private static String json(Member member) {
        return """
                {"household": "%s", "card": "%s", "certificate": "%s", "persons": %d, "entitlementCents": %d,\
                 "firstPeriod": %d, "lastPeriod": %d, "contributionCents": %d}""".formatted(
                        member.household(),
                        Hash.hex(member.card()),
                        Hash.hex(member.certificate()),
                        member.persons(),
                        member.entitlement().amountCents(),
                        member.entitlement().firstPeriod(),
                        member.entitlement().lastPeriod(),
                        member.contributionCents());
    }

    /** Three cards as {@link TestFund} has them. */
    static List<TestCard> cards(TestAuthority authority) {
        return List.of(
                new TestCard(authority, 1, TestFund.ENTITLEMENT_CENTS),
                new TestCard(authority, 2, TestFund.ENTITLEMENT_CENTS),
                new TestCard(authority, 3, TestFund.ENTITLEMENT_CENTS));
    }
}
