package etal.hub.settle.statement;

import etal.protocol.cbor.Malformed;
import java.io.StringReader;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.Charset;
import java.nio.charset.StandardCharsets;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import javax.xml.stream.XMLInputFactory;
import javax.xml.stream.XMLStreamConstants;
import javax.xml.stream.XMLStreamException;
import javax.xml.stream.XMLStreamReader;

/**
 * An element of an XML file from outside, with what is in it. Read whole within bounds; a file with a document type, and with
 * it whatever could reach for other files or grow without end, is refused. Immutable.
 *
 * @param namespace empty if it has none
 * @param name without its prefix
 * @param line where it begins, from 1
 * @param currency the attribute {@code Ccy} of amounts; empty if there is none
 * @param text what stands in it, without the spaces around; empty where it holds elements
 */
record XmlElement(String namespace, String name, int line, String currency, String text, List<XmlElement> children) {
    /** The longest file, bytes. */
    static final int BYTES_MAX = 8 * 1024 * 1024;

    /** What banks write in. */
    private static final List<String> ENCODINGS =
            List.of("UTF-8", "US-ASCII", "ISO-8859-1", "ISO-8859-15", "WINDOWS-1252");

    private static final int HEAD_BYTES = 200;
    private static final Pattern ENCODING =
            Pattern.compile("^(?:\\xEF\\xBB\\xBF)?<\\?xml[^>]*?\\sencoding\\s*=\\s*[\"']([^\"']*)[\"']");
    private static final int DEPTH_MAX = 40;
    private static final int ELEMENTS_MAX = 500_000;
    private static final int TEXT_CHARS_MAX = 10_000;

    /** The root element of a file. @throws Malformed saying where, when it is no such XML */
    static XmlElement read(byte[] file) throws Malformed {
        if (file.length > BYTES_MAX) {
            throw new Malformed("more than " + BYTES_MAX + " bytes");
        }
        try {
            XMLStreamReader reader = factory().createXMLStreamReader(new StringReader(characters(file)));
            return new Reading(reader).root();
        } catch (XMLStreamException e) {
            int line = e.getLocation() == null ? 0 : e.getLocation().getLineNumber();
            throw new Malformed("line " + line + ": not well-formed XML");
        }
    }

    /** Read here and not by the parser, which says bytes that are no characters on the error output. */
    private static String characters(byte[] file) throws Malformed {
        String head = new String(file, 0, Math.min(file.length, HEAD_BYTES), StandardCharsets.ISO_8859_1);
        Matcher declared = ENCODING.matcher(head);
        String encoding = declared.find() ? declared.group(1).toUpperCase(Locale.ROOT) : "UTF-8";
        if (!ENCODINGS.contains(encoding)) {
            throw new Malformed("line 1: in another encoding than " + String.join(", ", ENCODINGS));
        }
        try {
            String text = Charset.forName(encoding)
                    .newDecoder()
                    .decode(ByteBuffer.wrap(file))
                    .toString();
            return text.startsWith("\uFEFF") ? text.substring(1) : text;
        } catch (CharacterCodingException e) {
            throw new Malformed("line 1: bytes that are no " + encoding);
        }
    }

    private static XMLInputFactory factory() {
        XMLInputFactory factory = XMLInputFactory.newDefaultFactory();
        factory.setProperty(XMLInputFactory.SUPPORT_DTD, false);
        factory.setProperty(XMLInputFactory.IS_SUPPORTING_EXTERNAL_ENTITIES, false);
        factory.setProperty(XMLInputFactory.IS_COALESCING, true);
        factory.setXMLResolver((publicId, systemId, base, namespace) -> {
            throw new XMLStreamException("nothing outside of the file is read");
        });
        return factory;
    }

    /** What goes wrong with it. */
    Malformed malformed(String what) {
        return new Malformed("line " + line + ": " + name + ": " + what);
    }

    /** All elements of that name right below. */
    List<XmlElement> all(String child) {
        return children.stream().filter(each -> each.name.equals(child)).toList();
    }

    /** The first element along a path of names. */
    Optional<XmlElement> first(String... path) {
        Optional<XmlElement> here = Optional.of(this);
        for (String child : path) {
            here = here.flatMap(each ->
                    each.children.stream().filter(one -> one.name.equals(child)).findFirst());
        }
        return here;
    }

    /** The text along a path of names; empty where there is no such element. */
    String text(String... path) {
        return first(path).map(XmlElement::text).orElse("");
    }

    /** The elements that are open while a file is read. For one use. */
    private static final class Reading {
        private final XMLStreamReader reader;
        private final Deque<Open> open = new ArrayDeque<>();
        private int elements;

        Reading(XMLStreamReader reader) {
            this.reader = reader;
        }

        private record Open(
                String namespace,
                String name,
                int line,
                String currency,
                StringBuilder text,
                List<XmlElement> children) {
            XmlElement close() {
                return new XmlElement(
                        namespace,
                        name,
                        line,
                        currency,
                        children.isEmpty() ? text.toString().strip() : "",
                        List.copyOf(children));
            }
        }

        XmlElement root() throws XMLStreamException, Malformed {
            while (reader.hasNext()) {
                switch (next()) {
                    case XMLStreamConstants.START_ELEMENT -> begin();
                    case XMLStreamConstants.CHARACTERS, XMLStreamConstants.CDATA -> text();
                    case XMLStreamConstants.DTD, XMLStreamConstants.ENTITY_REFERENCE ->
                        throw here("a document type or an entity");
                    case XMLStreamConstants.END_ELEMENT -> {
                        XmlElement closed = open.pop().close();
                        if (open.isEmpty()) {
                            return closed;
                        }
                        open.peek().children().add(closed);
                    }
                    default -> {}
                }
            }
            throw here("no element");
        }

        /** At characters that no document type may have the JDK's parser does not find its own words and fails otherwise. */
        private int next() throws XMLStreamException, Malformed {
            try {
                return reader.next();
            } catch (RuntimeException e) {
                throw here("not well-formed XML");
            }
        }

        private void begin() throws Malformed {
            if (open.size() >= DEPTH_MAX || ++elements > ELEMENTS_MAX) {
                throw here("too deep or too long");
            }
            String namespace = reader.getNamespaceURI();
            String currency = reader.getAttributeValue(null, "Ccy");
            open.push(new Open(
                    namespace == null ? "" : namespace,
                    reader.getLocalName(),
                    reader.getLocation().getLineNumber(),
                    currency == null ? "" : currency,
                    new StringBuilder(),
                    new ArrayList<>()));
        }

        /** Between elements there are only spaces; what stands in an amount or a name is short. */
        private void text() throws Malformed {
            Open in = open.peek();
            if (in != null && in.children().isEmpty() && !reader.isWhiteSpace()) {
                in.text().append(reader.getText());
                if (in.text().length() > TEXT_CHARS_MAX) {
                    throw here("a text of more than " + TEXT_CHARS_MAX + " characters");
                }
            }
        }

        private Malformed here(String what) {
            return new Malformed("line " + reader.getLocation().getLineNumber() + ": " + what);
        }
    }
}
