/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import io.synaptile.cli.CommandOutcome;
import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModels;
import io.synaptile.devices.cost.EnergyTable;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.plugin.PlugIns;
import io.synaptile.reports.table.Table;
import io.synaptile.reports.table.Tables;
import io.synaptile.sim.io.dataset.DataRequest;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import io.synaptile.sim.io.dataset.Datasets;
import io.synaptile.sim.io.dataset.FrameChoice;
import io.synaptile.sim.io.dataset.NormalisationChoice;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.model.Checkpoint;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.io.npz.NpyArray;
import io.synaptile.sim.io.npz.Npz;
import io.synaptile.sim.io.safetensors.Safetensors;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalDouble;
import java.util.OptionalInt;
import java.util.SplittableRandom;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/** Every reader of files that the product has. */
final class Targets {
    private static final String CHIP = "chips/chip-0000.npz";
    private static final Pattern NOT_FINITE = Pattern.compile("\\b(NaN|Infinity)\\b");

    private final Path folder;
    private final Seeds seeds;

    /** @param folder empty folder for what the readers need beside the damaged file */
    Targets(Path folder) throws Exception {
        this.folder = folder;
        this.seeds = new Seeds(folder);
    }

    List<Target> all() throws Exception {
        List<Target> all = new ArrayList<>(List.of(
                new Target("experiment", seeds.experiments(), ".yaml", this::experiment),
                new Target("board", seeds.boards(), ".yaml", Targets::board),
                new Target("safetensors", seeds.tensors(), ".safetensors", Targets::tensors),
                new Target("safetensors-sealed", seeds.tensors(), ".safetensors", Seals::tensors, Targets::tensors),
                new Target("model", seeds.model(), ".safetensors", Targets::model),
                new Target("model-sealed", seeds.model(), ".safetensors", Seals::tensors, Targets::model),
                new Target("checkpoint", seeds.checkpoint(), ".safetensors", Targets::checkpoint),
                new Target(
                        "checkpoint-sealed", seeds.checkpoint(), ".safetensors", Seals::tensors, Targets::checkpoint),
                new Target("npz", seeds.arrays(), ".npz", Targets::arrays),
                new Target("stored-chip", inRun(CHIP), ".npz", this::chip),
                new Target("stored-chip-sealed", inRun(CHIP), ".npz", this::sealedChip),
                new Target("manifest", inRun("manifest.json"), ".json", this::manifest),
                new Target("manifest-sealed", inRun("manifest.json"), ".json", Seals::manifest, this::manifest),
                new Target(
                        "manifest-unsealed",
                        inRun("manifest.json"),
                        ".json",
                        Seals::firstManifest,
                        this::firstManifest)));
        for (Table<?> table : Tables.ofRuns()) {
            String file = table.fileName();
            String name = file.replace(".csv", "");
            all.add(new Target(name, inRun(file), ".csv", mutant -> report(file, mutant, false)));
            all.add(new Target(name + "-sealed", inRun(file), ".csv", mutant -> report(file, mutant, true)));
        }
        all.addAll(List.of(
                new Target("idx-images", seeds.idxImages(), "", file -> idx("images", file)),
                new Target("idx-labels", seeds.idxLabels(), "", file -> idx("labels", file)),
                new Target("cifar10", seeds.cifar(1), ".bin", file -> cifar("cifar10", file)),
                new Target("cifar100", seeds.cifar(2), ".bin", file -> cifar("cifar100", file)),
                new Target("digits", seeds.digits(), "", this::digits),
                new Target("jpeg", seeds.jpegs(), ".JPEG", this::jpeg),
                new Target("own-npz", seeds.ownArrays(), ".npz", this::ownArrays),
                new Target("own-csv", seeds.ownTables(), ".csv", this::ownTable),
                new Target("own-png", seeds.pictures(), ".png", this::picture),
                new Target("states", seeds.states(), ".csv", this::states),
                new Target("relaxation", seeds.relaxation(), ".csv", this::relaxation),
                new Target("pulses", seeds.pulses(), ".csv", this::fit),
                new Target("reads", seeds.reads(), ".txt", this::fit),
                new Target("prices", seeds.energy(), ".csv", Targets::energy),
                new Target("cases", seeds.cases(), ".csv", this::cases)));
        return List.copyOf(all);
    }

    private CommandOutcome experiment(Path file) {
        return Target.printing(ExperimentFile.read(file, List.of()).points().size());
    }

    private static CommandOutcome board(Path file) {
        return Target.printing(ExperimentFile.readBoard(file, List.of(), PlugIns.NONE)
                .experiment()
                .board()
                .arrays());
    }

    private static CommandOutcome tensors(Path file) {
        StringBuilder sum = new StringBuilder();
        Safetensors.read(file).tensors().forEach((name, tensor) -> {
            int values = tensor.type().floating() ? tensor.floats().length : tensor.longs().length;
            require(values == Arrays.stream(tensor.shape()).reduce(1, (a, b) -> a * b), "values of a tensor");
            sum.append(values);
        });
        return Target.printing(sum);
    }

    private static CommandOutcome model(Path file) {
        return Target.printing(sum(ModelFile.read(file)));
    }

    private static CommandOutcome checkpoint(Path file) {
        Checkpoint checkpoint = Checkpoint.read(file);
        return Target.printing(sum(checkpoint.model())
                + checkpoint.epochs().stream()
                        .mapToDouble(epoch -> epoch.loss() + epoch.learningRate() + epoch.validationAccuracy())
                        .sum());
    }

    private static double sum(ModelFile model) {
        double sum = 0;
        for (float[] weights : model.weights().values()) {
            for (float weight : weights) {
                sum += weight;
            }
        }
        for (var norm : model.parameters().norms(model.network()).values()) {
            for (float variance : norm.variance()) {
                sum += Math.sqrt(variance);
            }
        }
        return sum;
    }

    private static CommandOutcome arrays(Path file) {
        StringBuilder sizes = new StringBuilder();
        for (NpyArray array : Npz.read(file).arrays().values()) {
            boolean text = array.toString().contains("U");
            int values = text ? array.texts().length : array.floats().length;
            require(values == Arrays.stream(array.shape()).reduce(1, (a, b) -> a * b), "values of an array");
            sizes.append(values);
        }
        return Target.printing(sizes);
    }

    private CommandOutcome chip(Path file) throws Exception {
        putInRun(CHIP, file);
        return onRun("simulate", "--instance", "0");
    }

    private CommandOutcome sealedChip(Path file) throws Exception {
        putInRun(CHIP, file);
        Seals.list(copy(), CHIP);
        return onRun("simulate", "--instance", "0");
    }

    private CommandOutcome manifest(Path file) throws Exception {
        return report("manifest.json", file, false);
    }

    /** @param listed whether the manifest has the checksum of the damaged file */
    private CommandOutcome report(String name, Path file, boolean listed) throws Exception {
        putInRun(name, file);
        if (listed) {
            Seals.list(copy(), name);
        }
        CommandOutcome outcome = onRun("report");
        if (outcome.code() != 0) {
            return outcome;
        }
        String page = Files.readString(copy().resolve("report.html"));
        // A column of texts may hold any word, which is no value of the page; one of numbers refuses it.
        boolean given = NOT_FINITE
                .matcher(Files.readString(file, StandardCharsets.UTF_8))
                .find();
        return Target.printing(given ? NOT_FINITE.matcher(page).replaceAll("") : page);
    }

    /** Without the notice that such a manifest has no checksums, which comes before what is wrong with it. */
    private CommandOutcome firstManifest(Path file) throws Exception {
        CommandOutcome outcome = manifest(file);
        String rest = outcome.err().replaceFirst(".* kept no checksums of its files: .*\\R", "");
        return new CommandOutcome(outcome.code(), outcome.out(), rest);
    }

    private List<byte[]> inRun(String name) throws Exception {
        return List.of(Files.readAllBytes(seeds.run().resolve(name)));
    }

    /** Makes a copy of the run folder with another file in it, which stays until the next. */
    private void putInRun(String name, Path file) throws Exception {
        copyRun();
        Files.copy(file, copy().resolve(name), StandardCopyOption.REPLACE_EXISTING);
    }

    private CommandOutcome onRun(String command, String... options) {
        List<String> line = new ArrayList<>(List.of(command, copy().toString(), "--quiet"));
        line.addAll(List.of(options));
        return CommandOutcome.of(line.toArray(String[]::new));
    }

    private Path copy() {
        return folder.resolve("copy");
    }

    private void copyRun() throws Exception {
        if (Files.exists(copy())) {
            try (Stream<Path> old = Files.walk(copy())) {
                for (Path path : old.sorted(Comparator.reverseOrder()).toList()) {
                    Files.delete(path);
                }
            }
        }
        Path run = seeds.run();
        try (Stream<Path> files = Files.walk(run)) {
            for (Path path : files.toList()) {
                Files.copy(path, copy().resolve(run.relativize(path)));
            }
        }
    }

    private CommandOutcome idx(String part, Path file) throws IOException {
        Path data = Files.createDirectories(folder.resolve("idx"));
        Files.write(data.resolve("train-images-idx3-ubyte"), seeds.idxImages().getFirst());
        Files.write(data.resolve("train-labels-idx1-ubyte"), seeds.idxLabels().getFirst());
        Files.write(data.resolve("t10k-images-idx3-ubyte"), seeds.idxImages().getFirst());
        Files.write(data.resolve("t10k-labels-idx1-ubyte"), seeds.idxLabels().getFirst());
        String damaged = part.equals("images") ? "train-images-idx3-ubyte" : "train-labels-idx1-ubyte";
        Files.copy(file, data.resolve(damaged), StandardCopyOption.REPLACE_EXISTING);
        return loaded("mnist", data, List.of(), List.of());
    }

    private CommandOutcome cifar(String set, Path file) throws IOException {
        Path test = Files.write(
                folder.resolve("test.bin"),
                seeds.cifar(set.equals("cifar10") ? 1 : 2).getFirst());
        return loaded(set, folder, List.of(file.toAbsolutePath().toString()), List.of(test.toString()));
    }

    private CommandOutcome digits(Path file) throws IOException {
        Path test = Files.write(folder.resolve("digits.csv"), seeds.digits().getFirst());
        return loaded("digits", folder, List.of(file.toAbsolutePath().toString()), List.of(test.toString()));
    }

    private CommandOutcome jpeg(Path file) throws IOException {
        Path data = seeds.tinyImageNet();
        Files.copy(file, data.resolve("val/images/val_0.JPEG"), StandardCopyOption.REPLACE_EXISTING);
        return loaded("tiny-imagenet", data, List.of(), List.of());
    }

    private CommandOutcome ownArrays(Path file) {
        return own("npz", List.of(file.toAbsolutePath().toString()));
    }

    private CommandOutcome ownTable(Path file) {
        return own("csv", List.of(file.toAbsolutePath().toString()));
    }

    private CommandOutcome picture(Path file) throws IOException {
        Path data = folder.resolve("pictures");
        for (String name : List.of("a/1.png", "a/2.png", "b/1.png", "b/2.png")) {
            Files.createDirectories(data.resolve(name).getParent());
            Files.write(data.resolve(name), seeds.pictures().getFirst());
        }
        Files.copy(file, data.resolve("b/2.png"), StandardCopyOption.REPLACE_EXISTING);
        return own("folders", List.of(data.toAbsolutePath().toString()));
    }

    /** A user's own file, half of which is set aside for testing. */
    private CommandOutcome own(String set, List<String> train) {
        OwnData open = new OwnData(
                OwnData.Arrays.USUAL,
                Optional.empty(),
                List.of(),
                Optional.of(OwnData.Channels.GRAY),
                Optional.empty(),
                OptionalInt.empty(),
                List.of(),
                OptionalDouble.of(0.5),
                FrameChoice.AS_THEY_ARE,
                1);
        return loaded(new DataRequest(
                set,
                Optional.of(folder),
                Optional.empty(),
                List.of(),
                train,
                List.of(),
                OptionalDouble.of(0),
                new NormalisationChoice.Usual(),
                open));
    }

    private static CommandOutcome loaded(String set, Path dir, List<String> train, List<String> test) {
        return loaded(
                new DataRequest(set, Optional.of(dir), Optional.empty(), List.of(), train, test, OptionalDouble.of(0)));
    }

    private static CommandOutcome loaded(DataRequest request) {
        DatasetSplits splits = Datasets.installed().load(request);
        for (Dataset part : List.of(splits.train(), splits.test())) {
            require(part.size() > 0, "images of a part");
            for (int i = 0; i < Math.min(part.size(), 100); i++) {
                require(part.label(i) >= 0 && part.label(i) < part.classes(), "label of an image");
                for (float value : part.images(i, 1)) {
                    require(Float.isFinite(value), "value of an image");
                }
            }
        }
        return Target.printing(splits.train().size());
    }

    private CommandOutcome states(Path file) {
        return used(Map.of("states", file));
    }

    private CommandOutcome relaxation(Path file) throws IOException {
        Path states = Files.write(folder.resolve("states.csv"), seeds.states().getFirst());
        return used(Map.of("states", states, "relaxation", file));
    }

    /** What a cell of these tables does, summed. */
    private static CommandOutcome used(Map<String, Object> options) {
        CellModel cell = CellModels.load().create("table", options);
        float[] target = new float[cell.levels()];
        for (int k = 0; k < target.length; k++) {
            target[k] = cell.range().minMicrosiemens() + cell.range().span() * k / Math.max(1, target.length - 1);
        }
        float[] programmed = new float[target.length];
        float[] aged = new float[target.length];
        SplittableRandom random = new SplittableRandom(1);
        cell.program(target, programmed, random);
        cell.age(target, programmed, aged, new Age(0.5, 300), random);
        double sum = 0;
        for (int k = 0; k < target.length; k++) {
            require(programmed[k] >= 0 && aged[k] >= 0, "conductance, which is " + programmed[k] + ", " + aged[k]);
            sum += programmed[k] + aged[k];
        }
        return Target.printing(sum);
    }

    private CommandOutcome fit(Path file) throws IOException {
        Path fitted = folder.resolve("fitted.csv");
        Files.deleteIfExists(fitted);
        CommandOutcome outcome = CommandOutcome.of(
                "device",
                "fit",
                file.toString(),
                "--out",
                fitted.toString(),
                "--range-uS",
                "2,40",
                "--states",
                "4",
                "--json");
        if (outcome.code() == 2 && outcome.err().contains("--range-uS")) {
            outcome = CommandOutcome.of("device", "fit", file.toString(), "--out", fitted.toString(), "--json");
        }
        require(outcome.code() != 0 || Files.exists(fitted), "table that was fitted");
        return outcome;
    }

    private static CommandOutcome energy(Path file) {
        EnergyTable table = EnergyTable.read(file, reading -> {});
        double sum = 0;
        for (var entry : table.entries()) {
            require(entry.energyPicojoules() >= 0, "price of an event");
            sum += entry.energyPicojoules();
        }
        return Target.printing(sum);
    }

    private CommandOutcome cases(Path file) throws IOException {
        Path data = Files.createDirectories(folder.resolve("cases"));
        Path given = data.resolve(seeds.casesName(file));
        Files.copy(file, given, StandardCopyOption.REPLACE_EXISTING);
        try {
            CommandOutcome outcome = CommandOutcome.of("validate", "--cases", data.toString());
            // A case that is outside its tolerance is a result, which the command tells with exit code 1; what an
            // unusual
            // file was taken for is said beside it.
            boolean compared = outcome.code() == 1
                    && outcome.err().lines().allMatch(line -> line.contains(": read as columns separated by "));
            return compared ? Target.printing("compared") : outcome;
        } finally {
            Files.delete(given);
        }
    }

    private static void require(boolean plausible, String what) {
        if (!plausible) {
            throw new AssertionError("implausible " + what);
        }
    }
}
