package etal.hub.settle;

import etal.hub.members.Fund.Debtor;
import etal.port.CentralFund.Payout;
import etal.port.CentralFund.PayoutRun;
import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.math.BigDecimal;
import java.nio.file.Path;
import java.time.temporal.ChronoUnit;
import java.util.List;
import javax.xml.XMLConstants;
import javax.xml.stream.XMLOutputFactory;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamWriter;
import javax.xml.transform.stream.StreamSource;
import javax.xml.validation.SchemaFactory;
import javax.xml.validation.Validator;
import org.iban4j.IbanUtil;
import org.xml.sax.SAXException;

/**
 * A payout run as a credit transfer, ISO 20022 pain.001.001.09: in euro under the EPC's implementation guidelines for SEPA,
 * in another currency without what only SEPA knows. The same run gives the same bytes. Stateless.
 */
public final class PayoutFile {
    private static final String NAMESPACE = "urn:iso:std:iso:20022:tech:xsd:pain.001.001.09";
    private static final int NAME_LENGTH_MAX = 70;
    private static final int REMITTANCE_LENGTH_MAX = 140;

    private final XMLStreamWriter xml;
    private final Settlement settlement;

    private PayoutFile(XMLStreamWriter xml, Settlement settlement) {
        this.xml = xml;
        this.settlement = settlement;
    }

    /**
     * The file of a run.
     *
     * @throws IllegalArgumentException when the run is empty or an IBAN is wrong
     */
    public static byte[] write(PayoutRun run, Debtor debtor, Settlement settlement) {
        if (run.payouts().isEmpty()) {
            throw new IllegalArgumentException("nothing is to be paid in run " + run.id());
        }
        ByteArrayOutputStream file = new ByteArrayOutputStream();
        try {
            XMLStreamWriter xml = XMLOutputFactory.newFactory().createXMLStreamWriter(file, "UTF-8");
            xml.writeStartDocument("UTF-8", "1.0");
            new PayoutFile(xml, settlement).document(run, debtor);
            xml.writeEndDocument();
            xml.close();
        } catch (XMLStreamException e) {
            throw new IllegalStateException("writing into memory", e);
        }
        return file.toByteArray();
    }

    /** Whether the file is valid under the schema in {@code xsd}; what is not, or nothing. */
    public static List<String> validate(byte[] file, Path xsd) throws IOException {
        SchemaFactory schemas = SchemaFactory.newInstance(XMLConstants.W3C_XML_SCHEMA_NS_URI);
        try {
            schemas.setFeature(XMLConstants.FEATURE_SECURE_PROCESSING, true);
            Validator validator = schemas.newSchema(xsd.toFile()).newValidator();
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_DTD, "");
            validator.setProperty(XMLConstants.ACCESS_EXTERNAL_SCHEMA, "");
            validator.validate(new StreamSource(new ByteArrayInputStream(file)));
            return List.of();
        } catch (SAXException e) {
            return List.of(String.valueOf(e.getMessage()));
        }
    }

    private void document(PayoutRun run, Debtor debtor) throws XMLStreamException {
        xml.writeStartElement("Document");
        xml.writeDefaultNamespace(NAMESPACE);
        xml.writeStartElement("CstmrCdtTrfInitn");
        open("GrpHdr");
        text("MsgId", run.id());
        text("CreDtTm", run.createdAt().truncatedTo(ChronoUnit.SECONDS).toString());
        control(run);
        open("InitgPty");
        text("Nm", SepaText.of(debtor.name(), NAME_LENGTH_MAX));
        close(2);
        open("PmtInf");
        text("PmtInfId", run.id());
        text("PmtMtd", "TRF");
        text("BtchBookg", "false");
        control(run);
        payer(run, debtor);
        for (Payout payout : run.payouts()) {
            transfer(payout);
        }
        close(3);
    }

    private void control(PayoutRun run) throws XMLStreamException {
        text("NbOfTxs", Integer.toString(run.payouts().size()));
        // The sum of what is paid, each payout rounded: not the rounded sum.
        BigDecimal sum = run.payouts().stream()
                .map(payout -> settlement.amount(payout.amountCents()))
                .reduce(BigDecimal.ZERO, BigDecimal::add);
        text("CtrlSum", sum.toPlainString());
    }

    private void payer(PayoutRun run, Debtor debtor) throws XMLStreamException {
        if (settlement.sepa()) {
            open("PmtTpInf", "SvcLvl");
            text("Cd", "SEPA");
            close(2);
        }
        open("ReqdExctnDt");
        text("Dt", run.executionDate());
        close(1);
        open("Dbtr");
        text("Nm", SepaText.of(debtor.name(), NAME_LENGTH_MAX));
        close(1);
        account("DbtrAcct", debtor.iban());
        open("DbtrAgt", "FinInstnId");
        text("BICFI", debtor.bic());
        close(2);
        if (settlement.sepa()) {
            text("ChrgBr", "SLEV");
        }
    }

    private void transfer(Payout payout) throws XMLStreamException {
        open("CdtTrfTxInf", "PmtId");
        text("EndToEndId", payout.endToEndId());
        close(1);
        open("Amt");
        xml.writeStartElement("InstdAmt");
        xml.writeAttribute("Ccy", settlement.currency());
        xml.writeCharacters(settlement.amount(payout.amountCents()).toPlainString());
        close(2);
        open("Cdtr");
        text("Nm", SepaText.of(payout.creditorName(), NAME_LENGTH_MAX));
        close(1);
        account("CdtrAcct", payout.iban());
        open("RmtInf");
        text("Ustrd", SepaText.of(payout.remittance(), REMITTANCE_LENGTH_MAX));
        close(2);
    }

    private void account(String element, String iban) throws XMLStreamException {
        String compact = iban.replace(" ", "");
        IbanUtil.validate(compact);
        open(element, "Id");
        text("IBAN", compact);
        close(2);
    }

    private void open(String... elements) throws XMLStreamException {
        for (String element : elements) {
            xml.writeStartElement(element);
        }
    }

    private void close(int elements) throws XMLStreamException {
        for (int i = 0; i < elements; i++) {
            xml.writeEndElement();
        }
    }

    private void text(String element, String text) throws XMLStreamException {
        xml.writeStartElement(element);
        xml.writeCharacters(text);
        xml.writeEndElement();
    }
}
