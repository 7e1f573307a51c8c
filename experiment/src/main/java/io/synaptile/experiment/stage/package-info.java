/* SPDX-License-Identifier: Apache-2.0 */

/**
 * The stages of a run, each a step from a run folder to a fuller one: train, map, simulate, report.
 */
package io.synaptile.experiment.stage;
