/* SPDX-License-Identifier: Apache-2.0 */

/** Training of an artificial network and conversion to a spiking one. */
package io.synaptile.training.method.conversion;
