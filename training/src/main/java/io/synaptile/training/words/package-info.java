/* SPDX-License-Identifier: Apache-2.0 */

/**
 * SRAM words beside RRAM weights: how words are stored, which levels they have, and how the sum of both is composed. Source:
 * Krishnan et al., IEEE TCAD 2022, and the published code of Kuang and Cao.
 */
package io.synaptile.training.words;
