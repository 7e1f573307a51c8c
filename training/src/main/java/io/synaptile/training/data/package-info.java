/* SPDX-License-Identifier: Apache-2.0 */
/**
 * The images that training and evaluation read: labelled, normalised, addressed by index, and how an image is shifted and
 * mirrored from epoch to epoch. Pixels are dimensionless, normalised per channel. Files and formats are not known here; a
 * data set is adapted to {@link io.synaptile.sim.engine.ImageSource}.
 */
package io.synaptile.training.data;
