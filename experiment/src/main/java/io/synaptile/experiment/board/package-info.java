/* SPDX-License-Identifier: Apache-2.0 */
/** Boards of an experiment: those that its layers are on, and the one that it serves. */
package io.synaptile.experiment.board;
