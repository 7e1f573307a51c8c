/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataFile;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.RefusedException;
import io.synaptile.text.table.Column;
import io.synaptile.text.table.Due;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TableException;
import io.synaptile.text.table.TextTable;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/**
 * One sample per row: numbers, and its label in the last column or in one that is named. Separator, decimal mark, encoding
 * and header are found out; the file may be packed with gzip. Features are taken as they are.
 */
public final class OwnTables implements OwnReader {
    private static final String ID = "csv";

    /** Text that is read, unpacked; the limit of files is usually lower. */
    private static final int LARGEST_TEXT_BYTES = 1 << 30;

    /** Whole numbers as other programs write them in a column of numbers with a point. */
    private static final Pattern WHOLE_WITH_POINT = Pattern.compile("-?[0-9]+[.,]0+");

    @Override
    public String id() {
        return ID;
    }

    @Override
    public String description() {
        return "your own tables: features and label of one sample per row, one file or one per part, .gz accepted";
    }

    @Override
    public List<String> files() {
        return List.of("a table of text");
    }

    @Override
    public String origin() {
        return "any program that writes CSV";
    }

    @Override
    public DatasetParts read(DataLocation location) {
        OwnData own = location.own();
        Path file = location.ownTrain()
                .orElseThrow(() -> RefusedException.mustBe(
                        DataProperty.TRAIN_FILES, "the name of a table for data set " + ID, "none"));
        Features train = Features.read(file, own, Optional.empty());
        Optional<OwnSamples> test = location.ownTest()
                .map(other -> Features.read(other, own, Optional.of(train)).samples());
        return OwnParts.of(ID, OwnClasses.of(train.samples(), own.classes()), train.samples(), test, own);
    }

    /**
     * A table that has been read.
     *
     * @param titles of the features, in the order of their values; empty where there is no header
     */
    private record Features(List<String> titles, OwnSamples samples) {
        static Features read(Path file, OwnData own, Optional<Features> training) {
            DataFile data = DataFile.read(file);
            byte[] text = data.readUpTo(LARGEST_TEXT_BYTES, "the rows");
            data.expectEnd("the rows");
            try {
                String[] named = Stream.concat(own.label().stream(), own.ignored().stream())
                        .map(Column::nameOf)
                        .distinct()
                        .toArray(String[]::new);
                Due due = own.label().isPresent()
                        ? Due.allOf(LARGEST_TEXT_BYTES, named).withTexts(named)
                        : Due.namedNumbers(LARGEST_TEXT_BYTES);
                TextTable table = TextTable.of(file.toString(), text, due);
                SourceFile source = data.source();
                SourceFile told = table.isPlain()
                        ? source
                        : new SourceFile(source.path(), source.sha256(), Optional.of(table.reading(List.of())));
                return new Reading(file, table, own, training).features(told);
            } catch (TableException e) {
                throw DataFileException.ofTable(file, e);
            }
        }
    }

    /** Takes features and labels from the cells of a table. */
    private static final class Reading {
        private final Path file;
        private final TextTable table;
        private final int width;
        private final int label;
        /** Whether the labels are in the last column, which is told by the number of cells. */
        private final boolean isLast;
        /** Columns that are no features. */
        private final Set<Integer> ignored;

        private final Optional<Features> training;

        Reading(Path file, TextTable table, OwnData own, Optional<Features> training) {
            Optional<String> label = own.label();
            this.file = file;
            this.table = table;
            this.isLast = label.isEmpty();
            this.width = isLast
                    ? table.rows().getFirst().written()
                    : table.columns().stream()
                            .mapToInt(column -> column.index() + 1)
                            .max()
                            .orElseThrow();
            this.label = label.map(title -> table.column(Column.nameOf(title)).index())
                    .orElse(width - 1);
            this.ignored = own.ignored().stream()
                    .map(title -> table.column(Column.nameOf(title)).index())
                    .collect(Collectors.toSet());
            this.training = training;
        }

        Features features(SourceFile source) {
            int[] columns = columns();
            int features = columns.length;
            if (features == 0) {
                throw table.problem("has no column beside that of the labels");
            }
            List<Row> rows = table.rows();
            Row first = rows.getFirst();
            Shape shape = Shape.features(features);
            OwnSamples.requireRoom(file, rows.size(), shape);
            float[] values = new float[rows.size() * features];
            List<String> labels = new ArrayList<>();
            int at = 0;
            for (Row row : rows) {
                if (isLast && row.written() != first.written()) {
                    throw table.problem(
                            row, "has " + row.written() + " cells, line " + first.line() + " has " + first.written());
                }
                for (int column : columns) {
                    float value = (float) table.number(row, column);
                    if (!Float.isFinite(value)) {
                        throw table.problem(row, column, Quoted.of(row.cell(column)) + " is too large for a feature");
                    }
                    values[at++] = value;
                }
                labels.add(label(row));
            }
            return new Features(
                    titles(columns),
                    new OwnSamples(
                            file,
                            source,
                            shape,
                            new RawValues.Floats(values),
                            labels,
                            sample -> "line " + rows.get(sample).line() + ", column " + (label + 1)));
        }

        private String label(Row row) {
            String cell = row.cell(label);
            if (cell.isBlank()) {
                throw table.problem(row, label, "the label is missing");
            }
            return WHOLE_WITH_POINT.matcher(cell).matches()
                    ? cell.substring(0, cell.indexOf(cell.contains(".") ? '.' : ','))
                    : cell;
        }

        /** Columns of the features, in the order of the training table. */
        private int[] columns() {
            List<Integer> own = new ArrayList<>();
            for (int index = 0; index < width; index++) {
                if (index != label && !ignored.contains(index) && !isIndex(index)) {
                    own.add(index);
                }
            }
            int[] columns = own.stream().mapToInt(Integer::intValue).toArray();
            if (training.isEmpty()) {
                return columns;
            }
            List<String> wanted = training.get().titles();
            List<String> there = titles(columns);
            Path trained = training.get().samples().file();
            int due = training.get().samples().shape().size();
            if (columns.length != due) {
                throw table.problem("has " + columns.length + " features, " + trained + " has " + due);
            }
            if (wanted.isEmpty() || there.isEmpty()) {
                return columns;
            }
            int[] ordered = new int[due];
            for (int i = 0; i < due; i++) {
                int found = there.indexOf(wanted.get(i));
                if (found < 0) {
                    throw table.problem("has no column " + Quoted.of(wanted.get(i)) + ", which " + trained + " has");
                }
                ordered[i] = columns[found];
            }
            return ordered;
        }

        private Optional<Column> titled(int index) {
            return table.columns().stream()
                    .filter(column -> column.index() == index)
                    .findFirst();
        }

        private List<String> titles(int[] columns) {
            List<String> titles = new ArrayList<>();
            for (int index : columns) {
                titled(index).map(Column::title).ifPresent(titles::add);
            }
            return titles.size() == columns.length ? titles : List.of();
        }

        /** Whether a column of a table with a header is the nameless first one that counts the rows, as data frames have it. */
        private boolean isIndex(int index) {
            if (table.columns().isEmpty() || titled(index).isPresent()) {
                return false;
            }
            List<Row> rows = table.rows();
            boolean counts = index == 0;
            for (int i = 0; counts && i < rows.size(); i++) {
                counts = rows.get(i).cell(0).equals(Integer.toString(i));
            }
            if (!counts) {
                throw table.problem("column " + (index + 1) + " has no name in the header");
            }
            return true;
        }
    }
}
