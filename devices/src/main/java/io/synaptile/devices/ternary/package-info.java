/* SPDX-License-Identifier: Apache-2.0 */
/**
 * Two-state resistive cells whose pairs store -1, 0 or +1: (low, high) resistance is +1, (high, low) -1, (high, high) 0.
 * Conductances in microsiemens; knows nothing of how a pair is read.
 */
package io.synaptile.devices.ternary;
