/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Random numbers that depend on where they are used and not on when: counter-based streams addressed by seed, purpose, layer,
 * tile, step and sample. Knows nothing of what is drawn for.
 */
package io.synaptile.sim.random;
