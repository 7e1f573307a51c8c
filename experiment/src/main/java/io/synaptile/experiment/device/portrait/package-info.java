/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Curves that show what a memory cell does, drawn from the cell itself: what each level reaches, how it changes with time, how
 * noisy a read is. Knows cells by their contract only.
 */
package io.synaptile.experiment.device.portrait;
