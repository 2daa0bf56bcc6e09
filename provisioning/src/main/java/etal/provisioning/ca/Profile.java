package etal.provisioning.ca;

import etal.protocol.trust.Role;
import java.util.List;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;

/** What a certificate allows its holder to do (RFC 5280, 4.2.1). */
sealed interface Profile {
    /** Key usage bits. */
    KeyUsage keyUsage();

    /** Whether it may sign certificates, and how many below it. */
    BasicConstraints constraints();

    /** Extended key usage; empty where none is said. */
    List<KeyPurposeId> purposes();

    /** Names under which it serves; empty unless it is a server. */
    List<GeneralName> names();

    /** A certification authority. */
    record Certifier(int pathLength) implements Profile {
        @Override
        public KeyUsage keyUsage() {
            return new KeyUsage(KeyUsage.keyCertSign | KeyUsage.cRLSign);
        }

        @Override
        public BasicConstraints constraints() {
            return new BasicConstraints(pathLength);
        }

        @Override
        public List<KeyPurposeId> purposes() {
            return List.of();
        }

        @Override
        public List<GeneralName> names() {
            return List.of();
        }
    }

    /** The holder of a role. What signs documents cannot log in anywhere, and what logs in cannot sign documents. */
    record Leaf(Role role) implements Profile {
        /** Signing of documents that are read by people or programs: RFC 9336. */
        private static final KeyPurposeId DOCUMENT_SIGNING =
                KeyPurposeId.getInstance(new ASN1ObjectIdentifier("1.3.6.1.5.5.7.3.36"));

        @Override
        public KeyUsage keyUsage() {
            return new KeyUsage(role == Role.HUB_SEAL ? KeyUsage.keyAgreement : KeyUsage.digitalSignature);
        }

        @Override
        public BasicConstraints constraints() {
            return new BasicConstraints(false);
        }

        @Override
        public List<KeyPurposeId> purposes() {
            return switch (role) {
                case TERMINAL, HUB_MQTT -> List.of(KeyPurposeId.id_kp_clientAuth);
                case BROKER, REGISTRAR -> List.of(KeyPurposeId.id_kp_serverAuth);
                case HUB_ACK, HUB_DOCUMENTS -> List.of(DOCUMENT_SIGNING);
                case HUB_SEAL -> List.of();
            };
        }

        @Override
        public List<GeneralName> names() {
            return switch (role) {
                case BROKER, REGISTRAR ->
                    List.of(
                            new GeneralName(GeneralName.dNSName, "localhost"),
                            new GeneralName(GeneralName.iPAddress, "127.0.0.1"));
                case TERMINAL, HUB_ACK, HUB_DOCUMENTS, HUB_SEAL, HUB_MQTT -> List.of();
            };
        }
    }
}
