/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import java.util.random.RandomGenerator;

/**
 * How the converters of one kind differ from ideal ones of the same resolution. Implementations hold no state beyond their
 * configuration.
 */
public interface AdcModel {
    /** Name used in experiment files and reports, for example {@code sar}. */
    String id();

    /**
     * Draws one converter, which stays as it is on its chip.
     *
     * @param bits resolution, 1 to 16
     * @param random source of what differs between converters, owned by the caller
     */
    AdcCharacteristic draw(int bits, RandomGenerator random);

    /** Whether no code falls as the input rises, whatever is drawn; {@code device check} holds a model to it. */
    default boolean monotone() {
        return false;
    }
}
