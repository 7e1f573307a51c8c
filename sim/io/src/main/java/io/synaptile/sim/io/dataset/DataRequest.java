/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset;

import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.OptionalDouble;

/**
 * What is wanted of a data set. The environment is handed in, so that nothing below reads it.
 *
 * @param set name of the data set
 * @param dir the folder; if present nothing else is searched
 * @param environmentDir folder that the environment names
 * @param fallbackDirs folders searched last, for example the embedded data of the examples
 * @param train training files: names in those folders or absolute; empty for the published names
 * @param test test files, likewise
 * @param validation fraction of the training part; empty for the set's own
 * @param normalisation which constants images are normalised with
 * @param own what files of a user's own leave open; not looked at for published sets
 */
public record DataRequest(
        String set,
        Optional<Path> dir,
        Optional<Path> environmentDir,
        List<Path> fallbackDirs,
        List<String> train,
        List<String> test,
        OptionalDouble validation,
        NormalisationChoice normalisation,
        OwnData own) {
    public DataRequest {
        fallbackDirs = List.copyOf(fallbackDirs);
        train = List.copyOf(train);
        test = List.copyOf(test);
    }

    /** A published set with its own constants. */
    public DataRequest(
            String set,
            Optional<Path> dir,
            Optional<Path> environmentDir,
            List<Path> fallbackDirs,
            List<String> train,
            List<String> test,
            OptionalDouble validation) {
        this(
                set,
                dir,
                environmentDir,
                fallbackDirs,
                train,
                test,
                validation,
                new NormalisationChoice.Usual(),
                OwnData.NOTHING_SAID);
    }

    /** A set with its published files and its own validation fraction. */
    public static DataRequest of(String set, Path dir) {
        return new DataRequest(
                set, Optional.of(dir), Optional.empty(), List.of(), List.of(), List.of(), OptionalDouble.empty());
    }
}
