/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.device.fit;

import io.synaptile.text.message.Quoted;
import io.synaptile.text.table.Column;
import io.synaptile.text.table.Quantity;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TextTable;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Collectors;

/**
 * Trains of pulses as columns, a row per pulse: one of pulses up and one of pulses down; any number of repeated trains; or one
 * long column of pulses in turn up and down. A first column may count the pulses where the header says so. Values are
 * conductances, resistances, or currents at one voltage, as the header's units say, else they have no unit.
 */
final class PulseColumns {
    private static final double MICROSIEMENS = 1e6;
    private static final Pattern UP = Pattern.compile("(.*_)?(up|pot|potentiation|ltp|set|gerase)([_.]?\\d+)?(_.*)?");
    private static final Pattern DOWN =
            Pattern.compile("(.*_)?(down|dep|depression|ltd|reset|gprog)([_.]?\\d+)?(_.*)?");
    private static final Pattern COUNTER =
            Pattern.compile("n|no|nr|i|#|index|count|number|step|(pulse|cycle)s?(_?(n|no|nr|number|index|count))?");

    /** A voltage that varies by more is no read voltage. */
    private static final double SAME_VOLTAGE = 1e-3;

    /** Part of the whole way that a single column goes back where pulses change their direction. */
    private static final double TURN = 0.5;

    private final TextTable table;
    private final List<String> told = new ArrayList<>();
    private final PulseResponse response;

    /** That columns are no trains of pulses, and why. */
    static final class NoTrains extends Exception {
        private static final long serialVersionUID = 1L;

        NoTrains(String why) {
            super(why);
        }
    }

    /** One column of values. */
    private record Train(int index, String name, double[] values) {
        String told() {
            return "column " + (index + 1);
        }
    }

    private PulseColumns(TextTable table) throws NoTrains {
        this.table = table;
        List<Integer> indices = new ArrayList<>();
        for (int i = 0; i < table.width(); i++) {
            indices.add(i);
        }
        indices.removeAll(counters());
        Optional<Quantity> quantity = quantity(indices);
        double[] volts = volts(indices, quantity);
        List<Train> trains = new ArrayList<>();
        for (int index : indices) {
            trains.add(new Train(index, name(index), values(index, quantity, volts)));
        }
        quantity.ifPresent(this::tell);
        boolean units = quantity.isPresent();
        response = trains.size() == 1 ? turns(trains.getFirst(), units) : directed(trains, units);
    }

    /** @throws NoTrains if that is not what the table holds */
    static PulseColumns of(TextTable table) throws NoTrains {
        return new PulseColumns(table);
    }

    PulseResponse response() {
        return response;
    }

    /** What was decided. */
    List<String> told() {
        return told;
    }

    private String name(int index) {
        return column(index).map(Column::name).orElse("");
    }

    private Optional<Column> column(int index) {
        return table.columns().stream()
                .filter(column -> column.index() == index)
                .findFirst();
    }

    /** Columns that count pulses; the header must say so, for a straight response may look the same. */
    private List<Integer> counters() throws NoTrains {
        if (COUNTER.matcher(name(0)).matches() && column(0).orElseThrow().unit().isEmpty() && table.width() > 1) {
            told.add("column 1 counts pulses");
            return List.of(0);
        }
        int last = table.rows().size();
        boolean measured = column(0).flatMap(column -> role(column.unit())).isPresent();
        boolean counts = !measured && last > 1 && table.width() > 1;
        double first = table.numberOrMissing(table.rows().getFirst(), 0);
        for (int i = 0; counts && i < last; i++) {
            counts = table.numberOrMissing(table.rows().get(i), 0) == first + i;
        }
        if (counts) {
            throw new NoTrains(
                    "column 1 only counts " + whole(first) + ", " + whole(first + 1) + ", " + whole(first + 2)
                            + " ...; if it numbers the pulses, a header line says so and what the other columns are, for example"
                            + " pulse,resistance_ohm or pulse,up_uS,down_uS");
        }
        return List.of();
    }

    private static String whole(double value) {
        return String.format(Locale.ROOT, "%.0f", value);
    }

    private void tell(Quantity quantity) {
        String units = table.columns().stream()
                .filter(column -> quantity.factor(column.unit()).isPresent())
                .map(column -> Quoted.bare(column.unit()))
                .distinct()
                .collect(Collectors.joining(" and "));
        told.add("values in " + units + (quantity == Quantity.CONDUCTANCE ? "" : ", turned into conductances"));
    }

    /** What the units of the header say that values are. */
    private Optional<Quantity> quantity(List<Integer> indices) throws NoTrains {
        Optional<Quantity> found = Optional.empty();
        int first = -1;
        for (int index : indices) {
            Optional<Column> column =
                    column(index).filter(named -> !named.unit().isEmpty());
            Optional<Quantity> own = column.flatMap(named -> role(named.unit()));
            if (column.isPresent() && own.isEmpty()) {
                throw new NoTrains("column " + (index + 1) + " is in "
                        + column.get().unit() + ", which is no unit of a conductance, resistance, current or voltage");
            }
            if (own.equals(Optional.of(Quantity.VOLTAGE))) {
                continue;
            }
            if (first >= 0 && !own.equals(found)) {
                throw new NoTrains("column " + (first + 1) + " and column " + (index + 1)
                        + " are not in units of the same quantity");
            }
            found = own;
            first = index;
        }
        return found;
    }

    /** A time, as {@code us} may be read, is nothing that pulses respond with. */
    private static Optional<Quantity> role(String unit) {
        for (Quantity quantity :
                List.of(Quantity.CONDUCTANCE, Quantity.RESISTANCE, Quantity.CURRENT, Quantity.VOLTAGE)) {
            if (quantity.factor(unit).isPresent()) {
                return Optional.of(quantity);
            }
        }
        return Optional.empty();
    }

    /** Takes the column of read voltages out of the columns; the voltage of every row. */
    private double[] volts(List<Integer> indices, Optional<Quantity> quantity) throws NoTrains {
        List<Integer> voltages = indices.stream()
                .filter(index ->
                        column(index).flatMap(column -> role(column.unit())).equals(Optional.of(Quantity.VOLTAGE)))
                .toList();
        boolean currents = quantity.equals(Optional.of(Quantity.CURRENT));
        if (currents != (voltages.size() == 1) || voltages.size() > 1) {
            throw new NoTrains(
                    currents
                            ? "currents need one column with the voltage they were read at"
                            : "column " + (voltages.getFirst() + 1)
                                    + " is a voltage, and there is no one column of currents");
        }
        if (voltages.isEmpty()) {
            return new double[0];
        }
        Column column = column(voltages.getFirst()).orElseThrow();
        double factor = table.factor(column, Quantity.VOLTAGE);
        double[] volts = table.rows().stream()
                .mapToDouble(row -> table.numberOrMissing(row, column.index()) * factor)
                .toArray();
        double low = Arrays.stream(volts).filter(v -> !Double.isNaN(v)).min().orElse(0);
        double high = Arrays.stream(volts).filter(v -> !Double.isNaN(v)).max().orElse(0);
        if (low == 0 || high - low > SAME_VOLTAGE * Math.abs(low)) {
            throw new NoTrains("the voltage goes from " + low + " to " + high
                    + " V, which is a sweep of one state and no response to pulses");
        }
        indices.removeAll(voltages);
        return volts;
    }

    /** Values of a column, in uS where they have a unit; NaN where there is none, not at the end. */
    private double[] values(int index, Optional<Quantity> quantity, double[] volts) {
        double factor = quantity.isPresent() ? table.factor(column(index).orElseThrow(), quantity.get()) : 1;
        List<Row> rows = table.rows();
        double[] values = new double[rows.size()];
        int length = 0;
        for (int i = 0; i < values.length; i++) {
            double value = table.numberOrMissing(rows.get(i), index) * factor;
            if (quantity.equals(Optional.of(Quantity.RESISTANCE))) {
                if (value <= 0) {
                    throw table.problem(rows.get(i), index, "a resistance must be above 0, got " + value + " ohm");
                }
                value = MICROSIEMENS / value;
            } else if (quantity.equals(Optional.of(Quantity.CURRENT))) {
                value = value / volts[i] * MICROSIEMENS;
            }
            values[i] = value;
            length = Double.isNaN(value) ? length : i + 1;
        }
        return Arrays.copyOf(values, length);
    }

    /** Trains whose direction the header says, or without one what they do. */
    private PulseResponse directed(List<Train> trains, boolean units) throws NoTrains {
        List<double[]> up = new ArrayList<>();
        List<double[]> down = new ArrayList<>();
        boolean named = trains.stream().anyMatch(train -> isUp(train) || isDown(train));
        boolean pair = !named && trains.size() == 2;
        for (Train train : trains) {
            refuseShort(train.values(), train.told());
            Trend trend = Trend.of(train.values());
            boolean raises = named ? isUp(train) : pair ? train == trains.getFirst() : trend.slope() > 0;
            if (named && isUp(train) == isDown(train)) {
                throw new NoTrains(train.told() + " (" + Quoted.of(train.name())
                        + ") names no direction, up or down, as others do");
            }
            if (!trend.isCertain() || raises != trend.slope() > 0) {
                throw new NoTrains("pulses " + (raises ? "up do not raise" : "down do not lower") + " the conductance: "
                        + train.told() + " goes from " + ends(train.values())
                        + (units ? "" : "; a header says which columns are up and down, and in which unit"));
            }
            (raises ? up : down).add(train.values());
        }
        if (up.isEmpty()) {
            throw new NoTrains("no column has pulses that raise the conductance");
        }
        told.add(trains(up.size()) + " up, " + trains(down.size()) + " down");
        return new PulseResponse(up, down, units);
    }

    private static String trains(int count) {
        return count + (count == 1 ? " train" : " trains");
    }

    private static boolean isUp(Train train) {
        return UP.matcher(train.name()).matches();
    }

    private static boolean isDown(Train train) {
        return DOWN.matcher(train.name()).matches();
    }

    /** The parts of one long column in which pulses go one way. */
    private PulseResponse turns(Train train, boolean units) throws NoTrains {
        double[] values = Arrays.stream(train.values())
                .filter(value -> !Double.isNaN(value))
                .toArray();
        refuseShort(values, train.told());
        List<double[]> up = new ArrayList<>();
        List<double[]> down = new ArrayList<>();
        int[] ends = turningPoints(values);
        for (int i = 0; i + 1 < ends.length; i++) {
            double[] part = Arrays.copyOfRange(values, ends[i], ends[i + 1] + 1);
            if (part.length >= PulseResponse.FEWEST_PULSES) {
                (part[part.length - 1] > part[0] ? up : down).add(part);
            }
        }
        if (up.isEmpty()) {
            throw new NoTrains(train.told() + " has no " + PulseResponse.FEWEST_PULSES
                    + " pulses in turn that raise the conductance; it goes from " + ends(values));
        }
        told.add("one column with " + trains(up.size()) + " up, " + trains(down.size()) + " down");
        return new PulseResponse(up, down, units);
    }

    /** First and last pulse and those between at which the way back is longer than half of the whole range. */
    private static int[] turningPoints(double[] values) {
        double threshold = TURN
                * (Arrays.stream(values).max().orElse(0)
                        - Arrays.stream(values).min().orElse(0));
        List<Integer> points = new ArrayList<>(List.of(0));
        int low = 0;
        int high = 0;
        int direction = 0;
        for (int i = 1; i < values.length; i++) {
            if (direction <= 0 && values[i] - values[low] > threshold) {
                turn(points, low);
                direction = 1;
                high = i;
            } else if (direction >= 0 && values[high] - values[i] > threshold) {
                turn(points, high);
                direction = -1;
                low = i;
            }
            high = values[i] > values[high] ? i : high;
            low = values[i] < values[low] ? i : low;
        }
        turn(points, values.length - 1);
        return points.stream().mapToInt(Integer::intValue).toArray();
    }

    private static void turn(List<Integer> points, int at) {
        if (at > points.getLast()) {
            points.add(at);
        }
    }

    private static void refuseShort(double[] values, String place) throws NoTrains {
        long read = Arrays.stream(values).filter(value -> !Double.isNaN(value)).count();
        if (read < PulseResponse.FEWEST_PULSES) {
            throw new NoTrains(
                    place + " has " + read + " pulses, and at least " + PulseResponse.FEWEST_PULSES + " are needed");
        }
    }

    private static String ends(double[] values) {
        double[] read =
                Arrays.stream(values).filter(value -> !Double.isNaN(value)).toArray();
        return Form.rounded(read[0]) + " to " + Form.rounded(read[read.length - 1]);
    }
}
