/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Folders;
import io.synaptile.sim.io.model.Checkpoint;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Network;
import io.synaptile.training.EpochResult;
import io.synaptile.training.LayerMeasure;
import io.synaptile.training.TrainingState;
import io.synaptile.training.method.Method;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.FileTime;
import java.util.ArrayList;
import java.util.Collections;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * The checkpoints of a run folder that is being written, in its folder {@code checkpoints}. The last two are kept: should the
 * newest turn out damaged, the user may remove it and continue from the other.
 */
public final class Checkpoints {
    /** Name of the folder in a run folder. */
    static final String FOLDER = "checkpoints";

    /** The first of several trainings has no number in its names. */
    private static final Pattern NAME =
            Pattern.compile("(?:training-(\\d{1,3})-)?epoch-(\\d{1,9})-batch-(\\d{1,9})\\.safetensors");

    private static final int TRAINING = 1;
    private static final int EPOCH = 2;
    private static final int BATCH = 3;
    private static final int KEPT = 2;
    private static final Comparator<Path> BY_PROGRESS = Comparator.<Path>comparingInt(file -> number(file, TRAINING))
            .thenComparingInt(file -> number(file, EPOCH))
            .thenComparingInt(file -> number(file, BATCH));

    private final RunFolder run;
    private final int training;
    private final Method method;
    private final TrainingOrigin origin;

    /**
     * The checkpoints of one training.
     *
     * @param training number of the training in its run, from 1
     * @param method whose phases say of which network a checkpoint is
     */
    public Checkpoints(RunFolder run, int training, Method method, TrainingOrigin origin) {
        this.run = run;
        this.training = training;
        this.method = method;
        this.origin = origin;
    }

    /**
     * The state in the newest checkpoint, empty if there is none.
     *
     * @throws IllegalArgumentException if it is damaged, of another architecture or of another experiment
     */
    public Optional<TrainingState> newest() {
        List<Path> found = own();
        if (found.isEmpty()) {
            return Optional.empty();
        }
        Path file = found.getLast();
        Checkpoint checkpoint;
        try {
            checkpoint = Checkpoint.read(file);
        } catch (DataFileException e) {
            String instead = found.size() > 1 ? "; remove this file to continue from the checkpoint before it" : "";
            throw new IllegalArgumentException(e.getMessage() + instead, e);
        }
        Network trained = checkpoint.model().network();
        Network network =
                method.networkAt(checkpoint.epochs().size(), checkpoint.begun().isPresent());
        Optional<String> difference = TrainingOrigin.difference(trained, network)
                .or(() -> origin.difference(checkpoint.model().metadata()));
        if (difference.isPresent()) {
            throw new IllegalArgumentException(
                    file + " " + difference.get() + "; without --resume the run starts over");
        } else if (!trained.equals(network)) {
            throw new IllegalArgumentException(file + " is of another version of this network; train again");
        }
        if (!ModelFile.isVerified(file)) {
            run.notice(file + " is of a version that kept no checksums: damage to it cannot be detected");
        }
        return Optional.of(state(checkpoint));
    }

    /** Writes a checkpoint and removes those before the last two. */
    public void save(TrainingState state) {
        String name = String.format(
                Locale.ROOT,
                "%sepoch-%04d-batch-%06d.safetensors",
                training == 1 ? "" : "training-" + training + "-",
                state.epochsDone(),
                state.begun().map(TrainingState.BegunEpoch::batchesDone).orElse(0));
        run.checkpoint(() -> {
            checkpoint(state).write(run.path().resolve(FOLDER).resolve(name));
            List<Path> found = own();
            for (Path old : found.subList(0, Math.max(0, found.size() - KEPT))) {
                Files.deleteIfExists(old);
            }
        });
    }

    private List<Path> own() {
        return files(run.path()).stream()
                .filter(file -> number(file, TRAINING) == training)
                .toList();
    }

    /** They stay where the run fails, and the message of its failure says what they are good for. */
    public void explained() {
        run.explained();
    }

    /** Removes all, since nothing can be gained by going on. */
    public void discard() {
        try {
            remove(run.path());
        } catch (IOException e) {
            throw new DataFileException(run.path(), e);
        }
    }

    /** Removes the checkpoints of a folder. */
    static void remove(Path folder) throws IOException {
        if (Files.isDirectory(folder.resolve(FOLDER))) {
            Folders.delete(folder.resolve(FOLDER));
        }
    }

    /** Removes everything in a folder but its checkpoints. */
    static void removeAllElse(Path folder) throws IOException {
        try (Stream<Path> entries = Files.list(folder)) {
            for (Path entry : entries.toList()) {
                if (entry.endsWith(FOLDER)) {
                    removeOthers(entry);
                } else if (Files.isDirectory(entry)) {
                    Folders.delete(entry);
                } else {
                    Files.delete(entry);
                }
            }
        }
    }

    /** When the newest checkpoint of a folder was written, empty if there is none. */
    static Optional<FileTime> lastWritten(Path folder) throws IOException {
        List<Path> found = files(folder);
        return found.isEmpty() ? Optional.empty() : Optional.of(Files.getLastModifiedTime(found.getLast()));
    }

    /** Checkpoints of a folder, the newest last. */
    private static List<Path> files(Path folder) {
        Path checkpoints = folder.resolve(FOLDER);
        if (!Files.isDirectory(checkpoints)) {
            return List.of();
        }
        try (Stream<Path> entries = Files.list(checkpoints)) {
            return entries.filter(Checkpoints::isCheckpoint).sorted(BY_PROGRESS).toList();
        } catch (IOException e) {
            throw new DataFileException(checkpoints, e);
        }
    }

    private static void removeOthers(Path checkpoints) throws IOException {
        try (Stream<Path> entries = Files.list(checkpoints)) {
            for (Path entry : entries.toList()) {
                if (!isCheckpoint(entry)) {
                    Files.delete(entry);
                }
            }
        }
    }

    private static boolean isCheckpoint(Path file) {
        return NAME.matcher(file.getFileName().toString()).matches();
    }

    private static int number(Path file, int group) {
        Matcher name = NAME.matcher(file.getFileName().toString());
        if (!name.matches()) {
            return -1;
        }
        return name.group(group) == null ? 1 : Integer.parseInt(name.group(group));
    }

    private Checkpoint checkpoint(TrainingState state) {
        List<Checkpoint.Epoch> epochs = state.history().stream()
                .map(epoch -> new Checkpoint.Epoch(
                        epoch.learningRate(),
                        epoch.loss(),
                        epoch.trainAccuracy(),
                        epoch.validationAccuracy(),
                        epoch.layers().stream().map(Checkpoints::measure).toList()))
                .toList();
        return new Checkpoint(
                ModelFile.of(
                        method.networkAt(state.epochsDone(), state.begun().isPresent()),
                        state.parameters(),
                        origin.values()),
                state.slots(),
                state.steps(),
                state.best().map(best -> new Checkpoint.Best(best.epoch(), best.parameters())),
                state.begun()
                        .map(begun -> new Checkpoint.Begun(
                                begun.batchesDone(), begun.loss(), begun.correct(), begun.gradientNorms())),
                epochs);
    }

    private TrainingState state(Checkpoint checkpoint) {
        List<EpochResult> history = new ArrayList<>();
        for (Checkpoint.Epoch epoch : checkpoint.epochs()) {
            history.add(new EpochResult(
                    history.size(),
                    epoch.learningRate(),
                    epoch.loss(),
                    epoch.trainAccuracy(),
                    epoch.validationAccuracy(),
                    epoch.layers().stream().map(Checkpoints::measure).toList()));
        }
        return new TrainingState(
                history.size(),
                checkpoint
                        .begun()
                        .map(begun -> new TrainingState.BegunEpoch(
                                begun.batches(), begun.loss(), begun.correct(), begun.gradientNorms())),
                checkpoint.steps(),
                checkpoint.model().parameters(),
                checkpoint.slots(),
                checkpoint
                        .best()
                        .map(best -> new TrainingState.BestEpoch(
                                best.epoch(), history.get(best.epoch()).validationAccuracy(), best.parameters())),
                Collections.unmodifiableList(history));
    }

    private static Checkpoint.Measure measure(LayerMeasure layer) {
        return new Checkpoint.Measure(
                layer.layer(), layer.role(), layer.norm(), layer.gradientNorm(), layer.zeros(), layer.rate());
    }

    private static LayerMeasure measure(Checkpoint.Measure layer) {
        return new LayerMeasure(
                layer.layer(), layer.role(), layer.norm(), layer.gradientNorm(), layer.zeros(), layer.rate());
    }
}
