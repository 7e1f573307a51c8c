/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import io.synaptile.devices.CellOptions;
import java.util.Map;
import java.util.Set;

/** Makes {@link SarAdc} converters; both spreads are 0 unless given. */
public final class SarAdcProvider implements AdcModelProvider {
    @Override
    public String kind() {
        return "sar";
    }

    @Override
    public String description() {
        return "successive approximation with mismatched capacitors (capacitor_sd) and a comparator offset (comparator_sd)";
    }

    @Override
    public Set<String> options() {
        return Set.of("capacitor_sd", "comparator_sd");
    }

    @Override
    public AdcModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return new SarAdc(options.number("capacitor_sd", 0), options.number("comparator_sd", 0));
    }
}
