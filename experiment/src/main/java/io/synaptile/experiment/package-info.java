/* SPDX-License-Identifier: Apache-2.0 */

/**
 * Experiments from their file to their run folder, for programs and for the command line alike. {@link
 * io.synaptile.experiment.Site} says where an experiment runs and {@link io.synaptile.experiment.Progress} hears how far it is.
 */
package io.synaptile.experiment;
