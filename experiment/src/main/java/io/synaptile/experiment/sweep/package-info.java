/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Sweeps: their design points, a run folder for each, and the tables joined from them.
 */
package io.synaptile.experiment.sweep;
