/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.devices.CellModels;
import io.synaptile.experiment.plugin.PlugInJar;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.experiment.plugin.Sort;
import io.synaptile.text.format.FileFormat;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.RefusedException;
import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.FileSystemException;
import java.nio.file.Files;
import java.nio.file.InvalidPathException;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.IntStream;

/** An experiment file that has been read, with the overrides of the command line on top. */
public final class ExperimentFile {
    static final String COMMAND_LINE = "command line";
    /** Key of the model file that a network is taken from. */
    public static final String NETWORK_FILE = "network.file";

    /** What stands for the blocks of an experiment that a board has no use for. */
    private static final Map<String, String> BOARD_ONLY = Map.of("data.set", "digits", "network.arch", "mlp");

    private static final int LARGEST_BYTES = 1 << 20;

    private final Path path;
    private final Setting.Block root;
    private final Experiment experiment;
    private final PlugIns plugIns;
    private final List<String> notices;
    private final Optional<SweepGrid> sweep;
    private final Optional<Candidates> candidates;
    private final DesignPoint point;

    /**
     * What the block {@code compare} asks for.
     *
     * @param methods names of the candidates
     * @param scales factors on the programming variation of their chips
     * @param repairs whether SRAM words repair those above 0
     */
    public record Comparison(List<String> methods, List<Double> scales, boolean repairs) {
        public Comparison {
            methods = List.copyOf(methods);
            scales = List.copyOf(scales);
        }
    }

    private ExperimentFile(
            Path path,
            Setting.Block root,
            Experiment experiment,
            PlugIns plugIns,
            List<String> notices,
            Optional<SweepGrid> sweep,
            Optional<Candidates> candidates,
            DesignPoint point) {
        this.path = path;
        this.root = root;
        this.experiment = experiment;
        this.plugIns = plugIns;
        this.notices = List.copyOf(notices);
        this.sweep = sweep;
        this.candidates = candidates;
        this.point = point;
    }

    /**
     * Reads and checks an experiment file.
     *
     * @param overrides settings of the form {@code key=value} with dotted keys; {@code null} takes back what the file says
     * @param plugIns what may be named beside what is built in
     * @throws ConfigException naming file, line, key, value and what is allowed
     */
    public static ExperimentFile read(Path path, List<String> overrides, PlugIns plugIns) {
        return parse(path, text(path), true, overrides, plugIns);
    }

    /**
     * As {@link #read}, for the board that a file describes: data and network, which have no part in it, may be missing.
     */
    public static ExperimentFile readBoard(Path path, List<String> overrides, PlugIns plugIns) {
        return parse(path, text(path), true, overrides, plugIns, BOARD_ONLY);
    }

    /** As {@link #read}, without plug-ins. */
    public static ExperimentFile read(Path path, List<String> overrides) {
        return read(path, overrides, PlugIns.NONE);
    }

    /** As {@link #parse}, without plug-ins. */
    public static ExperimentFile parse(Path path, String text, List<String> overrides) {
        return parse(path, text, overrides, PlugIns.NONE);
    }

    /** As {@link #read}, for text that is already at hand; {@code path} says where it is from. */
    public static ExperimentFile parse(Path path, String text, List<String> overrides, PlugIns plugIns) {
        return parse(path, text, true, overrides, plugIns);
    }

    /** As {@link #read}, for the configuration inside a manifest, whose lines are not those of the file. */
    public static ExperimentFile ofManifest(
            Path manifest, String configuration, List<String> overrides, PlugIns plugIns) {
        return parse(manifest, configuration, false, overrides, plugIns);
    }

    private static ExperimentFile parse(
            Path path, String text, boolean lines, List<String> overrides, PlugIns plugIns) {
        return parse(path, text, lines, overrides, plugIns, Map.of());
    }

    /** @param standIns values of required keys whose block is not there, by dotted key */
    private static ExperimentFile parse(
            Path path,
            String text,
            boolean lines,
            List<String> overrides,
            PlugIns plugIns,
            Map<String, String> standIns) {
        List<String> notices = new ArrayList<>();
        Schema schema = Schema.of(Experiment.class);
        Setting.Block root = asBlock(new YamlText(path.toString(), lines).read(text), path.toString());
        standIns.forEach((key, value) -> {
            if (Tree.find(root, key.substring(0, key.indexOf('.'))) == null) {
                Tree.put(root, key, new Setting.Scalar(value, value, root.origin()));
            }
        });
        // A swept key may have a familiar name, which is understood when it is laid over the other settings.
        Setting.Block swept = SweepGrid.takenFrom(root);
        Setting.Block compared = Candidates.takenFrom(root);
        Aliases.resolve(root, schema, notices::add);
        // Nobody wrote what a manifest of an earlier version says, so that it is not remarked on.
        FormerNames.resolve(root, schema, lines ? notices::add : _ -> {});
        List<Setting.Block> typed = new ArrayList<>();
        for (String override : overrides) {
            Setting.Block over = override(override);
            Tree.merge(swept, SweepGrid.takenFrom(over));
            Tree.merge(compared, Candidates.takenFrom(over));
            Aliases.resolve(over, schema, notices::add);
            FormerNames.resolve(over, schema, notices::add);
            typed.add(over);
        }
        Shorthands.writeOut(root, typed, schema);
        OtherKinds.begin(root, typed, schema, plugIns.cells(), notices::add);
        NetworkCheck.begin(root, typed, notices::add);
        typed.forEach(over -> Tree.merge(root, over));
        return bound(
                path, root, schema, plugIns, notices, SweepGrid.of(swept), Candidates.of(compared), DesignPoint.SINGLE);
    }

    private static ExperimentFile bound(
            Path path,
            Setting.Block root,
            Schema schema,
            PlugIns plugIns,
            List<String> notices,
            Optional<SweepGrid> sweep,
            Optional<Candidates> candidates,
            DesignPoint point) {
        new CellFiles(root, plugIns.cells(), path.toAbsolutePath().getParent()).resolve();
        Experiment experiment = (Experiment) new Binder(schema, root).bind();
        ExperimentFile file = new ExperimentFile(path, root, experiment, plugIns, notices, sweep, candidates, point);
        NetworkCheck.check(root, experiment.network());
        CellCheck.check(file, plugIns);
        ReadoutCheck.check(file, plugIns);
        NameCheck.check(file, plugIns);
        notices.addAll(CellCheck.notices(experiment.hardware(), plugIns));
        return new ExperimentFile(path, root, file.withFoundFiles(), plugIns, notices, sweep, candidates, point);
    }

    /** The experiment with its energy table, if that is a file, and its model file as they are found from anywhere. */
    private Experiment withFoundFiles() {
        Experiment found = withFoundTable();
        return found.network()
                .file()
                .map(name -> resolve(NETWORK_FILE, name).toAbsolutePath().normalize())
                .map(path -> found.with(found.network().withFile(path.toString())))
                .orElse(found);
    }

    private Experiment withFoundTable() {
        HardwareBlock hardware = experiment.hardware();
        String table = hardware.energy().table();
        if (plugIns.energyTables().contains(table)) {
            return experiment;
        }
        Path found = resolve("hardware.energy.table", table).toAbsolutePath().normalize();
        return Files.isRegularFile(found) ? experiment.with(hardware.withEnergy(found.toString())) : experiment;
    }

    /** Whether the file has a block {@code sweep}. */
    public boolean isSweep() {
        return sweep.isPresent();
    }

    /**
     * The experiments of the block {@code sweep}, in the order of its grid; this one alone if there is no such block.
     *
     * @throws ConfigException as {@link #read}, for the first design point that is refused
     */
    public List<ExperimentFile> points() {
        return IntStream.range(0, pointCount()).mapToObj(this::point).toList();
    }

    /** Number of design points: combinations of the block {@code sweep}, 1 if there is no such block. */
    public int pointCount() {
        return sweep.map(SweepGrid::size).orElse(1);
    }

    /** Number and settings of a design point, from 0, whether or not it can be run. */
    public DesignPoint pointNamed(int number) {
        return sweep.map(grid -> grid.point(number)).orElse(DesignPoint.SINGLE);
    }

    /**
     * The experiment of one design point of the block {@code sweep}; this one if there is no such block.
     *
     * @throws ConfigException as {@link #read}
     */
    public ExperimentFile point(int number) {
        if (sweep.isEmpty()) {
            return this;
        }
        return laid(Tree.copy(root), sweep.get().over(number), Optional.empty(), Optional.empty(), pointNamed(number));
    }

    /**
     * The same with a further setting, of the form of the command line's.
     *
     * @throws ConfigException as {@link #read}
     */
    public ExperimentFile with(String setting) {
        return laid(Tree.copy(root), override(setting), sweep, candidates, point);
    }

    /** What is made of settings with others over them. */
    private ExperimentFile laid(
            Setting.Block all,
            Setting.Block over,
            Optional<SweepGrid> grid,
            Optional<Candidates> compared,
            DesignPoint designPoint) {
        Schema schema = Schema.of(Experiment.class);
        List<String> said = new ArrayList<>();
        Aliases.resolve(over, schema, said::add);
        FormerNames.resolve(over, schema, said::add);
        Shorthands.writeOut(all, List.of(over), schema);
        OtherKinds.begin(all, List.of(over), schema, plugIns.cells(), said::add);
        NetworkCheck.begin(all, List.of(over), said::add);
        Tree.merge(all, over);
        return bound(path, all, schema, plugIns, said, grid, compared, designPoint);
    }

    /** What the block {@code compare} asks for; empty if there is none. */
    public Optional<Comparison> comparison() {
        return candidates.map(block -> new Comparison(block.names(), block.scales(), block.repairs()));
    }

    /**
     * The experiment of a candidate, with a design point for every scale of variation.
     *
     * @param name one of the names of {@link #comparison}
     * @throws ConfigException as {@link #read}
     */
    public ExperimentFile candidate(String name) {
        Candidates block = candidates.orElseThrow();
        Setting.Block over = block.over(name);
        over.entries().put("name", block.scalar(experiment.name() + "-" + name));
        return laid(Tree.copy(root), over, Optional.of(block.chips()), Optional.empty(), DesignPoint.SINGLE);
    }

    /**
     * The experiment in which SRAM words repair the chips of a candidate, with a design point for every scale of variation above 0.
     * Its network is that of the trained model, its training that of the repair alone.
     *
     * @param run folder of the trained candidate
     * @param model file in it with the network
     * @throws ConfigException as {@link #read}
     */
    public ExperimentFile repaired(String name, Path run, Path model) {
        Candidates block = candidates.orElseThrow();
        NetworkBlock trained = candidate(name).experiment().network();
        Setting.Block network = Setting.Block.empty(root.origin());
        network.entries().put("file", block.scalar(model.toAbsolutePath().toString()));
        network.entries().put("time_steps", block.scalar((long) trained.timeSteps()));
        network.entries().put("coding", block.scalar(Scalars.word(trained.coding())));
        return repaired(name, run, network);
    }

    /**
     * Checks the settings of a repair as far as that can be done before the candidate is trained.
     *
     * @throws ConfigException as {@link #read}
     */
    public void checkRepair(String name) {
        Setting network = candidate(name).root.entries().get("network");
        repaired(name, Path.of(name), (Setting.Block) network).points();
    }

    private ExperimentFile repaired(String name, Path run, Setting.Block network) {
        Candidates block = candidates.orElseThrow();
        ExperimentFile candidate = candidate(name);
        Setting.Block all = Tree.copy(candidate.root);
        all.entries().remove("train");
        all.entries().put("network", network);
        all.entries().put("name", block.scalar(candidate.experiment.name() + "-repaired"));
        Tree.put(all, "train.method", block.scalar(Scalars.word(TrainBlock.Method.RECOVERY)));
        Tree.put(all, "train.from", block.scalar(run.toAbsolutePath().toString()));
        Tree.put(all, "train.variation.device", block.scalar(Scalars.word(VariationBlock.Device.RRAM)));
        Tree.put(
                all,
                "train.quantise.bits",
                Tree.find(all, "hardware.cell.bits") instanceof Setting bits ? bits : block.scalar(4L));
        Tree.put(all, "hardware.codec", block.scalar("rram-plus-shifted-sram"));
        return laid(all, block.repair(), Optional.of(block.repairedChips()), Optional.empty(), DesignPoint.SINGLE);
    }

    /** The same as a design of a sweep. */
    public ExperimentFile as(DesignPoint other) {
        return new ExperimentFile(path, root, experiment, plugIns, notices, sweep, candidates, other);
    }

    /** Which design of a sweep this is. */
    public DesignPoint point() {
        return point;
    }

    public Experiment experiment() {
        return experiment;
    }

    /** The cells that can be named. */
    public CellModels cells() {
        return plugIns.cells();
    }

    /** What can be named beside what is built in. */
    public PlugIns plugIns() {
        return plugIns;
    }

    /** The plug-in jars that something named in the experiment comes from. */
    public List<PlugInJar> plugInJars() {
        HardwareBlock hardware = experiment.hardware();
        return plugIns.jarsOf(Map.of(
                Sort.CELL,
                hardware.cells().stream().map(HardwareBlock.Cell::kind).toList(),
                Sort.CODEC,
                hardware.codecs().values(),
                Sort.ENERGY_TABLE,
                List.of(hardware.energy().table()),
                Sort.CONVERTER,
                List.of(hardware.readout().adc().kind()),
                Sort.ARRAY_READOUT,
                List.of(hardware.readout().array().kind())));
    }

    /** Lines for the user about names that were understood but are not ours, and about what files of cells were taken for. */
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
     * What a part of the product refused: placed where the first key was written that sets a property it names, else at
     * {@code key}, and with keys for the properties.
     */
    public ConfigException refused(String key, IllegalArgumentException problem) {
        if (problem instanceof RefusedException refused) {
            String place = PropertyKeys.keys(refused).stream()
                    .filter(named -> Tree.find(root, named) != null)
                    .findFirst()
                    .orElse(key);
            return problem(place, PropertyKeys.message(refused));
        }
        return problem(key, key + ": " + problem.getMessage());
    }

    /**
     * A file or folder named in the experiment file, seen from the folder of that file.
     *
     * @throws ConfigException if the name cannot be that of a file
     */
    public Path resolve(String key, String name) {
        boolean typed = Tree.nearest(root, key).origin().file().equals(COMMAND_LINE);
        Path folder = path.toAbsolutePath().getParent();
        try {
            return typed || folder == null ? Path.of(name) : folder.resolve(name);
        } catch (InvalidPathException e) {
            throw problem(key, key + " cannot be the name of a folder: " + e.getReason());
        }
    }

    private static Setting.Block override(String text) {
        int equals = text.indexOf('=');
        if (equals < 1) {
            throw new ConfigException(COMMAND_LINE, 0, "", Quoted.of(text) + " is not a setting of the form key=value");
        }
        String key = text.substring(0, equals).strip();
        if (Arrays.stream(key.split("\\.", -1)).anyMatch(String::isBlank)) {
            throw new ConfigException(COMMAND_LINE, 0, key, Quoted.of(key) + " is not a key: a part of it is empty");
        }
        Setting value = new YamlText(COMMAND_LINE, false).read(text.substring(equals + 1), key);
        // A value that was forgotten must not undo what the file says.
        if (Tree.isNothing(value) && text.substring(equals + 1).isBlank()) {
            throw new ConfigException(
                    COMMAND_LINE, 0, key, key + " must have a value, got nothing; null goes back to the default");
        }
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
        if (Files.isDirectory(path)) {
            throw new ConfigException(path.toString(), 0, "", "is a folder, not an experiment file");
        }
        try (InputStream in = Files.newInputStream(path)) {
            byte[] bytes = in.readNBytes(LARGEST_BYTES + 1);
            if (bytes.length > LARGEST_BYTES) {
                throw new ConfigException(
                        path.toString(), 0, "", "an experiment file may have at most " + LARGEST_BYTES + " bytes");
            }
            FileFormat.of(bytes).ifPresent(found -> {
                throw new ConfigException(
                        path.toString(), 0, "", "is " + found.description() + ", not an experiment file in YAML");
            });
            return StandardCharsets.UTF_8
                    .newDecoder()
                    .decode(ByteBuffer.wrap(bytes))
                    .toString();
        } catch (NoSuchFileException e) {
            throw new ConfigException(path.toString(), 0, "", "no such file");
        } catch (CharacterCodingException e) {
            throw new ConfigException(path.toString(), 0, "", "not a text file in UTF-8");
        } catch (IOException e) {
            throw new ConfigException(path.toString(), 0, "", "cannot be read: " + reason(e));
        }
    }

    /** What the file system said, without the name that it repeats. */
    private static String reason(IOException e) {
        return e instanceof FileSystemException refused && refused.getReason() != null
                ? refused.getReason()
                : e.getMessage();
    }
}
