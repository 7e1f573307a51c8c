/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import io.synaptile.devices.ModelProvider;

/** Makes the read-out of a {@code hardware.readout.array.kind}; found by the service loader. */
public interface ArrayReadoutProvider extends ModelProvider<ArrayReadout> {}
