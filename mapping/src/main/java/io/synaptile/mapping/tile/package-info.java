/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Which tile holds which part of which layer, and how full the tiles are; counts only. Knows nothing of conductances,
 * programming or cost.
 */
package io.synaptile.mapping.tile;
