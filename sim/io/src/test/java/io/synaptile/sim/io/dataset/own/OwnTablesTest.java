/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetSplits;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.SplittableRandom;
import java.util.function.IntFunction;
import java.util.zip.GZIPOutputStream;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

class OwnTablesTest {
    @TempDir
    Path folder;

    private OwnRequest table(String... lines) throws IOException {
        write("mine.csv", lines);
        return OwnRequest.of("csv", folder, "mine.csv");
    }

    private void write(String name, String... lines) throws IOException {
        Files.writeString(folder.resolve(name), String.join("\n", lines) + "\n");
    }

    /** Rows of any width, in any dialect, with labels of any kind, keep values and labels. */
    @ParameterizedTest
    @ValueSource(longs = {1, 2, 3, 4, 5, 6, 7, 8, 9, 10, 11, 12})
    void samplesOfAnyWidthAndDialectKeepValuesAndLabels(long seed) throws IOException {
        SplittableRandom random = new SplittableRandom(seed);
        int samples = 20 + random.nextInt(30);
        int features = 2 + random.nextInt(6);
        int classes = 2 + random.nextInt(5);
        boolean words = random.nextBoolean();
        boolean header = random.nextBoolean();
        String[] dialect = new String[][] {{",", "."}, {";", ","}, {"\t", "."}, {";", "."}}[random.nextInt(4)];
        int place = header ? random.nextInt(features + 1) : features;
        List<String> lines = new ArrayList<>();
        if (header) {
            lines.add(joined(features, place, "kind", dialect[0], i -> "value " + (char) ('a' + i)));
        }
        for (int sample = 0; sample < samples; sample++) {
            String label = (words ? "kind " : "") + sample % classes;
            int number = sample;
            lines.add(
                    joined(features, place, label, dialect[0], i -> (number + "." + i + "5").replace(".", dialect[1])));
        }
        OwnRequest request = table(lines.toArray(String[]::new)).shared(0.3, seed);
        DatasetSplits splits = (header ? request.labelled("kind") : request).load();

        int[] seen = new int[samples];
        for (Dataset part : List.of(splits.train(), splits.test())) {
            for (int i = 0; i < part.size(); i++) {
                float[] row = part.images(i, 1);
                int sample = (int) row[0];
                seen[sample]++;
                assertThat(part.classNames().get(part.label(i)))
                        .as("seed %d, sample %d", seed, sample)
                        .isEqualTo((words ? "kind " : "") + sample % classes);
                for (int f = 0; f < features; f++) {
                    assertThat(row[f]).as("seed %d", seed).isEqualTo(Float.parseFloat(sample + "." + f + "5"));
                }
            }
        }
        assertThat(seen).as("seed %d", seed).containsOnly(1);
    }

    private static String joined(int features, int place, String label, String separator, IntFunction<String> cell) {
        List<String> cells = new ArrayList<>();
        for (int i = 0; i < features; i++) {
            cells.add(cell.apply(i));
        }
        cells.add(place, label);
        return String.join(separator, cells);
    }

    @Test
    void columnsOfATestTableAreFoundByName() throws IOException {
        write("test.csv", "b,class,a", "4,y,3");
        DatasetSplits splits = table("a,b,class", "1,2,x", "5,6,y")
                .labelled("Class")
                .tested("test.csv")
                .load();
        assertThat(splits.test().images(0, 1)).containsExactly(3, 4);
        assertThat(splits.test().label(0)).isEqualTo(1);
        assertThat(splits.files()).hasSize(2);
    }

    @Test
    void columnsThatAreIgnoredAreNoFeaturesAndMayHoldTexts() throws IOException {
        write("test.csv", "id,b,class,a,taken", "r3,4,y,3,tuesday");
        DatasetSplits splits = table("id,a,b,class,taken", "r1,1,2,x,monday", "r2,5,6,y,monday")
                .labelled("class")
                .ignoring("id", "Taken")
                .tested("test.csv")
                .load();
        assertThat(splits.train().shape().size()).isEqualTo(2);
        assertThat(splits.test().images(0, 1)).containsExactly(3, 4);
        assertThatThrownBy(() -> table("id,a,class", "1,1,x", "2,5,y")
                        .labelled("class")
                        .ignoring("idd")
                        .shared(0.5, 1)
                        .load())
                .isInstanceOf(DataFileException.class)
                .hasMessageContaining("idd");
    }

    @Test
    void theIndexOfADataFrameIsNoFeature() throws IOException {
        DatasetSplits splits = table(",a,b,label", "0,1,2,0.0", "1,3,4,1.0", "2,1,2,0.0", "3,1,2,1.0")
                .labelled("label")
                .shared(0.5, 1)
                .load();
        assertThat(splits.train().shape().size()).isEqualTo(2);
        assertThat(splits.train().classNames()).containsExactly("0", "1");
    }

    @Test
    void packedTablesAreRead() throws IOException {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (OutputStream gzip = new GZIPOutputStream(bytes)) {
            gzip.write("1,2,x\n3,4,y\n5,6,x\n7,8,y\n".getBytes(StandardCharsets.UTF_8));
        }
        Files.write(folder.resolve("mine.csv.gz"), bytes.toByteArray());
        assertThat(OwnRequest.of("csv", folder, "mine.csv.gz")
                        .shared(0.5, 1)
                        .load()
                        .test()
                        .size())
                .isEqualTo(2);
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "1,2,x;3,,y|, line 2, column 2: is empty",
                "1,2,x;3,nan,y|, line 2, column 2: must be a number, got 'nan'",
                "1,2,x;3,inf,y|, line 2, column 2: must be a number, got 'inf'",
                "1,2,x;3,1e300,y|, line 2, column 2: '1e300' is too large for a feature",
                "1,2,x;3,four,y|, line 2, column 2: must be a number, got 'four'",
                "1,2,x;3,4,|, line 2, column 3: the label is missing",
                "1,2,x;3,4|, line 2: has 2 cells, line 1 has 3",
                "1,2,x;3,4,y,5|, line 2: has 4 cells, line 1 has 3",
                "1,2,0;3,4,-1|: line 2, column 3: label -1 is outside the classes, allowed are whole numbers from 0 on",
                "1,2,0;3,4,2|: class 1 has no training samples; the labels reach from 0 to 2",
                "1,2,x;3,4,y|: comes without a test part; name one with the test files, or with the test share how much of"
                        + " it is set aside, for example 0.2",
                "x;y|, line 1: there is no row of numbers; the first line is 'x'"
            })
    void badCellsAreRefusedWithLineAndColumn(String lines, String finding) throws IOException {
        OwnRequest request = table(lines.split(";"));
        assertThatThrownBy(request::load)
                .isInstanceOf(DataFileException.class)
                .hasMessage(folder.resolve("mine.csv") + finding);
    }

    @Test
    void labelsOfATestTableAreThoseOfTheTrainingTable() throws IOException {
        write("test.csv", "1,2,setsa");
        OwnRequest request = table("1,2,setosa", "3,4,virginica");
        assertThatThrownBy(() -> request.tested("test.csv").load())
                .hasMessage(folder.resolve("test.csv")
                        + ": line 1, column 3: label 'setsa' is outside the classes, allowed are setosa, virginica; did you"
                        + " mean 'setosa'?");
    }

    @Test
    void tablesThatDoNotGoTogetherAreRefused() throws IOException {
        write("test.csv", "1,setosa");
        OwnRequest request = table("1,2,setosa", "3,4,virginica");
        assertThatThrownBy(() -> request.tested("test.csv").load())
                .hasMessage(folder.resolve("test.csv") + ": has 1 features, " + folder.resolve("mine.csv") + " has 2");
        write("test.csv", "a,c,class", "1,2,x");
        OwnRequest named = table("a,b,class", "1,2,x", "3,4,y").labelled("class");
        assertThatThrownBy(() -> named.tested("test.csv").load())
                .hasMessage(folder.resolve("test.csv") + ": has no column 'b', which " + folder.resolve("mine.csv")
                        + " has");
    }

    @Test
    void columnsThatAreMissingAreRefused() throws IOException {
        OwnRequest request =
                table("a,b,class", "1,2,x", "3,4,y").labelled("kind").shared(0.5, 1);
        assertThatThrownBy(request::load)
                .hasMessage(folder.resolve("mine.csv")
                        + ", line 1: there is no header with a column kind; the first line is 'a,b,class'");
        assertThatThrownBy(() -> table("class", "x", "y").labelled("class").load())
                .hasMessage(folder.resolve("mine.csv") + ": has no column beside that of the labels");
        assertThatThrownBy(() -> OwnRequest.of("csv", folder).load())
                .hasMessage("the training files must be the name of a table for data set csv, got none");
        assertThatThrownBy(() -> OwnRequest.of("csv", folder, "none.csv").load())
                .hasMessage(folder.resolve("none.csv") + ": no such file");
    }
}
