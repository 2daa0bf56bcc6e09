package etal.hub.settle.statement;

import java.nio.charset.StandardCharsets;

/** Statements as banks write them, of payouts R1-3 and R1-5. */
public final class Camt {
    private Camt() {}

    /** A statement of an account, of version 02 (most French banks), 08 or another. */
    public static byte[] of(String version, String iban, String... entries) {
        return ("""
                <?xml version="1.0" encoding="UTF-8"?>
                <Document xmlns="urn:iso:std:iso:20022:tech:xsd:camt.053.001.%s">
                 <BkToCstmrStmt><GrpHdr><MsgId>M1</MsgId></GrpHdr>
                  <Stmt><Id>S1</Id><Acct><Id><IBAN>%s</IBAN></Id></Acct>
                %s
                  </Stmt>
                 </BkToCstmrStmt>
                </Document>
                """.formatted(version, iban, String.join("", entries))).getBytes(StandardCharsets.UTF_8);
    }

    /** One booked entry of one movement, as version 02 has it. */
    public static String entry(String indicator, String amount, String id, String more) {
        return """
                <Ntry><Amt Ccy="EUR">%s</Amt><CdtDbtInd>%s</CdtDbtInd><Sts>BOOK</Sts>
                 <BookgDt><Dt>2025-04-04</Dt></BookgDt>
                 <NtryDtls><TxDtls><Refs><EndToEndId>%s</EndToEndId></Refs>%s</TxDtls></NtryDtls></Ntry>
                """.formatted(amount, indicator, id, more);
    }

    /** A payout that has left. */
    public static String debit(String amount, String id) {
        return entry("DBIT", amount, id, "");
    }

    /** A payout that came back. */
    public static String returned(String amount, String id) {
        return entry("CRDT", amount, id, "<RtrInf><Rsn><Cd>AC04</Cd></Rsn></RtrInf>");
    }
}
