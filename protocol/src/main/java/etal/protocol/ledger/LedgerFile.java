package etal.protocol.ledger;

import com.upokecenter.cbor.CBORObject;
import com.upokecenter.cbor.CBORType;
import etal.protocol.cbor.Cbor;
import etal.protocol.cbor.CborSequence;
import etal.protocol.cbor.Malformed;
import etal.protocol.cose.CoseSign1;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;

/**
 * The open form of a ledger, {@code ledgers/t3-e1.etal}: a CBOR sequence (RFC 8742) of certificates, checkpoints oldest
 * first, entries in order of number. Arrays are not copied: nobody may change them.
 *
 * @param certificates X.509, DER: the chains of the terminal and of the hub's acknowledging key, root not included
 * @param checkpoints whole signed checkpoints
 * @param entries whole signed entries
 */
public record LedgerFile(List<byte[]> certificates, List<byte[]> checkpoints, List<byte[]> entries) {
    /** The type of a checkpoint's protected header, by which a reader tells it from an entry. */
    public static final String CHECKPOINT_TYPE = "etal/checkpoint";

    public LedgerFile {
        certificates = List.copyOf(certificates);
        checkpoints = List.copyOf(checkpoints);
        entries = List.copyOf(entries);
    }

    /** The file's bytes. */
    public byte[] encode() {
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        for (byte[] certificate : certificates) file.writeBytes(Cbor.encode(CBORObject.FromObject(certificate)));
        for (byte[] checkpoint : checkpoints) file.writeBytes(checkpoint);
        for (byte[] entry : entries) file.writeBytes(entry);
        return file.toByteArray();
    }

    /** Sorts the items of a file; their order of sorts must hold. Chain and signatures are not checked here. */
    public static LedgerFile decode(byte[] file) throws Malformed {
        List<byte[]> certificates = new ArrayList<>();
        List<byte[]> checkpoints = new ArrayList<>();
        List<byte[]> entries = new ArrayList<>();
        for (byte[] item : CborSequence.split(file)) {
            CBORObject value = Cbor.decode(item);
            if (!value.isTagged() && value.getType() == CBORType.ByteString) {
                if (!checkpoints.isEmpty() || !entries.isEmpty()) throw new Malformed("a certificate after the others");
                certificates.add(value.GetByteString().clone());
            } else if (CoseSign1.decode(item).type().equals(CHECKPOINT_TYPE)) {
                if (!entries.isEmpty()) throw new Malformed("a checkpoint after an entry");
                checkpoints.add(item);
            } else {
                CoseSign1.decode(item, SignedEntry.TYPE);
                entries.add(item);
            }
        }
        if (entries.isEmpty()) throw new Malformed("a ledger without entries");
        return new LedgerFile(certificates, checkpoints, entries);
    }
}
