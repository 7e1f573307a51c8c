/* SPDX-License-Identifier: Apache-2.0 */
/**
 * What one read of a cell adds: noise, random telegraph signals and the curvature of current over voltage. Conductances in
 * microsiemens, variances in microsiemens squared. Knows nothing of columns or converters.
 */
package io.synaptile.devices.read;
