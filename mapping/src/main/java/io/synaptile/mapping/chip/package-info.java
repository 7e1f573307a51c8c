/* SPDX-License-Identifier: Apache-2.0 */
/**
 * From trained weights to a chip that a backend can run: layout of a design, programming of chip instances, and the plan of
 * the deployed network. Conductances in microsiemens, plans in weight units. Knows nothing of how a plan is executed or what
 * it costs.
 */
package io.synaptile.mapping.chip;
