/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.experiment.file;

import io.synaptile.devices.CellModels;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/** An experiment file that has been read, with the overrides of the command line on top. */
public final class ExperimentFile {
    private static final String COMMAND_LINE = "command line";
    private static final Pattern DOTTED_KEY = Pattern.compile("[a-z_]+(\\.[a-z_]+)+");

    private final Path path;
    private final Setting.Block root;
    private final Experiment experiment;
    private final List<String> notices;

    private ExperimentFile(Path path, Setting.Block root, Experiment experiment, List<String> notices) {
        this.path = path;
        this.root = root;
        this.experiment = experiment;
        this.notices = List.copyOf(notices);
    }

    /**
     * Reads and checks an experiment file.
     *
     * @param overrides settings of the form {@code key=value} with dotted keys
     * @throws ConfigException naming file, line, key, value and what is allowed
     */
    public static ExperimentFile read(Path path, List<String> overrides) {
        return parse(path, text(path), overrides);
    }

    /** As {@link #read}, for text that is already at hand; {@code path} says where it is from. */
    public static ExperimentFile parse(Path path, String text, List<String> overrides) {
        List<String> notices = new ArrayList<>();
        Schema schema = Schema.of(Experiment.class);
        Setting.Block root = asBlock(new YamlText(path.toString(), true).read(text), path.toString());
        Aliases.resolve(root, schema, notices::add);
        for (String override : overrides) {
            Setting.Block over = override(override);
            Aliases.resolve(over, schema, notices::add);
            Tree.merge(root, over);
        }
        Experiment experiment = (Experiment) new Binder(schema, root).bind();
        ExperimentFile file = new ExperimentFile(path, root, experiment, notices);
        CellCheck.check(file, CellModels.load());
        return file;
    }

    public Experiment experiment() {
        return experiment;
    }

    /** Lines for the user about names that were understood but are not ours. */
    public List<String> notices() {
        return notices;
    }

    /**
     * A problem with the value of a key that showed only after reading, placed where the key was written.
     *
     * @param key dotted key
     * @param message the whole sentence
     */
    public ConfigException problem(String key, String message) {
        Setting.Origin origin = Tree.nearest(root, key).origin();
        return origin.problem(key, message);
    }

    /**
     * A problem told by a part that names our keys in its message: placed where the first key was written that it names and
     * that was written at all, else at {@code key}.
     */
    public ConfigException problemNamingKeys(String key, String message) {
        List<String> known = Schema.of(Experiment.class).dottedKeys();
        String place = DOTTED_KEY
                .matcher(message)
                .results()
                .map(MatchResult::group)
                .filter(named -> known.contains(named) && Tree.find(root, named) != null)
                .findFirst()
                .orElse(key);
        return problem(place, message);
    }

    /** A file or folder named in the experiment file, seen from the folder of that file. */
    public Path resolve(String key, String name) {
        boolean typed = Tree.nearest(root, key).origin().file().equals(COMMAND_LINE);
        Path folder = path.toAbsolutePath().getParent();
        return typed || folder == null ? Path.of(name) : folder.resolve(name);
    }

    private static Setting.Block override(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ConfigException(COMMAND_LINE, 0, "", "'" + text + "' is not a setting of the form key=value");
        }
        String key = text.substring(0, equals).strip();
        Setting value = new YamlText(COMMAND_LINE, false).read(text.substring(equals + 1));
        Setting.Block over = Setting.Block.empty(new Setting.Origin(COMMAND_LINE, 0));
        Tree.put(over, key, value);
        return over;
    }

    private static Setting.Block asBlock(Setting setting, String file) {
        if (setting instanceof Setting.Block block) {
            return Tree.copy(block);
        } else if (setting instanceof Setting.Scalar scalar && scalar.value() == null) {
            throw new ConfigException(file, 0, "", "the experiment file is empty");
        }
        throw setting.origin()
                .problem("", "an experiment file must consist of keys and values, got " + setting.describe());
    }

    private static String text(Path path) {
        try {
            return Files.readString(path);
        } catch (NoSuchFileException e) {
            throw new ConfigException(path.toString(), 0, "", "no such file");
        } catch (CharacterCodingException e) {
            throw new ConfigException(path.toString(), 0, "", "not a text file in UTF-8");
        } catch (IOException e) {
            throw new ConfigException(
                    path.toString(),
                    0,
                    "",
                    Files.isDirectory(path)
                            ? "is a folder, not an experiment file"
                            : "cannot be read: " + e.getMessage());
        }
    }
}
