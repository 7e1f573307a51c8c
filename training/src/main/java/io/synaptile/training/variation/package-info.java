/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Variation that training draws with the codec and the cells that deploy, so that it meets the same hardware. Conductances
 * are in uS. Knows neither networks nor backends.
 */
package io.synaptile.training.variation;
