/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.own;

import io.synaptile.sim.io.DataFileException;
import io.synaptile.sim.io.dataset.DataProperty;
import io.synaptile.text.message.Quoted;
import io.synaptile.text.message.Sentence;
import io.synaptile.text.message.Spelling;
import java.util.ArrayList;
import java.util.Collection;
import java.util.Collections;
import java.util.Comparator;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.OptionalInt;
import java.util.TreeMap;
import java.util.TreeSet;
import java.util.regex.Pattern;

/**
 * The classes of a training part: whole numbers that count from 0 or from 1 without gaps, or names. Names are numbered in the
 * order of their characters, names that are all whole numbers in the order of these.
 *
 * @param names of the classes, in the order of their numbers
 */
record OwnClasses(List<String> names) {
    private static final Pattern WHOLE = Pattern.compile("-?[0-9]{1,9}");
    /** Names of classes that a message lists. */
    private static final int MOST_LISTED = 8;

    OwnClasses {
        names = List.copyOf(names);
    }

    /** Classes that are told apart by their names, numbers or not. */
    static OwnClasses named(Collection<String> names) {
        boolean numbers = names.stream().allMatch(OwnClasses::isWhole);
        Comparator<String> order = numbers
                ? Comparator.<String>comparingInt(Integer::parseInt).thenComparing(Comparator.naturalOrder())
                : Comparator.naturalOrder();
        return new OwnClasses(new TreeSet<>(names).stream().sorted(order).toList());
    }

    /**
     * The classes of the labels of a training part.
     *
     * @param declared number of classes that the user has named
     * @throws DataFileException naming file and row, if a label is none of the classes or a class has no samples
     */
    static OwnClasses of(OwnSamples training, OptionalInt declared) {
        return training.labels().stream().allMatch(OwnClasses::isWhole)
                ? ofNumbers(training, declared)
                : ofNames(training, declared);
    }

    private static OwnClasses ofNumbers(OwnSamples training, OptionalInt declared) {
        Map<Integer, Integer> firsts = new TreeMap<>();
        for (int i = 0; i < training.size(); i++) {
            firsts.putIfAbsent(Integer.parseInt(training.labels().get(i)), i);
        }
        int smallest = Collections.min(firsts.keySet());
        int largest = Collections.max(firsts.keySet());
        int base = smallest == 1 && (declared.isEmpty() || largest == declared.getAsInt()) ? 1 : 0;
        int count = declared.orElse(largest - base + 1);
        firsts.forEach((label, sample) -> {
            if (label < base || label >= base + count) {
                throw training.refused(
                        sample,
                        Sentence.of(
                                "label " + label + " is outside the classes, allowed are "
                                        + (declared.isPresent()
                                                ? base + "-" + (base + count - 1) + " ("
                                                : "whole numbers from 0 on"),
                                declared.isPresent() ? DataProperty.CLASSES : "",
                                declared.isPresent() ? " " + count + ")" : ""));
            }
        });
        for (int label = base; label < base + count; label++) {
            if (!firsts.containsKey(label)) {
                throw new DataFileException(
                        training.file(),
                        Sentence.of(
                                "class " + label + " has no training samples; the labels reach from " + smallest
                                        + " to " + largest,
                                declared.isPresent() ? ", and " : "",
                                declared.isPresent() ? DataProperty.CLASSES : "",
                                declared.isPresent() ? " is " + count : ""));
            }
        }
        List<String> names = new ArrayList<>();
        for (int label = base; label < base + count; label++) {
            names.add(Integer.toString(label));
        }
        return new OwnClasses(names);
    }

    private static OwnClasses ofNames(OwnSamples training, OptionalInt declared) {
        OwnClasses found = named(training.labels());
        found.require(training, declared);
        return found;
    }

    /**
     * What the classes are called.
     *
     * @param given names of classes whose labels are numbers, in their order; empty for these numbers
     * @throws DataFileException if labels are no numbers, or there are not as many names as classes
     */
    List<String> called(OwnSamples samples, List<String> given) {
        if (given.isEmpty()) {
            return names;
        }
        if (!names.stream().allMatch(OwnClasses::isWhole)) {
            throw new DataFileException(
                    samples.file(),
                    Sentence.of(
                            "has labels that are names, " + list() + "; ",
                            DataProperty.CLASS_NAMES,
                            " is for labels that are numbers"));
        }
        if (given.size() != names.size()) {
            throw new DataFileException(
                    samples.file(),
                    Sentence.of(
                            "has " + names.size() + " classes, " + list() + ", and ",
                            DataProperty.CLASS_NAMES,
                            " names " + given.size()));
        }
        return given;
    }

    /**
     * Refuses another number of classes than the user has named.
     *
     * @throws DataFileException listing the classes there are
     */
    void require(OwnSamples training, OptionalInt declared) {
        if (declared.isPresent() && declared.getAsInt() != names.size()) {
            throw new DataFileException(
                    training.file(),
                    Sentence.of(
                            "has " + names.size() + " classes (" + list() + "), and ",
                            DataProperty.CLASSES,
                            " is " + declared.getAsInt()));
        }
    }

    private static boolean isWhole(String label) {
        return WHOLE.matcher(label).matches();
    }

    /**
     * The class of every sample.
     *
     * @throws DataFileException naming file and row of the first label that is none of the classes
     */
    int[] numbers(OwnSamples samples) {
        Map<String, Integer> known = new HashMap<>();
        for (int i = 0; i < names.size(); i++) {
            known.put(names.get(i), i);
        }
        int[] numbers = new int[samples.size()];
        for (int i = 0; i < numbers.length; i++) {
            String label = samples.labels().get(i);
            Integer number = known.get(label);
            if (number == null && isWhole(label)) {
                // 007 is 7 where classes are numbers.
                number = known.get(Integer.toString(Integer.parseInt(label)));
            }
            if (number == null) {
                String meant = isWhole(label)
                        ? ""
                        : Spelling.nearest(label, names)
                                .map(near -> "; did you mean " + Quoted.of(near) + "?")
                                .orElse("");
                throw samples.refused(
                        i, "label " + Quoted.of(label) + " is outside the classes, allowed are " + list() + meant);
            }
            numbers[i] = number;
        }
        return numbers;
    }

    private String list() {
        List<String> shown = names.stream().map(Quoted::bare).limit(MOST_LISTED).toList();
        return String.join(", ", shown) + (names.size() > MOST_LISTED ? ", ... " + Quoted.bare(names.getLast()) : "");
    }
}
