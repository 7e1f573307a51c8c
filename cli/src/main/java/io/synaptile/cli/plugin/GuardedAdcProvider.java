/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import io.synaptile.devices.converter.AdcCharacteristic;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.devices.converter.AdcModelProvider;
import java.util.Random;
import java.util.random.RandomGenerator;

/** Converters of a plug-in, each of which is checked. */
final class GuardedAdcProvider extends GuardedModelProvider<AdcModel> implements AdcModelProvider {
    private static final int TRIED_BITS = 6;

    GuardedAdcProvider(AdcModelProvider provider, PlugInJar jar) {
        super("converter", provider, jar);
    }

    @Override
    AdcModel guarded(AdcModel made, Guard own) {
        GuardedAdc adc = new GuardedAdc(kind(), made, own);
        adc.draw(TRIED_BITS, new Random(1));
        return adc;
    }

    /** @param id kind, whatever the model calls itself */
    private record GuardedAdc(String id, AdcModel model, Guard guard) implements AdcModel {
        @Override
        public AdcCharacteristic draw(int bits, RandomGenerator random) {
            AdcCharacteristic drawn = guard.call("draw", () -> model.draw(bits, random));
            if (drawn == null) {
                throw guard.broke("gave no converter in draw");
            }
            try {
                drawn.requireFit(bits);
            } catch (IllegalArgumentException e) {
                throw guard.broke("is no converter: " + e.getMessage());
            }
            return drawn;
        }
    }
}
