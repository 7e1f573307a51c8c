/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.sram;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@code sram-shift} words; {@code bits} (1 to 16) defaults to 2, {@code shift} (-16 to 16) to 0, {@code flip_probability} to 0. */
public final class SramShiftCellProvider implements CellModelProvider {
    @Override
    public String kind() {
        return "sram-shift";
    }

    @Override
    public String description() {
        return "digital word of some bits, scaled by a power of two; exact unless bits flip";
    }

    @Override
    public Set<String> options() {
        return Set.of("bits", "shift", "flip_probability");
    }

    @Override
    public List<CellOption> described() {
        return CellOption.table("""
                bits | | 2 | 1 to 16 | length of a word
                shift | | 0 | -16 to 16 | power of two that the sum of the words is shifted by | Krishnan et al., IEEE TCAD 2022
                flip_probability | | 0 | probability | bits that read as their opposite
                """);
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return new SramShiftCell(
                options.integer("bits", 1, 16, 2),
                options.integer("shift", -16, 16, 0),
                options.probability("flip_probability", 0));
    }
}
