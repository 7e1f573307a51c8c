/* SPDX-License-Identifier: Apache-2.0 */

/**
 * What an experiment file comes to, resolved once: network, data, quantisers, layers on tiles, hardware, prices and backend.
 */
package io.synaptile.experiment.plan;
