/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.text.message.Quoted;
import io.synaptile.text.table.Column;
import io.synaptile.text.table.Quantity;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TextTable;
import java.util.ArrayList;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/** Which columns of a table are what about reads of cells, and in which units. */
final class ReadColumns {
    private static final double MICROSIEMENS = 1e6;
    private static final int LARGEST_LEVEL = 4095;
    private static final double LARGEST_CELL = 1L << 53;

    /** One siemens is no memory cell. */
    private static final double LARGEST_MICROSIEMENS = 1e6;

    /** How far a conductance may be from one over the resistance beside it; files state both with fewer digits. */
    private static final double SAME = 0.05;

    /** What a column can be, in the order of a file without a header. */
    private enum Role {
        CELL("cell", "address", "cell_address", "addr", "device", "cell_id", "id"),
        SECONDS("seconds", "time", "elapsed", "time_since_programming", "t"),
        RESISTANCE("resistance", "r"),
        CONDUCTANCE("conductance", "g", "g_now", "conductance_now"),
        PROGRAMMED("programmed", "g0", "g_programmed", "conductance_programmed", "programmed_conductance", "initial"),
        LEVEL("level", "state"),
        NOMINAL("nominal", "nominal_time", "time_nominal", "timepoint", "time_point");

        private final Set<String> names;

        Role(String... names) {
            this.names = Set.of(names);
        }
    }

    /**
     * One read.
     *
     * @param conductance uS
     * @param programmed right after programming, uS; NaN where the table does not say
     */
    record Read(long cell, double seconds, double nominal, int level, double conductance, double programmed) {}

    private final TextTable table;
    private final Map<Role, Integer> columns;
    private final Map<Role, Double> factors = new EnumMap<>(Role.class);
    private final List<String> told = new ArrayList<>();

    private ReadColumns(TextTable table, Map<Role, Integer> columns) {
        this.table = table;
        this.columns = columns;
        columns.forEach((role, index) ->
                quantity(role).ifPresent(quantity -> factors.put(role, factor(index, quantity))));
    }

    static boolean fits(TextTable table) {
        return table.width() == Role.values().length && !isPulses(table)
                || named(table).isPresent();
    }

    private static boolean isPulses(TextTable table) {
        return table.columns().stream().anyMatch(column -> column.name().matches("(.*_)?(up|down)(_.*|\\d+)?"));
    }

    static String whyNot(TextTable table) {
        return table.width() + (table.width() == 1 ? " column" : " columns") + " instead of " + Role.values().length
                + ", and no header that names cell, time, level and conductance or resistance";
    }

    static ReadColumns of(TextTable table) {
        return new ReadColumns(table, named(table).orElseGet(ReadColumns::inOrder));
    }

    private static Map<Role, Integer> inOrder() {
        Map<Role, Integer> columns = new EnumMap<>(Role.class);
        for (Role role : Role.values()) {
            columns.put(role, role.ordinal());
        }
        return columns;
    }

    /** The columns by their names, if these are enough. */
    private static Optional<Map<Role, Integer>> named(TextTable table) {
        Map<Role, Integer> columns = new EnumMap<>(Role.class);
        for (Column column : table.columns()) {
            for (Role role : Role.values()) {
                if (role.names.contains(column.name())) {
                    columns.putIfAbsent(role, column.index());
                }
            }
        }
        boolean enough = columns.keySet().containsAll(Set.of(Role.CELL, Role.LEVEL))
                && (columns.containsKey(Role.SECONDS) || columns.containsKey(Role.NOMINAL))
                && (columns.containsKey(Role.CONDUCTANCE) || columns.containsKey(Role.RESISTANCE));
        return enough ? Optional.of(columns) : Optional.empty();
    }

    private static Optional<Quantity> quantity(Role role) {
        return switch (role) {
            case SECONDS, NOMINAL -> Optional.of(Quantity.TIME);
            case RESISTANCE -> Optional.of(Quantity.RESISTANCE);
            case CONDUCTANCE, PROGRAMMED -> Optional.of(Quantity.CONDUCTANCE);
            case CELL, LEVEL -> Optional.empty();
        };
    }

    /** Conductances without a unit are in S here, as in the data that the format is from. */
    private double factor(int index, Quantity quantity) {
        Optional<Column> written = table.columns().stream()
                .filter(column -> column.index() == index && !column.unit().isEmpty())
                .findFirst();
        written.filter(column -> !column.unit().equals(quantity.unit()) || quantity == Quantity.CONDUCTANCE)
                .ifPresent(column -> told.add("column " + (index + 1) + " in " + Quoted.bare(column.unit())));
        return written.map(column -> table.factor(column, quantity))
                .orElse(quantity == Quantity.CONDUCTANCE ? MICROSIEMENS : 1);
    }

    /** What was decided about units. */
    List<String> told() {
        List<String> all = new ArrayList<>(told);
        all.add(0, "reads of cells");
        return all;
    }

    /**
     * One row.
     *
     * @return empty if a value is missing
     * @throws IllegalArgumentException naming file, line and column
     */
    Optional<Read> read(Row row) {
        if (row.cells().size() > table.width() || table.columns().isEmpty() && row.written() < columns.size()) {
            throw table.problem(row, row.written() + " columns instead of " + columns.size());
        }
        double cell = whole(row, Role.CELL, -LARGEST_CELL, LARGEST_CELL);
        double level = whole(row, Role.LEVEL, 0, LARGEST_LEVEL);
        double nominal = time(row, columns.containsKey(Role.NOMINAL) ? Role.NOMINAL : Role.SECONDS);
        double seconds = time(row, columns.containsKey(Role.SECONDS) ? Role.SECONDS : Role.NOMINAL);
        double conductance = conductance(row);
        double programmed = columns.containsKey(Role.PROGRAMMED) ? conductance(row, Role.PROGRAMMED) : Double.NaN;
        if (Double.isNaN(conductance) || Double.isNaN(nominal) || Double.isNaN(seconds)) {
            return Optional.empty();
        }
        return Optional.of(new Read((long) cell, seconds, nominal, (int) level, conductance, programmed));
    }

    private double value(Row row, Role role) {
        return table.numberOrMissing(row, columns.get(role)) * factors.getOrDefault(role, 1d);
    }

    private double whole(Row row, Role role, double least, double most) {
        double value = table.number(row, columns.get(role));
        if (value != Math.rint(value) || value < least || value > most) {
            throw table.problem(
                    row,
                    columns.get(role),
                    role == Role.LEVEL
                            ? "level must be a whole number from 0 to " + LARGEST_LEVEL + ", got " + value
                            : "the address of a cell must be a whole number, got " + value);
        }
        return value;
    }

    private double time(Row row, Role role) {
        double time = value(row, role);
        if (time < 0) {
            throw table.problem(row, columns.get(role), "times must be at least 0 s, got " + time);
        }
        return time;
    }

    private double conductance(Row row, Role role) {
        double conductance = value(row, role);
        if (conductance > LARGEST_MICROSIEMENS) {
            throw table.problem(
                    row,
                    columns.get(role),
                    "a conductance must be at most 1 S, got " + conductance / MICROSIEMENS
                            + " S; a header can give other units, for example conductance_uS");
        }
        return conductance;
    }

    /** From the conductance, which must be one over the resistance if both are there; uS. */
    private double conductance(Row row) {
        double ohm = columns.containsKey(Role.RESISTANCE) ? value(row, Role.RESISTANCE) : Double.NaN;
        boolean turned = !columns.containsKey(Role.CONDUCTANCE);
        if (turned) {
            if (ohm == 0) {
                throw table.problem(row, columns.get(Role.RESISTANCE), "a resistance must not be 0 ohm");
            }
            return MICROSIEMENS / ohm;
        }
        double stated = value(row, Role.CONDUCTANCE);
        double ratio = stated / MICROSIEMENS * ohm;
        // Near 0 ohm the digits of the file do not tell.
        if (ohm != 0 && Math.abs(ratio - 1) > SAME) {
            throw table.problem(
                    row,
                    columns.get(Role.CONDUCTANCE),
                    "the conductance is " + Form.rounded(stated) + " uS, and one over the resistance of column "
                            + (columns.get(Role.RESISTANCE) + 1) + " is " + Form.rounded(MICROSIEMENS / ohm)
                            + " uS; a header can give the units, for example resistance_ohm and conductance_uS");
        }
        return conductance(row, Role.CONDUCTANCE);
    }
}
