/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.training.BatchProgress;
import io.synaptile.training.EpochResult;
import io.synaptile.training.TrainedModel;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingState;
import java.util.Locale;
import java.util.function.Supplier;

/** Passes what training says on to the progress and writes checkpoints. */
final class TrainingWatch implements TrainingListener {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Checkpoints checkpoints;
    private final Progress progress;
    private final int planned;
    private final String judge;
    private final double minutes;
    private long savedNanos = System.nanoTime();

    /**
     * A watch over one training.
     *
     * @param planned epochs, unless training stops early
     * @param judge which images tell the accuracy of an epoch
     * @param minutes between checkpoints within an epoch
     */
    TrainingWatch(Checkpoints checkpoints, Progress progress, int planned, String judge, double minutes) {
        this.checkpoints = checkpoints;
        this.progress = progress;
        this.planned = planned;
        this.judge = judge;
        this.minutes = minutes;
    }

    private void save(TrainingState state) {
        checkpoints.save(state);
        savedNanos = System.nanoTime();
    }

    @Override
    public void betweenBatches(Supplier<TrainingState> state) {
        double passed = (System.nanoTime() - savedNanos) / NANOS_PER_MINUTE;
        if (passed >= minutes) {
            save(state.get());
        }
    }

    @Override
    public void batchFinished(BatchProgress batch) {
        progress.advance(
                1,
                String.format(
                        Locale.ROOT,
                        "epoch %d/%d, loss %.3f, %.0f images/s",
                        batch.epoch() + 1,
                        batch.epochs(),
                        batch.loss(),
                        batch.imagesPerSecond()));
    }

    @Override
    public void trained(TrainedModel kept) {
        int epochs = kept.history().size();
        progress.end(
                epochs == 0
                        ? "the model of train.from is taken as it is"
                        : String.format(
                                Locale.ROOT,
                                "epoch %d of %d is kept with %.2f %% on the %s images%s",
                                kept.keptEpoch() + 1,
                                planned,
                                100 * kept.validationAccuracy(),
                                judge,
                                epochs < planned ? "; stopped early after epoch " + epochs : ""));
    }

    @Override
    public void stageBegan(String name, int batches) {
        progress.begin(name, batches);
    }

    @Override
    public void stageAdvanced(String status) {
        progress.advance(1, status);
    }

    @Override
    public void stageEnded(String result) {
        progress.end(result);
    }

    @Override
    public void epochFinished(EpochResult result, TrainingState state) {
        save(state);
        progress.advance(
                0,
                String.format(
                        Locale.ROOT,
                        "epoch %d, %.2f %% on %s images",
                        result.epoch() + 1,
                        100 * result.validationAccuracy(),
                        judge));
    }
}
