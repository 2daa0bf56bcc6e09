package etal.provisioning.ca;

import etal.port.StorageFailed;
import etal.protocol.card.CardCertificate;
import etal.protocol.card.order.KeyUpdate;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.Hash;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.Role;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalLong;
import org.jspecify.annotations.Nullable;

/**
 * What the journal says has been issued, by what it must not be issued twice for. The maps are only ever asked for one
 * key, so their order never matters. Guarded by the journal's lock.
 */
final class Issued {
    private final Map<Certifier, byte[]> certifiers = new EnumMap<>(Certifier.class);
    private final Map<Role, List<byte[]>> services = new EnumMap<>(Role.class);
    private final Map<String, Terminal> byTicket = new LinkedHashMap<>();
    private final Map<LedgerId, Terminal> byLedger = new LinkedHashMap<>();
    private final Map<String, CardCertificate> cardsById = new LinkedHashMap<>();
    private final Map<String, CardCertificate> cardsByKey = new LinkedHashMap<>();
    private final List<KeyUpdate> keyUpdates = new ArrayList<>();
    private final List<LedgerId> superseded = new ArrayList<>();
    private final Map<LedgerId, Long> retired = new LinkedHashMap<>();
    private @Nullable Long fund;
    private byte @Nullable [] spareIssuingKey;
    private int linesRead;

    /** A terminal's certificate and the SHA-256 of the request it answers, in hexadecimal. */
    record Terminal(String requestHash, byte[] certificate) {}

    /** Takes in the lines not read yet. */
    void readOn(List<String> lines) throws StorageFailed {
        while (linesRead < lines.size()) {
            String line = lines.get(linesRead);
            try {
                read(line.split(" ", -1));
            } catch (Malformed | IllegalArgumentException | IndexOutOfBoundsException e) {
                throw new StorageFailed("Line " + (linesRead + 1) + " of the issuing journal makes no sense.", e);
            }
            linesRead++;
        }
    }

    private void read(String[] words) throws Malformed {
        switch (words[0]) {
            case "fund" -> fund = Long.parseLong(words[1]);
            case "certifier" -> certifiers.put(Certifier.valueOf(words[1]), Hash.unhex(words[2]));
            case "spare" -> spareIssuingKey = Hash.unhex(words[1]);
            case "service" ->
                services.computeIfAbsent(Role.valueOf(words[1]), role -> new ArrayList<>())
                        .add(Hash.unhex(words[2]));
            case "terminal" -> {
                var terminal = new Terminal(words[2], Hash.unhex(words[4]));
                byTicket.put(words[1], terminal);
                byLedger.put(LedgerId.parse(words[3]), terminal);
            }
            case "card" -> {
                var card = CardCertificate.decode(Hash.unhex(words[1]));
                cardsById.put(Hash.hex(card.cardId()), card);
                cardsByKey.put(Hash.hex(card.publicKey33()), card);
            }
            case "superseded" -> superseded.add(LedgerId.parse(words[1]));
            case "retired" -> retired.put(LedgerId.parse(words[1]), Long.parseLong(words[2]));
            case "key-update" -> keyUpdates.add(KeyUpdate.decode(Hash.unhex(words[1])));
            default -> throw new Malformed("an unknown kind of line");
        }
    }

    static String fundLine(long fund) {
        return "fund " + fund;
    }

    static String certifierLine(Certifier certifier, byte[] der) {
        return "certifier " + certifier + " " + Hash.hex(der);
    }

    static String spareLine(byte[] publicKey) {
        return "spare " + Hash.hex(publicKey);
    }

    static String serviceLine(Role role, byte[] der) {
        return "service " + role + " " + Hash.hex(der);
    }

    static String terminalLine(String ticketId, TerminalRequest request, byte[] der) {
        return "terminal " + ticketId + " " + Hash.hex(request.hash()) + " " + request.ledger() + " " + Hash.hex(der);
    }

    static String cardLine(CardCertificate card) {
        return "card " + Hash.hex(card.encode());
    }

    static String keyUpdateLine(KeyUpdate update) {
        return "key-update " + Hash.hex(update.encode());
    }

    static String supersededLine(LedgerId ledger) {
        return "superseded " + ledger;
    }

    static String retiredLine(LedgerId ledger, long lastEntry) {
        return "retired " + ledger + " " + lastEntry;
    }

    /** Whether the next epoch goes on from it. */
    boolean superseded(LedgerId ledger) {
        return superseded.contains(ledger);
    }

    /** The last entry of a ledger that has ended, 0 if nobody wrote one. */
    OptionalLong retired(LedgerId ledger) {
        Long last = retired.get(ledger);
        return last == null ? OptionalLong.empty() : OptionalLong.of(last);
    }

    /** The newest certified epoch of a terminal. */
    OptionalLong lastEpoch(long terminal) {
        return byLedger.keySet().stream()
                .filter(ledger -> ledger.terminal() == terminal)
                .mapToLong(LedgerId::epoch)
                .max();
    }

    /** Oldest first. */
    List<KeyUpdate> keyUpdates() {
        return keyUpdates;
    }

    @Nullable
    Long fund() {
        return fund;
    }

    byte @Nullable [] certifier(Certifier certifier) {
        return certifiers.get(certifier);
    }

    byte @Nullable [] spareIssuingKey() {
        return spareIssuingKey;
    }

    /** Oldest first. */
    List<byte[]> services(Role role) {
        return services.getOrDefault(role, List.of());
    }

    @Nullable
    Terminal terminalByTicket(String ticketId) {
        return byTicket.get(ticketId);
    }

    @Nullable
    Terminal terminalByLedger(LedgerId ledger) {
        return byLedger.get(ledger);
    }

    @Nullable
    CardCertificate cardById(byte[] cardId) {
        return cardsById.get(Hash.hex(cardId));
    }

    @Nullable
    CardCertificate cardByKey(byte[] publicKey33) {
        return cardsByKey.get(Hash.hex(publicKey33));
    }
}
