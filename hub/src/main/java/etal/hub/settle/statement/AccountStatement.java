package etal.hub.settle.statement;

import etal.hub.settle.PayoutRuns;
import etal.port.CentralFund.Statement;
import etal.protocol.cbor.Malformed;
import java.time.ZoneId;
import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/**
 * The bank's statement of the fund's account: ISO 20022 camt.053, any version. What it says of payouts is kept, the rest of
 * the account's movements is counted and forgotten. Immutable.
 *
 * <p>A payout is known by the identification that went out with it (EndToEndId). It is debited by a booked debit, and was sent
 * back by a booked credit that says so: with a reason of return (RtrInf), as a reversal (RvslInd), or by the bank's code RRTN.
 * A credit that does not say so is somebody's own payment, whatever they have written into it.
 *
 * @param accounts the accounts that it is of, IBAN without spaces
 * @param lines in the order of the file
 * @param others movements that are no payouts, or are not booked yet
 * @param unclear what somebody has to look at; nothing of it is among the lines
 */
public record AccountStatement(Set<String> accounts, List<Statement> lines, int others, List<Unclear> unclear) {
    /** The longest file that is read, bytes. */
    public static final int BYTES_MAX = XmlElement.BYTES_MAX;

    private static final Pattern NAMESPACE =
            Pattern.compile("urn:iso:std:iso:20022:tech:xsd:camt\\.053\\.001\\.\\d{2}");

    /** What a movement lacks that has a payout's identification. */
    public enum Why {
        /** It is in another currency than the fund pays in. */
        CURRENCY,
        /** Several movements are booked as one, and their own amounts are not said. */
        AMOUNT,
        /** The day of the booking is not said. */
        DAY,
        /** It went to another account than that point of sale's. */
        ACCOUNT
    }

    /** A movement that is not taken. */
    public record Unclear(int line, String endToEndId, Why why) {}

    /**
     * What a fund's payouts look like.
     *
     * @param currency the one that it pays in, ISO 4217
     * @param zone where its days begin
     * @param creditors the accounts of its points of sale by their numbers, IBAN without spaces
     */
    public record Payer(String currency, ZoneId zone, Map<Long, String> creditors) {}

    /** Reads a file. @throws Malformed with line and element, when it is none or says what cannot be */
    public static AccountStatement read(byte[] file, Payer payer) throws Malformed {
        XmlElement document = XmlElement.read(file);
        List<XmlElement> statements =
                document.first("BkToCstmrStmt").map(all -> all.all("Stmt")).orElse(List.of());
        if (!NAMESPACE.matcher(document.namespace()).matches() || statements.isEmpty()) {
            throw document.malformed("no account statement camt.053");
        }
        Set<String> accounts = new LinkedHashSet<>();
        var reading = new Reading(payer);
        for (XmlElement statement : statements) {
            accounts.add(iban(statement.text("Acct", "Id", "IBAN")));
            for (XmlElement entry : statement.all("Ntry")) {
                reading.entry(entry);
            }
        }
        return new AccountStatement(
                Set.copyOf(accounts), List.copyOf(reading.lines), reading.others, List.copyOf(reading.unclear));
    }

    /** An account's number without spaces. */
    public static String iban(String written) {
        return written.replace(" ", "").toUpperCase(Locale.ROOT);
    }

    private static final class Reading {
        private final Payer payer;
        private final List<Statement> lines = new ArrayList<>();
        private final List<Unclear> unclear = new ArrayList<>();
        private int others;

        Reading(Payer payer) {
            this.payer = payer;
        }

        void entry(XmlElement entry) throws Malformed {
            String status = entry.text("Sts") + entry.text("Sts", "Cd");
            List<XmlElement> movements = entry.all("NtryDtls").stream()
                    .flatMap(details -> details.all("TxDtls").stream())
                    .toList();
            if (!status.equals("BOOK") || movements.isEmpty()) {
                others++;
                return;
            }
            for (XmlElement movement : movements) {
                movement(entry, movement, movements.size() == 1);
            }
        }

        private void movement(XmlElement entry, XmlElement movement, boolean alone) throws Malformed {
            String id = movement.text("Refs", "EndToEndId");
            Optional<Boolean> rejected = rejected(entry, movement);
            if (!PayoutRuns.isIdentification(id) || rejected.isEmpty()) {
                others++;
                return;
            }
            Optional<XmlElement> amount = amount(entry, movement, alone);
            Optional<XmlElement> day = entry.first("BookgDt");
            Optional<Why> why = why(id, rejected.get(), movement, amount, day);
            if (why.isPresent()) {
                unclear.add(new Unclear(movement.line(), id, why.get()));
                return;
            }
            lines.add(new Statement(
                    id,
                    rejected.get(),
                    Written.cents(amount.orElseThrow(), payer.currency()),
                    Written.moment(day.orElseThrow(), payer.zone())));
        }

        private Optional<Why> why(
                String id,
                boolean rejected,
                XmlElement movement,
                Optional<XmlElement> amount,
                Optional<XmlElement> day) {
            String to = iban(movement.text("RltdPties", "CdtrAcct", "Id", "IBAN"));
            String known = payer.creditors().getOrDefault(PayoutRuns.pointOfSale(id), to);
            if (amount.isEmpty()) {
                return Optional.of(Why.AMOUNT);
            } else if (!amount.get().currency().equals(payer.currency())) {
                return Optional.of(Why.CURRENCY);
            } else if (day.isEmpty()) {
                return Optional.of(Why.DAY);
            }
            return rejected || to.isEmpty() || to.equals(known) ? Optional.empty() : Optional.of(Why.ACCOUNT);
        }

        /** Whether the payout came back; nothing where no payout has left or come back. */
        private static Optional<Boolean> rejected(XmlElement entry, XmlElement movement) {
            String own = movement.text("CdtDbtInd");
            boolean debit = (own.isEmpty() ? entry.text("CdtDbtInd") : own).equals("DBIT");
            boolean reversal = Set.of("true", "1").contains(entry.text("RvslInd"));
            boolean back = reversal
                    || movement.first("RtrInf").isPresent()
                    || List.of(entry, movement).stream()
                            .anyMatch(each -> each.text("BkTxCd", "Domn", "Fmly", "SubFmlyCd")
                                    .equals("RRTN"));
            if (debit == back) {
                // A credit of somebody's own, or a debit that takes one back.
                return Optional.empty();
            }
            return Optional.of(back);
        }

        /** Of one movement in newer and in older versions, of the whole entry where it is the only one. */
        private static Optional<XmlElement> amount(XmlElement entry, XmlElement movement, boolean alone) {
            return movement.first("Amt")
                    .or(() -> movement.first("AmtDtls", "TxAmt", "Amt"))
                    .or(() -> alone ? entry.first("Amt") : Optional.empty());
        }
    }
}
