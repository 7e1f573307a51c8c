/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import java.util.Map;
import java.util.Set;

/** Makes converter models from the options of an experiment file; found by the service loader. */
public interface AdcModelProvider {
    /** Value of {@code hardware.readout.adc.kind} that selects this provider. */
    String kind();

    /** One line for {@code device list}. */
    String description();

    /** Names of the options that {@link #create} understands. */
    Set<String> options();

    /**
     * Makes a model.
     *
     * @param options by name; Boolean, Long, Double, String or a list of these
     * @throws IllegalArgumentException beginning with the name of the option, with its value and what is allowed
     */
    AdcModel create(Map<String, Object> options);
}
