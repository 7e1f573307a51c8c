/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.Sha256;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.sim.io.dataset.OwnData;
import io.synaptile.sim.io.dataset.RawValues;
import io.synaptile.sim.io.dataset.SourceFile;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.limit.FileLimit;
import io.synaptile.text.message.Sentence;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Arrays;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.IntStream;

/**
 * Reads pictures that are all of one size, on all cores.
 *
 * @param model the picture that the others must be like
 * @param shape of every picture
 * @param asked channels that the user has named; empty where every picture must have those of the model
 */
record Pictures(Path model, Shape shape, Optional<OwnData.Channels> asked) {
    /** Pictures of the size of the first one, with its channels unless others are asked for. */
    static Pictures like(Path first, Optional<OwnData.Channels> asked) {
        Picture picture = Picture.decode(first, bytes(first));
        int channels = asked.map(OwnData.Channels::count).orElse(picture.channels());
        return new Pictures(first, new Shape(channels, picture.height(), picture.width()), asked);
    }

    /**
     * Reads pictures.
     *
     * @param labels the class of each
     * @throws DataFileException naming the first file, in the order given, that is damaged or unlike the model
     */
    OwnSamples read(Path folder, List<Path> files, List<String> labels) {
        OwnSamples.requireRoom(folder, files.size(), shape);
        DataFileException.refuseAbove(FileLimit.current(), folder, (long) files.size() * shape.size());
        byte[] values = new byte[files.size() * shape.size()];
        String[] lines = new String[files.size()];
        DataFileException[] refused = new DataFileException[files.size()];
        IntStream.range(0, files.size()).parallel().forEach(i -> {
            Path file = files.get(i);
            try {
                byte[] bytes = bytes(file);
                Picture picture = Picture.decode(file, bytes);
                requireAlike(file, picture);
                picture.write(shape.channels(), values, i * shape.size());
                lines[i] = labels.get(i) + "/" + file.getFileName() + " " + Sha256.of(bytes) + "\n";
            } catch (DataFileException e) {
                refused[i] = e;
            }
        });
        Arrays.stream(refused).filter(Objects::nonNull).findFirst().ifPresent(first -> {
            throw first;
        });
        Sha256 all = new Sha256();
        for (String line : lines) {
            all.add(line.getBytes(StandardCharsets.UTF_8));
        }
        return new OwnSamples(
                folder,
                new SourceFile(folder.toAbsolutePath().normalize(), all.hex()),
                shape,
                new RawValues.Bytes(values),
                labels,
                sample -> files.get(sample).toString());
    }

    private void requireAlike(Path file, Picture picture) {
        if (picture.width() != shape.width() || picture.height() != shape.height()) {
            throw new DataFileException(
                    file,
                    "is " + picture.width() + "x" + picture.height() + " pixels, " + model + " is " + shape.width()
                            + "x" + shape.height() + "; pictures must be of one size");
        }
        if (asked.isEmpty() && picture.channels() != shape.channels()) {
            throw new DataFileException(
                    file,
                    Sentence.of(
                            "is " + colour(picture.channels()) + ", " + model + " is " + colour(shape.channels())
                                    + "; ",
                            DataProperty.CHANNELS,
                            " gray or rgb makes them alike"));
        }
    }

    private static String colour(int channels) {
        return channels == 1 ? "gray" : "in colour";
    }

    private static byte[] bytes(Path file) {
        try {
            DataFileException.refuseAbove(FileLimit.current(), file, Files.size(file));
            return Files.readAllBytes(file);
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }
}
