/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Runs an experiment from its file to its run folder: data, training, mapping, simulation, reports and the manifest that
 * makes them repeatable. Knows nothing of terminals and options.
 */
package io.synaptile.cli.experiment;
