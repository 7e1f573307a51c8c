/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

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
        return new GuardedAdc(kind(), made, own);
    }

    @Override
    Answers attempt(AdcModel adc) {
        AdcCharacteristic drawn = adc.draw(TRIED_BITS, new Random(1));
        return new Answers().with("draw", drawn.gain(), drawn.offset()).with("draw (codes)", drawn.codes());
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
