/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.table;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Stream;

/** Makes {@code table} cells from comma-separated files; {@link #described} lists the options. */
public final class TableCellProvider implements CellModelProvider {
    private static final String STATES = "states";
    private static final String RELAXATION = "relaxation";
    private static final String SCALE = "programming.scale";
    private static final String READ_SIGMA = "read_sigma_uS";
    private static final String KELVIN = "temperature_K";

    @Override
    public String kind() {
        return "table";
    }

    @Override
    public String description() {
        return "cell described by tables of what its states reach and how they relax; needs no code";
    }

    @Override
    public Set<String> options() {
        return Set.of(STATES, RELAXATION, SCALE, READ_SIGMA, KELVIN);
    }

    @Override
    public Set<String> files() {
        return Set.of(STATES, RELAXATION);
    }

    @Override
    public List<CellOption> described() {
        return List.of(
                new CellOption(
                        STATES, "uS", "", "a file; must be given", "table state,mean,std or level,q05,q50,q95,..."),
                new CellOption(
                        RELAXATION,
                        "uS, s",
                        "",
                        "a file",
                        "table state,time_s,shift,spread or level,time_s,q05,..., with or without correlation; without"
                                + " a file, cells stay as programmed"),
                new CellOption(SCALE, "", "1", "at least 0", "factor on the spread of a write"),
                new CellOption(READ_SIGMA, "uS", "0", "at least 0", "standard deviation of a read"),
                new CellOption(KELVIN, "K", "300", "at least 1", "temperature of the relaxation table"));
    }

    @Override
    public List<String> notices(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return Stream.of(STATES, RELAXATION)
                .filter(options::has)
                .map(option -> new TableText(option, options.file(option), "state", "level"))
                .map(TableText::reading)
                .flatMap(Optional::stream)
                .toList();
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        if (!options.has(STATES)) {
            throw new IllegalArgumentException("states must name a file with a table state,mean,std");
        }
        StateTable states = StateTable.read(STATES, options.file(STATES));
        RelaxationTable relaxation = options.has(RELAXATION)
                ? RelaxationTable.read(RELAXATION, options.file(RELAXATION), states.states())
                : null;
        double kelvin = options.numberAtLeast(KELVIN, 1, Age.ROOM_KELVIN);
        return new TableCell(
                states,
                relaxation,
                kelvin,
                options.numberAtLeast(SCALE, 0, 1),
                options.numberAtLeast(READ_SIGMA, 0, 0));
    }
}
