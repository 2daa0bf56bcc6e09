package etal.provisioning.ca;

import etal.port.StorageFailed;
import etal.protocol.ledger.LedgerId;
import java.io.IOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import org.bouncycastle.cert.X509CertificateHolder;

/**
 * What the issuing journal says of the terminals' ledgers: which were certified, which another machine goes on from, and which
 * have ended. Within one process use either this or {@link Authority} on a directory. Safe for use by any thread.
 */
public final class TerminalRegister {
    private final Journal journal;
    private final Issued issued = new Issued();

    private TerminalRegister(Journal journal) {
        this.journal = journal;
    }

    /** Of the authority in that directory. @throws StorageFailed when its journal cannot be read */
    public static TerminalRegister open(Path authority) throws StorageFailed {
        return new TerminalRegister(Journal.open(authority.resolve("issued.log")));
    }

    /** The newest epoch of a terminal that was certified; empty if none ever was. */
    public OptionalLong lastEpoch(long terminal) throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            return issued.lastEpoch(terminal);
        });
    }

    /** A ledger's certificates, DER, leaf first, the root left out; empty if it was never certified. */
    public Optional<List<byte[]>> chain(LedgerId ledger) throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            var certified = issued.terminalByLedger(ledger);
            byte[] authority = issued.certifier(Certifier.TERMINAL);
            return certified == null || authority == null
                    ? Optional.<List<byte[]>>empty()
                    : Optional.of(List.of(der(certified.certificate()), der(authority)));
        });
    }

    /** Notes that the next epoch is to go on from this ledger; once is enough. */
    public void supersede(LedgerId ledger) throws StorageFailed {
        journal.step(known -> {
            issued.readOn(known.lines());
            if (!issued.superseded(ledger)) {
                known.append(Issued.supersededLine(ledger));
            }
            return ledger;
        });
    }

    /**
     * Notes that a ledger has ended.
     *
     * @param lastEntry number of its retirement entry; 0 when the machine is gone and wrote none
     */
    public void retire(LedgerId ledger, long lastEntry) throws StorageFailed {
        journal.step(known -> {
            issued.readOn(known.lines());
            if (issued.retired(ledger).orElse(-1) < lastEntry) {
                known.append(Issued.retiredLine(ledger, lastEntry));
            }
            return ledger;
        });
    }

    /** The last entry of a ledger that has ended, 0 if its machine wrote none; empty while it goes on. */
    public OptionalLong retired(LedgerId ledger) throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            return issued.retired(ledger);
        });
    }

    /** Whether another epoch goes on from this ledger. */
    public boolean superseded(LedgerId ledger) throws StorageFailed {
        return journal.step(known -> {
            issued.readOn(known.lines());
            return issued.superseded(ledger);
        });
    }

    private static byte[] der(byte[] certificate) {
        try {
            return new X509CertificateHolder(certificate).getEncoded();
        } catch (IOException e) {
            throw new IllegalStateException("The journal's checksum held, so this is a certificate.", e);
        }
    }
}
