package etal.fsck.trust;

import etal.fsck.bytes.Damage;
import etal.fsck.bytes.Digest;
import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.PublicKey;
import java.util.ArrayList;
import java.util.Base64;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentHashMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.jspecify.annotations.Nullable;

/**
 * What the checker starts from: the fund's root and the certificates of its services, all public, as PEM. The first one is
 * the root; the others stand under it. Safe for use by any thread.
 */
public final class Trust {
    private static final int FILE_BYTES_MAX = 1 << 20;
    private static final Pattern BLOCK =
            Pattern.compile("-----BEGIN ([A-Z0-9 ]+)-----([A-Za-z0-9+/=\\s]*)-----END \\1-----");
    private static final Pattern CARD_AUTHORITY = Pattern.compile("card CA (\\d{1,3})");

    private final Certificate root;
    private final Map<Digest, Certificate> others = new LinkedHashMap<>();
    private final Map<Integer, PublicKey> cardAuthorities = new TreeMap<>();

    private final Set<Link> held = ConcurrentHashMap.newKeySet();

    /** A signature that was verified: many ledgers hang on the same few authorities. */
    private record Link(Digest above, Digest below) {}

    private Trust(Certificate root) {
        this.root = root;
    }

    /** Reads a trust file. */
    public static Trust read(Path file) throws IOException, Damage {
        byte[] bytes;
        try (InputStream in = Files.newInputStream(file)) {
            bytes = in.readNBytes(FILE_BYTES_MAX + 1);
        }
        if (bytes.length > FILE_BYTES_MAX) {
            throw new Damage("longer than any trust file");
        }
        return of(certificates(new String(bytes, StandardCharsets.ISO_8859_1)));
    }

    private static Trust of(List<Certificate> all) throws Damage {
        if (all.isEmpty()) {
            throw new Damage("no certificate in it");
        }
        Certificate root = all.getFirst();
        if (!root.isNamedBy(root) || !root.hasSigned(root) || !root.isAuthorityAbove(1)) {
            throw new Damage("certificate 1: not a root");
        }
        Trust trust = new Trust(root);
        for (Certificate each : all.subList(1, all.size())) {
            trust.others.put(each.hash(), each);
        }
        for (int i = 1; i < all.size(); i++) {
            trust.add(all.get(i), i + 1);
        }
        return trust;
    }

    private void add(Certificate certificate, int position) throws Damage {
        if (pathOf(certificate, Map.of()).isEmpty()) {
            throw new Damage("certificate " + position + ": not under the root");
        }
        Matcher card = CARD_AUTHORITY.matcher(certificate.commonName());
        if (card.matches()) {
            cardAuthorities.put(Integer.parseInt(card.group(1)), certificate.key());
        }
    }

    /**
     * The way from a certificate to the root: itself, then the CAs above it, the root left out. Empty where there is none.
     *
     * @param nearby further certificates that may stand between, by their hash
     */
    List<Certificate> pathOf(Certificate certificate, Map<Digest, Certificate> nearby) {
        List<Certificate> path = new ArrayList<>(List.of(certificate));
        Certificate last = certificate;
        for (int below = 0; below < 3; below++) {
            if (root.isNamedBy(last) && root.isAuthorityAbove(below) && signed(root, last)) {
                return List.copyOf(path);
            }
            Certificate above = issuer(last, below, nearby);
            if (above == null || path.contains(above)) {
                return List.of();
            }
            path.add(above);
            last = above;
        }
        return List.of();
    }

    private boolean signed(Certificate above, Certificate below) {
        Link link = new Link(above.hash(), below.hash());
        if (held.contains(link)) {
            return true;
        }
        boolean signed = above.hasSigned(below);
        if (signed) {
            held.add(link);
        }
        return signed;
    }

    private @Nullable Certificate issuer(Certificate of, int below, Map<Digest, Certificate> nearby) {
        List<Certificate> candidates = new ArrayList<>(nearby.values());
        candidates.addAll(others.values());
        for (Certificate candidate : candidates) {
            if (candidate.isNamedBy(of) && candidate.isAuthorityAbove(below) && signed(candidate, of)) {
                return candidate;
            }
        }
        return null;
    }

    /** The service with this key identifier, if the file names it. */
    @Nullable
    Certificate service(Digest kid) {
        return others.get(kid);
    }

    /** The key that certifies cards, by its number. */
    public @Nullable PublicKey cardAuthority(int number) {
        return cardAuthorities.get(number);
    }

    private static List<Certificate> certificates(String pem) throws Damage {
        List<Certificate> all = new ArrayList<>();
        Matcher block = BLOCK.matcher(pem);
        while (block.find()) {
            if (!"CERTIFICATE".equals(block.group(1))) {
                throw new Damage("holds something that is not a certificate");
            }
            try {
                all.add(Certificate.read(Base64.getMimeDecoder().decode(block.group(2))));
            } catch (IllegalArgumentException | Damage invalid) {
                throw new Damage("certificate " + (all.size() + 1) + ": " + invalid.getMessage());
            }
        }
        return all;
    }
}
