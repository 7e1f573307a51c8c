/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.plugin;

import io.synaptile.devices.converter.AdcCharacteristic;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.devices.converter.AdcModelProvider;
import java.util.Map;
import java.util.Random;
import java.util.Set;
import java.util.random.RandomGenerator;

/** Converters of a plug-in, each of which is checked. */
final class GuardedAdcProvider implements AdcModelProvider {
    private static final int TRIED_BITS = 6;

    private final AdcModelProvider provider;
    private final Guard guard;
    private final String kind;
    private final String description;
    private final Set<String> options;

    GuardedAdcProvider(AdcModelProvider provider, PlugInJar jar) {
        this.provider = provider;
        Guard own = new Guard(jar, "converter provider " + provider.getClass().getName());
        this.kind = own.name("kind", provider::kind);
        this.description = String.valueOf(own.call("description", provider::description));
        this.options = own.call("options", () -> Set.copyOf(provider.options()));
        this.guard = new Guard(jar, "converter " + kind);
    }

    @Override
    public String kind() {
        return kind;
    }

    @Override
    public String description() {
        return description;
    }

    @Override
    public Set<String> options() {
        return options;
    }

    @Override
    public AdcModel create(Map<String, Object> values) {
        AdcModel made = guard.make(() -> provider.create(values));
        if (made == null) {
            throw guard.broke("gave no model in create");
        }
        GuardedAdc adc = new GuardedAdc(kind, made, guard);
        // Converters are drawn only after the training.
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
