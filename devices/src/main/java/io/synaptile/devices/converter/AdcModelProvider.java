/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import io.synaptile.devices.ModelProvider;

/** Makes the converters of a {@code hardware.readout.adc.kind}; found by the service loader. */
public interface AdcModelProvider extends ModelProvider<AdcModel> {}
