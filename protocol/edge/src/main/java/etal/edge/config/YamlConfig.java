package etal.edge.config;

import java.net.InetSocketAddress;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;

/**
 * One mapping of a YAML file (YAML 1.2, JSON schema), whose every complaint names file, line, field, what was found and
 * what is allowed.
 *
 * <p>Getters with a last argument {@code otherwise} allow the field to be absent; the others insist on it. Immutable.
 */
public final class YamlConfig {
    private static final Pattern WHOLE_NUMBER = Pattern.compile("-?[0-9]{1,18}");
    private static final Pattern ADDRESS = Pattern.compile("(127\\.0\\.0\\.1|localhost):([0-9]{1,5})");

    private final String file;
    private final Path directory;
    private final String prefix;
    private final int line;
    private final SequencedMap<String, Node> fields;

    private YamlConfig(String file, Path directory, String prefix, MappingNode mapping) throws ConfigFault {
        this.file = file;
        this.directory = directory;
        this.prefix = prefix;
        line = YamlText.line(mapping);
        fields = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            if (!(tuple.getKeyNode() instanceof ScalarNode key)) {
                throw complaint(YamlText.line(tuple.getKeyNode()), "a key", "a list or mapping", "a word");
            }
            if (fields.put(key.getValue(), tuple.getValueNode()) != null) {
                throw complaint(YamlText.line(key), key.getValue(), "given twice", "each field once");
            }
        }
    }

    /** Reads a file; relative paths in it are relative to where it lies. */
    public static YamlConfig read(Path path) throws ConfigFault {
        Path directory = path.toAbsolutePath().normalize().getParent();
        return of(YamlText.read(path), path.toString(), directory == null ? path : directory);
    }

    /**
     * Reads a text.
     *
     * @param file what to call it in complaints
     * @param directory to which relative paths in it are relative
     */
    public static YamlConfig of(String text, String file, Path directory) throws ConfigFault {
        return new YamlConfig(file, directory, "", YamlText.mapping(text, file));
    }

    /** Refuses every field that is not named here: a mistyped word must not be passed over. */
    public void onlyFields(String... allowed) throws ConfigFault {
        List<String> known = List.of(allowed);
        for (Map.Entry<String, Node> field : fields.entrySet()) {
            if (!known.contains(field.getKey())) {
                throw complaint(
                        YamlText.line(field.getValue()), field.getKey(), "unknown field", String.join(", ", known));
            }
        }
    }

    /** Whether the field is there and not null. */
    public boolean has(String field) {
        return node(field).isPresent();
    }

    /** A text that is not empty. */
    public String text(String field) throws ConfigFault {
        String value = scalar(field, "a text");
        if (value.isEmpty()) {
            throw fault(field, "nothing", "a text");
        }
        return value;
    }

    /** A text, or {@code otherwise}. */
    public String text(String field, String otherwise) throws ConfigFault {
        return has(field) ? text(field) : otherwise;
    }

    /** One of the words allowed. */
    public String oneOf(String field, String... allowed) throws ConfigFault {
        String choice = String.join(" or ", allowed);
        String value = scalar(field, choice);
        if (!List.of(allowed).contains(value)) {
            throw fault(field, value, choice);
        }
        return value;
    }

    /** A whole number within bounds. */
    public long number(String field, long lowest, long highest) throws ConfigFault {
        String allowed = "a whole number from " + lowest + " to " + highest;
        String value = scalar(field, allowed);
        if (!WHOLE_NUMBER.matcher(value).matches()) {
            throw fault(field, value, allowed);
        }
        long number = Long.parseLong(value);
        if (number < lowest || number > highest) {
            throw fault(field, value, allowed);
        }
        return number;
    }

    /** A whole number within bounds, or {@code otherwise}. */
    public long number(String field, long lowest, long highest, long otherwise) throws ConfigFault {
        return has(field) ? number(field, lowest, highest) : otherwise;
    }

    /** True or false, or {@code otherwise}. */
    public boolean flag(String field, boolean otherwise) throws ConfigFault {
        return has(field) ? oneOf(field, "true", "false").equals("true") : otherwise;
    }

    /** A path, absolute or relative to where the file lies. Whether anything is there is not looked at. */
    public Path path(String field) throws ConfigFault {
        String value = text(field);
        try {
            return directory.resolve(value).normalize();
        } catch (InvalidPathException e) {
            throw fault(field, value, "a path");
        }
    }

    /** An address of this machine's own network, where every server of ours listens; port 0 means any free one. */
    public InetSocketAddress loopback(String field) throws ConfigFault {
        String value = text(field);
        Matcher matcher = ADDRESS.matcher(value);
        if (!matcher.matches() || Integer.parseInt(matcher.group(2)) > 65_535) {
            throw fault(field, value, "127.0.0.1:PORT");
        }
        return new InetSocketAddress("127.0.0.1", Integer.parseInt(matcher.group(2)));
    }

    /** An address with host and port, in one of the schemes allowed. */
    public URI uri(String field, String... schemes) throws ConfigFault {
        String value = text(field);
        String allowed = String.join(" or ", schemes) + "://HOST:PORT";
        try {
            URI uri = new URI(value);
            String scheme = uri.getScheme() == null ? "" : uri.getScheme();
            if (!List.of(schemes).contains(scheme) || uri.getHost() == null || uri.getPort() < 1) {
                throw fault(field, value, allowed);
            }
            return uri;
        } catch (URISyntaxException e) {
            throw fault(field, value, allowed);
        }
    }

    /** The mapping under a field. */
    public YamlConfig section(String field) throws ConfigFault {
        return section(required(field, "a mapping"), field);
    }

    /** The list of mappings under a field; empty if the field is absent. */
    public List<YamlConfig> sections(String field) throws ConfigFault {
        List<YamlConfig> sections = new ArrayList<>();
        for (Node item : items(field, "a list of mappings")) {
            sections.add(section(item, field + "[" + sections.size() + "]"));
        }
        return List.copyOf(sections);
    }

    /** The list of texts under a field; empty if the field is absent. */
    public List<String> texts(String field) throws ConfigFault {
        List<String> texts = new ArrayList<>();
        for (Node item : items(field, "a list of texts")) {
            if (!(item instanceof ScalarNode scalar)) {
                throw fault(field, YamlText.described(item), "a list of texts");
            }
            texts.add(scalar.getValue());
        }
        return List.copyOf(texts);
    }

    /**
     * A text that stands in a field alone, or one of a list there.
     *
     * @param field as it is named in complaints, as {@code scheme} or {@code scheme[1]}
     * @param line where it stands
     */
    public record Item(String field, int line, String value) {}

    /** Whether a list stands there. */
    public boolean isList(String field) {
        return node(field).filter(node -> node instanceof SequenceNode).isPresent();
    }

    /** The one text of a field, or those of the list that stands there: at least one, none of them empty. */
    public List<Item> oneOrMore(String field) throws ConfigFault {
        if (!isList(field)) {
            String only = text(field);
            return List.of(new Item(field, line(field), only));
        }
        List<Item> items = new ArrayList<>();
        for (Node node : items(field, "a list of texts")) {
            Item item = new Item(field + "[" + items.size() + "]", YamlText.line(node), YamlText.described(node));
            if (!(node instanceof ScalarNode scalar) || scalar.getValue().isEmpty()) {
                throw fault(item, item.value(), "a text");
            }
            items.add(new Item(item.field(), item.line(), scalar.getValue()));
        }
        if (items.isEmpty()) {
            throw fault(field, "an empty list", "a text or a list of texts");
        }
        return List.copyOf(items);
    }

    /** What an item names as a path, absolute or relative to where the file lies. */
    public Path path(Item item) throws ConfigFault {
        try {
            return directory.resolve(item.value()).normalize();
        } catch (InvalidPathException e) {
            throw fault(item, item.value(), "a path");
        }
    }

    /** A complaint about an item. */
    public ConfigFault fault(Item item, String found, String allowed) {
        return complaint(item.line(), item.field(), found, allowed);
    }

    /** Where a field stands, as complaints begin: file, line, field. */
    public String place(String field) {
        return file + ":" + line(field) + ": " + prefix + field;
    }

    private int line(String field) {
        Node node = fields.get(field);
        return node == null ? line : YamlText.line(node);
    }

    /** A complaint about a field, for rules that this class does not know. */
    public ConfigFault fault(String field, String found, String allowed) {
        return complaint(line(field), field, found, allowed);
    }

    private ConfigFault complaint(int atLine, String field, String found, String allowed) {
        String at = YamlText.oneLine(prefix + field);
        return new ConfigFault(file + ":" + atLine + ": " + at + ": " + YamlText.oneLine(found) + ", " + allowed);
    }

    private YamlConfig section(Node node, String field) throws ConfigFault {
        if (!(node instanceof MappingNode mapping)) {
            throw complaint(YamlText.line(node), field, YamlText.described(node), "a mapping");
        }
        return new YamlConfig(file, directory, prefix + field + ".", mapping);
    }

    private List<Node> items(String field, String allowed) throws ConfigFault {
        if (!has(field)) {
            return List.of();
        }
        Node node = required(field, allowed);
        if (!(node instanceof SequenceNode sequence)) {
            throw fault(field, YamlText.described(node), allowed);
        }
        return sequence.getValue();
    }

    private String scalar(String field, String allowed) throws ConfigFault {
        Node node = required(field, allowed);
        if (!(node instanceof ScalarNode scalar)) {
            throw fault(field, YamlText.described(node), allowed);
        }
        return scalar.getValue();
    }

    private Node required(String field, String allowed) throws ConfigFault {
        Optional<Node> node = node(field);
        if (node.isEmpty()) {
            throw fault(field, "nothing", allowed);
        }
        return node.get();
    }

    private Optional<Node> node(String field) {
        return Optional.ofNullable(fields.get(field)).filter(node -> !YamlText.isNull(node));
    }
}
