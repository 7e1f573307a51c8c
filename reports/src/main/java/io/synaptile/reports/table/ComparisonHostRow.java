/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.reports.table;

/**
 * What the training of a candidate took on this machine.
 *
 * @param method name of the candidate
 * @param trainingSeconds without the evaluation on test images
 * @param peakMebibytes largest resident memory of the process meanwhile, what it held before included; NaN where the system does
 *     not tell
 */
public record ComparisonHostRow(
        @Cell(name = "method", label = "Method") String method,

        @Cell(name = "training_s", label = "Training", unit = "s")
        double trainingSeconds,

        @Cell(name = "training_peak_MiB", label = "Peak memory in training", unit = "MiB")
        double peakMebibytes) {}
