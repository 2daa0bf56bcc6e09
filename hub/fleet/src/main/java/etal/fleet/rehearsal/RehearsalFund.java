package etal.fleet.rehearsal;

import etal.edge.keys.KeyFile;
import etal.edge.keys.Pem;
import etal.edge.keys.PrivateFile;
import etal.fake.ManualClock;
import etal.fake.SeededEntropy;
import etal.fleet.world.sim.fund.FundOffice;
import etal.hub.members.HubKeys;
import etal.port.StorageFailed;
import etal.protocol.cbor.Malformed;
import etal.protocol.ledger.LedgerId;
import etal.protocol.trust.TrustFile;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;

/** A fund that nobody is a member of: TEST SECRETS, made from a seed, the same every time. For one thread. */
final class RehearsalFund {
    static final long FUND = 1;
    static final LedgerId LEDGER = new LedgerId(1, 1);
    private static final long SEED = 7;
    private static final Instant MADE = Instant.parse("2025-03-01T08:00:00Z");

    private final SeededEntropy entropy = new SeededEntropy(SEED);
    private final FundOffice office;

    /** Makes it in a directory of its own. */
    RehearsalFund(Path directory) throws StorageFailed, Malformed {
        office = FundOffice.make(directory.resolve("ca"), FUND, new ManualClock(MADE), entropy);
    }

    HubKeys hubKeys() {
        return office.hub();
    }

    TrustFile trust() {
        return office.trust();
    }

    /** What a till has to be given in files: what to trust, its keys, its certificates. */
    FundOffice.Enrolled enrol(Path stall) throws StorageFailed, Malformed, IOException {
        Files.writeString(stall.resolve("trust.pem"), office.authority().trustPem(), StandardCharsets.US_ASCII);
        byte[] signing = KeyFile.readOrMake(stall.resolve("keys").resolve("signing.key"), entropy);
        byte[] agreement = KeyFile.readOrMake(stall.resolve("keys").resolve("agreement.key"), entropy);
        FundOffice.Enrolled enrolled = office.enrol(FUND, LEDGER, signing, agreement, "rehearsal", MADE.toEpochMilli());
        PrivateFile.write(
                stall.resolve("keys").resolve("chain.pem"),
                Pem.certificates(enrolled.identity().chain()).getBytes(StandardCharsets.US_ASCII));
        return enrolled;
    }
}
