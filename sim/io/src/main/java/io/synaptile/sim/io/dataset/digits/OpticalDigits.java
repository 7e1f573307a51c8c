/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.digits;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataFile;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.table.Due;
import io.synaptile.text.table.Row;
import io.synaptile.text.table.TableException;
import io.synaptile.text.table.TextTable;
import java.io.ByteArrayOutputStream;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/**
 * Optical Recognition of Handwritten Digits: 64 integers 0-16 and the digit per row, 3,823 training and 1,797 test rows.
 *
 * <p>Source: E. Alpaydin and C. Kaynak, UCI Machine Learning Repository, 1998, DOI 10.24432/C50P49, CC BY 4.0.
 */
public final class OpticalDigits implements DatasetReader {
    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final int CLASSES = 10;
    private static final int FULL_SCALE = 16;

    /** More than ten times the whole set, which takes about 0.9 MB of text. */
    private static final int LARGEST_TEXT_BYTES = 10_000_000;

    /** Mean and deviation of the 3,823 x 64 training pixels in units of full scale, computed once over the whole part. */
    private static final Normalisation NORMALISATION = Normalisation.gray(
            FULL_SCALE, 0.30774823f, 0.37728035f, "all 3,823 training images, computed over their 64 pixels");

    private static final List<String> TRAIN = List.of("optdigits.tra");
    private static final List<String> TEST = List.of("digits.csv");

    @Override
    public String id() {
        return "digits";
    }

    @Override
    public String description() {
        return "UCI optical digits, 1x8x8, 10 classes: optdigits.tra and digits.csv (the test file may be optdigits.tes), .gz accepted";
    }

    @Override
    public List<String> files() {
        return List.of(TRAIN.getFirst(), TEST.getFirst());
    }

    @Override
    public String origin() {
        return "the UCI Machine Learning Repository, https://doi.org/10.24432/C50P49";
    }

    @Override
    public Optional<DataForm> form() {
        return Optional.of(new DataForm(SHAPE, CLASSES));
    }

    @Override
    public double defaultValidationFraction() {
        return 0.2;
    }

    @Override
    public DatasetParts read(DataLocation location) {
        return new DatasetParts(parse(location.train(TRAIN)), parse(location.test(TEST)));
    }

    private static Dataset parse(List<DataFile> files) {
        ByteArrayOutputStream pixels = new ByteArrayOutputStream();
        ByteArrayOutputStream labels = new ByteArrayOutputStream();
        List<SourceFile> sources = new ArrayList<>();
        for (DataFile file : files) {
            sources.add(parse(file, pixels, labels));
        }
        return new Dataset(
                "digits", SHAPE, CLASSES, NORMALISATION, sources, pixels.toByteArray(), labels.toByteArray());
    }

    private static SourceFile parse(DataFile file, ByteArrayOutputStream pixels, ByteArrayOutputStream labels) {
        byte[] text = file.readUpTo(LARGEST_TEXT_BYTES, "the rows");
        file.expectEnd("the rows");
        try {
            TextTable rows = TextTable.of(file.path().toString(), text, Due.numbers(LARGEST_TEXT_BYTES));
            for (Row row : rows.rows()) {
                if (row.cells().size() != SHAPE.size() + 1) {
                    throw rows.problem(row, "has " + row.cells().size() + " values, 65 are needed");
                }
                for (int i = 0; i < SHAPE.size(); i++) {
                    pixels.write(value(rows, row, i, FULL_SCALE, "pixel"));
                }
                labels.write(value(rows, row, SHAPE.size(), CLASSES - 1, "label"));
            }
            SourceFile source = file.source();
            return rows.isPlain()
                    ? source
                    : new SourceFile(source.path(), source.sha256(), Optional.of(rows.reading(List.of())));
        } catch (TableException e) {
            throw DataFileException.ofTable(file.path(), e);
        }
    }

    private static int value(TextTable rows, Row row, int column, int largest, String what) {
        double value = rows.number(row, column);
        if (value != Math.rint(value) || value < 0 || value > largest) {
            throw rows.problem(row, column, what + " '" + row.cell(column) + "', allowed are integers 0-" + largest);
        }
        return (int) value;
    }
}
