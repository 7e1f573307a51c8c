/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.converter;

import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import java.util.List;
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
    public List<CellOption> described() {
        return List.of(
                new CellOption(
                        "capacitor_sd",
                        "",
                        "0",
                        "between 0 and 1",
                        "standard deviation of a unit capacitor, relative to its size",
                        "SAR model of CrossSim"),
                new CellOption(
                        "comparator_sd",
                        "",
                        "0",
                        "between 0 and 1",
                        "standard deviation of the comparator's offset, relative to the input range",
                        "SAR model of CrossSim"));
    }

    @Override
    public AdcModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return new SarAdc(options.number("capacitor_sd", 0), options.number("comparator_sd", 0));
    }
}
