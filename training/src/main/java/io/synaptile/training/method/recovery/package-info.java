/* SPDX-License-Identifier: Apache-2.0 */

/** Recovery of a trained model on RRAM by training SRAM words beside its weights, with or without pruning of the words. */
package io.synaptile.training.method.recovery;
