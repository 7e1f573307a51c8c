/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fit;

import io.synaptile.sim.io.DataFileException;
import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStream;
import java.io.InputStreamReader;
import java.nio.charset.CharacterCodingException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.zip.GZIPInputStream;

/** A text file of measured numbers, packed with gzip where its name ends with {@code .gz}. */
final class MeasuredLines {
    private static final int MOST = 20_000_000;

    private final Path file;

    /** One line. */
    record Line(int number, String text) {}

    MeasuredLines(Path file) {
        this.file = file;
    }

    /** All lines that say something; those that begin with {@code #} do not. */
    List<Line> read() {
        if (!Files.isRegularFile(file)) {
            throw new IllegalArgumentException(
                    file + (Files.isDirectory(file) ? ": is a folder, not a file" : ": no such file"));
        }
        List<Line> lines = new ArrayList<>();
        boolean packed = file.getFileName().toString().endsWith(".gz");
        try (InputStream in = Files.newInputStream(file);
                InputStream plain = packed ? new GZIPInputStream(in) : in;
                BufferedReader reader =
                        new BufferedReader(new InputStreamReader(plain, StandardCharsets.UTF_8.newDecoder()))) {
            int number = 0;
            for (String text = reader.readLine(); text != null; text = reader.readLine()) {
                number++;
                if (!text.isBlank() && text.charAt(0) != '#') {
                    lines.add(new Line(number, text.strip()));
                }
                if (number > MOST) {
                    throw new IllegalArgumentException(file + ": has more than " + MOST + " lines");
                }
            }
        } catch (CharacterCodingException e) {
            throw new IllegalArgumentException(file + ": is not a text file in UTF-8", e);
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
        if (lines.isEmpty()) {
            throw new IllegalArgumentException(file + ": has no lines");
        }
        return lines;
    }

    /** Text of the first line that says something. */
    String first() {
        return read().getFirst().text();
    }

    IllegalArgumentException problem(Line line, String problem) {
        return new IllegalArgumentException(file + ", line " + line.number() + ": " + problem);
    }

    IllegalArgumentException problem(String problem) {
        return new IllegalArgumentException(file + ": " + problem);
    }

    /** Finite numbers of a line. */
    double[] numbers(Line line, String[] fields) {
        double[] values = new double[fields.length];
        for (int i = 0; i < fields.length; i++) {
            try {
                values[i] = Double.parseDouble(fields[i].strip());
            } catch (NumberFormatException e) {
                throw new IllegalArgumentException(
                        file + ", line " + line.number() + ": column " + (i + 1) + " must be a number, got '"
                                + fields[i].strip() + "'",
                        e);
            }
            if (!Double.isFinite(values[i])) {
                throw problem(line, "column " + (i + 1) + " must be finite, got " + fields[i].strip());
            }
        }
        return values;
    }
}
