/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.digits;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataFile;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.StringReader;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import org.apache.commons.csv.CSVFormat;
import org.apache.commons.csv.CSVParser;
import org.apache.commons.csv.CSVRecord;

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
        return "UCI optical digits, 1x8x8, 10 classes: optdigits.tra and digits.csv (data.test may name optdigits.tes), .gz accepted";
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
    public Shape shape() {
        return SHAPE;
    }

    @Override
    public int classes() {
        return CLASSES;
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
            parse(file, pixels, labels);
            sources.add(file.source());
        }
        return new Dataset(
                "digits", SHAPE, CLASSES, NORMALISATION, sources, pixels.toByteArray(), labels.toByteArray());
    }

    private static void parse(DataFile file, ByteArrayOutputStream pixels, ByteArrayOutputStream labels) {
        byte[] text = file.readUpTo(LARGEST_TEXT_BYTES, "the rows");
        file.expectEnd("the rows");
        int before = labels.size();
        try (CSVParser rows =
                CSVParser.parse(new StringReader(new String(text, StandardCharsets.ISO_8859_1)), CSVFormat.RFC4180)) {
            for (CSVRecord row : rows) {
                if (row.size() != SHAPE.size() + 1) {
                    throw new DataFileException(
                            file.path(),
                            "row " + row.getRecordNumber() + " has " + row.size() + " values, 65 are needed");
                }
                for (int i = 0; i < SHAPE.size(); i++) {
                    pixels.write(value(file, row, i, FULL_SCALE, "pixel"));
                }
                labels.write(value(file, row, SHAPE.size(), CLASSES - 1, "label"));
            }
        } catch (IOException | UncheckedIOException e) {
            if (e instanceof DataFileException reported) {
                throw reported;
            }
            throw new DataFileException(file.path(), "is not comma-separated text (" + e.getMessage() + ")");
        }
        if (labels.size() == before) {
            throw new DataFileException(file.path(), "holds no rows");
        }
    }

    private static int value(DataFile file, CSVRecord row, int column, int largest, String what) {
        String text = row.get(column).strip();
        if (text.matches("[0-9]{1,3}") && Integer.parseInt(text) <= largest) {
            return Integer.parseInt(text);
        }
        String shown = text.length() > 20 ? text.substring(0, 20) + "..." : text;
        throw new DataFileException(
                file.path(),
                "row " + row.getRecordNumber() + ", column " + (column + 1) + ": " + what + " '" + shown
                        + "', allowed are integers 0-" + largest);
    }
}
