package etal.edge.config;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;

/** The text of a YAML file as nodes that know their lines, bounded in size. */
final class YamlText {
    private static final int CHARACTERS_MAX = 1 << 20;
    private static final int SHOWN_MAX = 200;

    private YamlText() {}

    static String read(Path path) throws ConfigFault {
        try {
            if (Files.size(path) > CHARACTERS_MAX) {
                throw new ConfigFault(path + ":1: the file: too long, at most " + CHARACTERS_MAX + " bytes");
            }
            return Files.readString(path, StandardCharsets.UTF_8);
        } catch (NoSuchFileException e) {
            throw new ConfigFault(path + ":1: the file: not there, a YAML file", e);
        } catch (CharacterCodingException e) {
            throw new ConfigFault(path + ":1: the file: not UTF-8, a YAML file in UTF-8", e);
        } catch (IOException e) {
            throw new ConfigFault(path + ":1: the file: cannot be read (" + e + "), a readable file", e);
        }
    }

    static MappingNode mapping(String text, String file) throws ConfigFault {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setCodePointLimit(CHARACTERS_MAX)
                .build();
        try {
            Optional<Node> root = new Compose(settings).composeString(text);
            if (root.isPresent() && root.get() instanceof MappingNode mapping) {
                return mapping;
            }
            throw new ConfigFault(file + ":1: the file: "
                    + root.map(YamlText::described).orElse("nothing") + ", a mapping of fields");
        } catch (MarkedYamlEngineException e) {
            int line = e.getProblemMark().map(mark -> mark.getLine() + 1).orElse(1);
            throw new ConfigFault(file + ":" + line + ": YAML: " + firstLine(e.getProblem()) + ", well-formed YAML", e);
        } catch (YamlEngineException | IllegalArgumentException e) {
            // The engine lets its own complaint about a tag such as !%4 through as it is.
            throw new ConfigFault(file + ":1: YAML: " + firstLine(e.toString()) + ", well-formed YAML", e);
        }
    }

    static int line(Node node) {
        return node.getStartMark().map(mark -> mark.getLine() + 1).orElse(1);
    }

    static boolean isNull(Node node) {
        return node.getTag().equals(Tag.NULL);
    }

    static String described(Node node) {
        return switch (node) {
            case MappingNode mapping -> "a mapping of " + mapping.getValue().size() + " fields";
            case SequenceNode sequence -> "a list of " + sequence.getValue().size();
            case ScalarNode scalar -> isNull(scalar) ? "nothing" : oneLine(scalar.getValue());
            default -> node.getNodeType().toString();
        };
    }

    /** What stands in a file, as it is said in one line. */
    static String oneLine(String text) {
        String shown = text.length() > SHOWN_MAX ? text.substring(0, SHOWN_MAX) + "..." : text;
        return shown.codePoints()
                .map(each -> Character.isISOControl(each) ? ' ' : each)
                .collect(StringBuilder::new, StringBuilder::appendCodePoint, StringBuilder::append)
                .toString();
    }

    private static String firstLine(String message) {
        return message.lines().findFirst().orElse("unreadable");
    }
}
