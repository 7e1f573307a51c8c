/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.experiment.file.Setting.Origin;
import io.synaptile.text.message.Quoted;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import org.snakeyaml.engine.v2.api.LoadSettings;
import org.snakeyaml.engine.v2.api.lowlevel.Compose;
import org.snakeyaml.engine.v2.api.lowlevel.Parse;
import org.snakeyaml.engine.v2.events.Event;
import org.snakeyaml.engine.v2.exceptions.Mark;
import org.snakeyaml.engine.v2.exceptions.MarkedYamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlEngineException;
import org.snakeyaml.engine.v2.exceptions.YamlVersionException;
import org.snakeyaml.engine.v2.nodes.MappingNode;
import org.snakeyaml.engine.v2.nodes.Node;
import org.snakeyaml.engine.v2.nodes.NodeTuple;
import org.snakeyaml.engine.v2.nodes.ScalarNode;
import org.snakeyaml.engine.v2.nodes.SequenceNode;
import org.snakeyaml.engine.v2.nodes.Tag;
import org.snakeyaml.engine.v2.schema.CoreSchema;

/** Reads YAML 1.2 into settings that know where they were written. */
final class YamlText {
    /** An alias stands for a copy of what it names, so that a short text could become more than fits in memory. */
    private static final int MOST_SETTINGS = 100_000;

    private static final int DEEPEST = 50;

    /** A path may have as many characters. */
    private static final int LONGEST_VALUE = 4096;

    private static final int LONGEST_KEY = 200;

    private final String file;
    private final boolean lines;
    private int settings;

    /**
     * @param file how messages name the text
     * @param lines whether the text has lines that a message can point to
     */
    YamlText(String file, boolean lines) {
        this.file = file;
        this.lines = lines;
    }

    /**
     * Reads one document.
     *
     * @throws ConfigException for anything that is not YAML, duplicate keys, or keys that are not plain words
     */
    Setting read(String text) {
        return read(text, "");
    }

    /**
     * As {@link #read(String)}, for the value of a key.
     *
     * @param key dotted key, for messages; empty for a whole document
     */
    Setting read(String text, String key) {
        LoadSettings settings = LoadSettings.builder()
                .setLabel(file)
                .setSchema(new CoreSchema())
                .setAllowDuplicateKeys(true)
                .build();
        try {
            refuseMuch(settings, text, key);
            Optional<Node> root = new Compose(settings).composeString(text);
            return root.map(node -> convert(node, key))
                    .orElseGet(() -> new Setting.Scalar(null, "", new Origin(file, 0)));
        } catch (MarkedYamlEngineException e) {
            String where = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> ", column " + (mark.getColumn() + 1))
                    .orElse("");
            int line = e.getProblemMark()
                    .or(e::getContextMark)
                    .map(mark -> mark.getLine() + 1)
                    .orElse(0);
            throw problem(key, lines ? line : 0, "not valid YAML" + where + ": " + e.getProblem());
        } catch (YamlVersionException e) {
            throw problem(
                    key,
                    0,
                    "YAML " + e.getSpecVersion().getMajor() + "."
                            + e.getSpecVersion().getMinor() + " cannot be read, only 1.2");
        } catch (YamlEngineException e) {
            throw problem(key, 0, "not valid YAML: " + e.getMessage());
        }
    }

    /** Looks over the text before any of it is kept: what is built from it later takes much more room and descends into itself. */
    private void refuseMuch(LoadSettings settings, String text, String key) {
        int parts = 0;
        int depth = 0;
        for (Event event : new Parse(settings).parseString(text)) {
            depth += switch (event.getEventId()) {
                case MappingStart, SequenceStart -> 1;
                case MappingEnd, SequenceEnd -> -1;
                default -> 0;
            };
            if (depth > DEEPEST) {
                throw tooDeep(key, line(event.getStartMark()));
            } else if (++parts > MOST_SETTINGS) {
                throw problem(key, line(event.getStartMark()), "more than " + MOST_SETTINGS + " keys and values");
            }
        }
    }

    private ConfigException tooDeep(String key, int line) {
        return problem(key, line, "blocks and lists are nested too deeply, at most " + DEEPEST + " in each other");
    }

    private ConfigException problem(String key, int line, String message) {
        return new ConfigException(file, line, key, key.isEmpty() ? message : key + ": " + message);
    }

    private Setting convert(Node node, String path) {
        if (++settings > MOST_SETTINGS) {
            throw problem(path, origin(node).line(), "more than " + MOST_SETTINGS + " settings, aliases spelt out");
        } else if (node.isRecursive()) {
            throw problem(path, origin(node).line(), "a block or list cannot contain itself");
        }
        return switch (node) {
            case MappingNode mapping -> block(mapping, path);
            case SequenceNode sequence -> {
                List<Setting> items = new ArrayList<>();
                for (Node item : sequence.getValue()) {
                    items.add(convert(item, path));
                }
                yield new Setting.Sequence(List.copyOf(items), origin(node));
            }
            case ScalarNode scalar -> scalar(scalar, path);
            default -> throw problem(path, origin(node).line(), "not a value, a list or a block");
        };
    }

    private Setting.Scalar scalar(ScalarNode node, String path) {
        int length = node.getValue().length();
        if (length > LONGEST_VALUE) {
            throw problem(
                    path,
                    origin(node).line(),
                    "a value may have at most " + LONGEST_VALUE + " characters, got " + length + ": "
                            + Quoted.of(node.getValue()));
        }
        return new Setting.Scalar(value(node, path), node.getValue(), origin(node));
    }

    private Setting.Block block(MappingNode mapping, String path) {
        Map<String, Setting> entries = new LinkedHashMap<>();
        for (NodeTuple tuple : mapping.getValue()) {
            Origin at = origin(tuple.getKeyNode());
            if (!(tuple.getKeyNode() instanceof ScalarNode keyNode)) {
                throw problem(path, at.line(), "a key must be a word");
            }
            String key = keyNode.getValue();
            if (key.length() > LONGEST_KEY || !Quoted.isPlain(key)) {
                throw problem(path, at.line(), Quoted.of(key) + " is not a key: a key is a word");
            }
            String dotted = path.isEmpty() ? key : path + "." + key;
            Setting value = convert(tuple.getValueNode(), dotted);
            if (entries.put(key, at(value, at)) != null) {
                throw at.problem(dotted, dotted + " is given twice");
            }
        }
        return new Setting.Block(entries, origin(mapping));
    }

    /** A block is found at its key, not at its first entry. */
    private static Setting at(Setting value, Origin origin) {
        return switch (value) {
            case Setting.Block block -> new Setting.Block(block.entries(), origin);
            case Setting.Sequence sequence -> new Setting.Sequence(sequence.items(), origin);
            case Setting.Scalar scalar -> new Setting.Scalar(scalar.value(), scalar.text(), origin);
        };
    }

    private Object value(ScalarNode node, String path) {
        Tag tag = node.getTag();
        String text = node.getValue();
        try {
            if (tag.equals(Tag.NULL)) {
                return null;
            } else if (tag.equals(Tag.BOOL)) {
                return Boolean.parseBoolean(text);
            } else if (tag.equals(Tag.INT)) {
                return text.startsWith("0x")
                        ? Long.parseLong(text.substring(2), 16)
                        : text.startsWith("0o") ? Long.parseLong(text.substring(2), 8) : Long.parseLong(text);
            } else if (tag.equals(Tag.FLOAT)) {
                return number(text);
            }
            return text;
        } catch (NumberFormatException e) {
            throw problem(path, origin(node).line(), Quoted.bare(text) + " is too large a number");
        }
    }

    private static double number(String text) {
        return switch (text.toLowerCase(Locale.ROOT)) {
            case ".inf", "+.inf" -> Double.POSITIVE_INFINITY;
            case "-.inf" -> Double.NEGATIVE_INFINITY;
            case ".nan" -> Double.NaN;
            case String plain -> Double.parseDouble(plain);
        };
    }

    private int line(Optional<Mark> mark) {
        return lines ? mark.map(found -> found.getLine() + 1).orElse(0) : 0;
    }

    private Origin origin(Node node) {
        return new Origin(file, line(node.getStartMark()));
    }
}
