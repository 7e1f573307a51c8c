/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Run folders: their manifest, models, chips, checkpoints and tables, written as sets that appear as a whole or not at all.
 */
package io.synaptile.experiment.folder;
