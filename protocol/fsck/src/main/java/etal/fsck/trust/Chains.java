package etal.fsck.trust;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import java.util.LinkedHashMap;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import org.jspecify.annotations.Nullable;

/**
 * The certificates of one ledger, each of them leading to the root and each of them needed: the chain of the terminal that
 * signs the entries, and of the hub's key that acknowledges them.
 */
public final class Chains {
    private static final String TERMINAL = "TERMINAL";
    private static final String HUB_ACK = "HUB_ACK";

    private final Trust trust;
    private final Map<Digest, Certificate> certificates;
    private final Certificate terminal;

    private Chains(Trust trust, Map<Digest, Certificate> certificates, Certificate terminal) {
        this.trust = trust;
        this.certificates = certificates;
        this.terminal = terminal;
    }

    /** Checks the certificates of a ledger, in the order in which they stand. */
    public static Chains check(List<Certificate> inOrder, Trust trust) throws Damage {
        Map<Digest, Certificate> all = new LinkedHashMap<>();
        for (int i = 0; i < inOrder.size(); i++) {
            if (all.put(inOrder.get(i).hash(), inOrder.get(i)) != null) {
                throw new Damage("certificate " + (i + 1) + ": stands here twice");
            }
        }
        Set<Digest> needed = new LinkedHashSet<>();
        Certificate terminal = null;
        for (int i = 0; i < inOrder.size(); i++) {
            Certificate each = inOrder.get(i);
            List<Certificate> path = trust.pathOf(each, all);
            if (path.isEmpty()) {
                throw new Damage("certificate " + (i + 1) + ": foreign, it does not lead to the root");
            }
            if (isLeaf(each, path, TERMINAL, "terminal CA")) {
                if (terminal != null) {
                    throw new Damage("certificate " + (i + 1) + ": foreign, a second terminal");
                }
                terminal = each;
                path.forEach(step -> needed.add(step.hash()));
            } else if (isLeaf(each, path, HUB_ACK, "service CA")) {
                path.forEach(step -> needed.add(step.hash()));
            }
        }
        for (int i = 0; i < inOrder.size(); i++) {
            if (!needed.contains(inOrder.get(i).hash())) {
                throw new Damage("certificate " + (i + 1) + ": foreign, nothing here is signed under it");
            }
        }
        if (terminal == null) {
            throw new Damage("the terminal's certificate is missing");
        }
        return new Chains(trust, all, terminal);
    }

    private static boolean isLeaf(Certificate each, List<Certificate> path, String role, String authority) {
        // The CA's name matters: the one for services must not be able to make terminals.
        return each.role().equals(role)
                && each.isSigner()
                && path.size() == 2
                && path.get(1).commonName().endsWith(authority);
    }

    /** The certificate whose key signs the entries. */
    public Certificate terminal() {
        return terminal;
    }

    /** The hashes of the terminal's chain, leaf first, root left out. */
    public List<Digest> terminalChain() {
        return trust.pathOf(terminal, certificates).stream()
                .map(Certificate::hash)
                .toList();
    }

    /** The acknowledging certificate with this key identifier, from the ledger or the trust file. */
    public @Nullable Certificate acknowledger(Digest kid) {
        Certificate found = certificates.get(kid);
        Certificate leaf = found != null ? found : trust.service(kid);
        if (leaf == null || !isLeaf(leaf, trust.pathOf(leaf, certificates), HUB_ACK, "service CA")) {
            return null;
        }
        return leaf;
    }
}
