/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Trains a spiking network on labelled images and measures its accuracy: epochs of shuffled batches on any compute backend,
 * weights transformed before every pass, the best epoch chosen by validation accuracy, a state from which training resumes
 * to the same bits. Accuracies are fractions of 1. Knows no files, no devices and no experiment keys.
 */
package io.synaptile.training;
