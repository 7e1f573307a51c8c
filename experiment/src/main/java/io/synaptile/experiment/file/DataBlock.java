/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.text.message.Quoted;
import java.util.List;

/** Block {@code data}. Sample limits of 0 mean all samples. */
public record DataBlock(
        @Key("Name of the data set: digits, mnist, fashion-mnist, cifar10, cifar100 or tiny-imagenet.")
        String set,

        @Key(
                value =
                        "Folder of the data files, relative to the experiment file; if empty the environment variable SYNAPTILE_DATA, then the included copies.",
                otherwise = "''",
                hashed = false)
        String dir,

        @Key(value = "Files of the training part, if they have names of their own.", otherwise = "[]")
        List<String> train,

        @Key(value = "Files of the test part, if they have names of their own.", otherwise = "[]")
        List<String> test,

        @Key(value = "Images per training batch.", otherwise = "64", range = "[1, inf)")
        int batch,

        @Key(
                value = "Last part of the training images that is held out; the best epoch is chosen on it.",
                otherwise = "0.2",
                range = "[0, 1)",
                unit = "fraction")
        double validation,

        @Key(
                value = "Training images used, validation included, from the beginning of the file.",
                otherwise = "all",
                range = "[0, inf)",
                zero = "all")
        int trainSamples,

        @Key(
                value = "Test images used for the software accuracy, from the beginning of the file.",
                otherwise = "all",
                range = "[0, inf)",
                zero = "all")
        int testSamples,

        @Key("Random changes to training images.") Augment augment) {

    /** Block {@code data.augment}. */
    public record Augment(
            @Key(
                    value = "Zeros added on each side before a random crop back to the image's size.",
                    otherwise = "0",
                    range = "[0, 64]",
                    unit = "pixels")
            int crop,

            @Key(value = "Mirror half of the images left to right.", otherwise = "false")
            boolean flip) {
        public Augment {
            Interval.check("crop", crop, "[0, 64]");
        }
    }

    public DataBlock {
        train = List.copyOf(train);
        test = List.copyOf(test);
        checkNames("train", train);
        checkNames("test", test);
        Interval.check("batch", batch, "[1, inf)");
        Interval.check("validation", validation, "[0, 1)");
        Interval.check("train_samples", trainSamples, "[0, inf)");
        Interval.check("test_samples", testSamples, "[0, inf)");
    }

    /** The same block with another folder of the files. */
    public DataBlock in(String folder) {
        return new DataBlock(set, folder, train, test, batch, validation, trainSamples, testSamples, augment);
    }

    private static void checkNames(String key, List<String> names) {
        for (String name : names) {
            if (name.isBlank() || name.indexOf('\0') >= 0) {
                throw new InvalidSetting(key, "must be names of files, got " + Quoted.of(name));
            }
        }
    }
}
