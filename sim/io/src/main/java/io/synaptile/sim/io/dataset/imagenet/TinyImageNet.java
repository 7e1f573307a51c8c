/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.imagenet;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.dataset.DataLocation;
import io.synaptile.sim.io.dataset.Dataset;
import io.synaptile.sim.io.dataset.DatasetParts;
import io.synaptile.sim.io.dataset.DatasetReader;
import io.synaptile.sim.io.dataset.Normalisation;
import io.synaptile.sim.network.Shape;
import io.synaptile.text.message.Quoted;
import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/**
 * Tiny-ImageNet as it is unpacked: {@code wnids.txt} with the 200 classes in order, {@code train/WNID/images/*.JPEG}, and
 * {@code val/images/*.JPEG} with their classes in {@code val/val_annotations.txt}. The published test part has no labels;
 * the validation part takes its place.
 *
 * <p>Training images are in the order first image of every class, second image of every class and so on, so that any first or
 * last part of them holds all classes; within a class by the number in their name. Test images are in the order of the
 * annotations.
 *
 * <p>Source: the Tiny ImageNet challenge of Stanford's course CS231n, 2015, images of J. Deng et al., ImageNet, CVPR 2009.
 */
public final class TinyImageNet implements DatasetReader {
    private static final Shape SHAPE = new Shape(3, 64, 64);
    private static final int CLASSES = 200;
    private static final String FOLDER = "tiny-imagenet-200";
    private static final String CLASS_LIST = "wnids.txt";

    /** Forty times the longest list of the published set. */
    private static final long LARGEST_LIST_BYTES = 1 << 24;

    private static final Pattern WNID = Pattern.compile("n[0-9]{8}");
    private static final Pattern IMAGE = Pattern.compile("[A-Za-z0-9_-]+\\.(JPEG|jpeg|jpg|JPG)");

    private static final Normalisation NORMALISATION = new Normalisation(
            255,
            List.of(0.485f, 0.456f, 0.406f),
            List.of(0.229f, 0.224f, 0.225f),
            "the constants customary for ImageNet (training pixels)");

    @Override
    public String id() {
        return "tiny-imagenet";
    }

    @Override
    public String description() {
        return "Tiny-ImageNet, 3x64x64, 200 classes, as unpacked: " + String.join(", ", files());
    }

    @Override
    public List<String> files() {
        return List.of(CLASS_LIST, "train/*/images/*.JPEG", "val/val_annotations.txt", "val/images/*.JPEG");
    }

    @Override
    public String origin() {
        return "http://cs231n.stanford.edu/tiny-imagenet-200.zip";
    }

    @Override
    public Optional<DataForm> form() {
        return Optional.of(new DataForm(SHAPE, CLASSES));
    }

    @Override
    public double defaultValidationFraction() {
        return 0.1;
    }

    @Override
    public DatasetParts read(DataLocation location) {
        Path folder = location.folder(FOLDER, CLASS_LIST);
        Map<String, Integer> classes = classes(folder.resolve(CLASS_LIST));
        List<ImageFiles.Entry> train = training(folder, classes);
        List<ImageFiles.Entry> test = annotated(folder.resolve("val"), classes);
        return new DatasetParts(part(folder.resolve("train"), train), part(folder.resolve("val"), test));
    }

    private static Dataset part(Path folder, List<ImageFiles.Entry> entries) {
        ImageFiles images = ImageFiles.read(folder, entries, SHAPE);
        return new Dataset(
                "tiny-imagenet",
                SHAPE,
                CLASSES,
                NORMALISATION,
                List.of(images.source()),
                images.pixels(),
                images.labels());
    }

    private static Map<String, Integer> classes(Path list) {
        Map<String, Integer> classes = new HashMap<>();
        List<String> lines = lines(list);
        for (int i = 0; i < lines.size(); i++) {
            String wnid = lines.get(i).strip();
            if (!WNID.matcher(wnid).matches()) {
                throw new DataFileException(
                        list,
                        "line " + (i + 1) + ": " + Quoted.of(wnid) + " is not a class, which is n and eight digits");
            }
            if (classes.put(wnid, i) != null) {
                throw new DataFileException(list, "line " + (i + 1) + ": " + wnid + " is there twice");
            }
        }
        if (classes.size() != CLASSES) {
            throw new DataFileException(list, "lists " + classes.size() + " classes, Tiny-ImageNet has " + CLASSES);
        }
        return classes;
    }

    /** Images of one class, and how many of its images come before one. */
    private record Ranked(int rank, ImageFiles.Entry entry) {}

    private static List<ImageFiles.Entry> training(Path folder, Map<String, Integer> classes) {
        List<Ranked> all = new ArrayList<>();
        classes.forEach((wnid, label) -> {
            Path images = folder.resolve("train").resolve(wnid).resolve("images");
            List<Path> files = images(images);
            if (files.isEmpty()) {
                throw new DataFileException(images, "holds no images (*.JPEG) of class " + wnid);
            }
            for (int rank = 0; rank < files.size(); rank++) {
                all.add(new Ranked(rank, new ImageFiles.Entry(files.get(rank), label)));
            }
        });
        return all.stream()
                .sorted(Comparator.comparingInt(Ranked::rank)
                        .thenComparingInt(ranked -> ranked.entry().label()))
                .map(Ranked::entry)
                .toList();
    }

    /** Images of a folder; names of the same beginning are in the order of the number at their end. */
    private static List<Path> images(Path folder) {
        if (!Files.isDirectory(folder)) {
            throw new DataFileException(folder, "no such folder");
        }
        try (Stream<Path> files = Files.list(folder)) {
            return files.filter(file -> IMAGE.matcher(name(file)).matches())
                    .sorted(Comparator.comparingInt((Path file) -> name(file).length())
                            .thenComparing(TinyImageNet::name))
                    .toList();
        } catch (IOException e) {
            throw new DataFileException(folder, e);
        }
    }

    private static String name(Path file) {
        return file.getFileName().toString();
    }

    private static List<ImageFiles.Entry> annotated(Path folder, Map<String, Integer> classes) {
        Path annotations = folder.resolve("val_annotations.txt");
        List<ImageFiles.Entry> entries = new ArrayList<>();
        List<String> lines = lines(annotations);
        for (int i = 0; i < lines.size(); i++) {
            String[] columns = lines.get(i).split("\t", -1);
            if (columns.length < 2 || !IMAGE.matcher(columns[0]).matches()) {
                throw new DataFileException(
                        annotations, "line " + (i + 1) + ": must begin with the name of an image, a tab and a class");
            }
            Integer label = classes.get(columns[1]);
            if (label == null) {
                throw new DataFileException(
                        annotations,
                        "line " + (i + 1) + ": class " + Quoted.of(columns[1]) + " is not one of " + CLASS_LIST);
            }
            entries.add(new ImageFiles.Entry(folder.resolve("images").resolve(columns[0]), label));
        }
        if (entries.isEmpty()) {
            throw new DataFileException(annotations, "names no images");
        }
        return entries;
    }

    private static List<String> lines(Path file) {
        try {
            long bytes = Files.size(file);
            if (bytes > LARGEST_LIST_BYTES) {
                throw new DataFileException(
                        file, "has " + bytes + " bytes, at most " + LARGEST_LIST_BYTES + " are read");
            }
            return Files.readAllLines(file);
        } catch (CharacterCodingException e) {
            throw new DataFileException(file, "not a text file in UTF-8");
        } catch (IOException e) {
            throw new DataFileException(file, e);
        }
    }
}
