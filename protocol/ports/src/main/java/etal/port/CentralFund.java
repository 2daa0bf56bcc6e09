package etal.port;

import java.time.Instant;
import java.util.stream.Stream;

/** Where the money leaves: embedded books with a bank file, or the interface of a central fund. */
public interface CentralFund {
    /**
     * Orders the payouts of one run. The same run handed in again is the same run.
     *
     * @throws PeerUnreachable when it is unknown whether the order arrived; hand it in again
     */
    Submission submit(PayoutRun run) throws PeerUnreachable;

    /** What the bank has said since, oldest first. */
    Stream<Statement> statements() throws PeerUnreachable;

    /**
     * The payouts released together.
     *
     * @param id unique for ever, at most 35 characters of the SEPA set
     * @param executionDate the day asked for, ISO 8601
     */
    record PayoutRun(String id, Instant createdAt, String executionDate, java.util.List<Payout> payouts) {}

    /**
     * One payout to one point of sale.
     *
     * @param endToEndId unique for ever, at most 35 characters of the SEPA set
     */
    record Payout(String endToEndId, String creditorName, String iban, long amountCents, String remittance) {}

    /** What was handed in: the file or the number under which the fund knows it. */
    record Submission(String reference, byte[] document) {}

    /** One line of a bank statement: a payout debited or rejected. */
    record Statement(String endToEndId, boolean rejected, long amountCents, Instant bookedAt) {}
}
