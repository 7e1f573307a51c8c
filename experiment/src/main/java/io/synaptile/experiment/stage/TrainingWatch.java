/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.stage;

import io.synaptile.experiment.Progress;
import io.synaptile.experiment.folder.Checkpoints;
import io.synaptile.training.BatchProgress;
import io.synaptile.training.EpochResult;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingState;
import java.util.Locale;
import java.util.function.Supplier;

/** Passes what training says on to the progress and writes checkpoints. */
final class TrainingWatch implements TrainingListener {
    private static final double NANOS_PER_MINUTE = 60e9;

    private final Checkpoints checkpoints;
    private final Progress progress;
    private final String judge;
    private final double minutes;
    private long savedNanos = System.nanoTime();

    /**
     * A watch over one training.
     *
     * @param judge which images tell the accuracy of an epoch
     * @param minutes between checkpoints within an epoch
     */
    TrainingWatch(Checkpoints checkpoints, Progress progress, String judge, double minutes) {
        this.checkpoints = checkpoints;
        this.progress = progress;
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
