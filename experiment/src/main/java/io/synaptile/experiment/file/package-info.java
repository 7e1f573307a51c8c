/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The experiment file: which keys it has, what they mean and which values they take. A file and the overrides of the
 * command line become one immutable {@link io.synaptile.experiment.file.Experiment}; whatever is wrong is told with
 * file, line and key. Units are part of a key's name ({@code range_uS}). Knows nothing of how an experiment is run.
 */
package io.synaptile.experiment.file;
