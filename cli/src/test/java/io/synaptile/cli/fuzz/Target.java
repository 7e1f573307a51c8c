/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.cli.fuzz;

import io.synaptile.cli.CommandOutcome;
import java.nio.file.Path;
import java.util.List;
import java.util.function.UnaryOperator;

/**
 * A reader of the product, with good files of its format.
 *
 * @param name of the format
 * @param seeds good files, which the reader accepts
 * @param ending of the name under which a damaged file is given to the reader
 * @param sealing corrects the checksum that a damaged file carries
 * @param reading gives a file to the reader
 */
record Target(String name, List<byte[]> seeds, String ending, UnaryOperator<byte[]> sealing, Reading reading) {
    /** Of a format without a checksum, or with one that stays as the damage has left it. */
    Target(String name, List<byte[]> seeds, String ending, Reading reading) {
        this(name, seeds, ending, UnaryOperator.identity(), reading);
    }

    /** One call of a reader. */
    @FunctionalInterface
    interface Reading {
        /**
         * Reads a file.
         *
         * @return what a command line with this file does
         * @throws Exception what the command line would report
         */
        CommandOutcome read(Path file) throws Exception;
    }

    /** What a command does that has read a file and prints what is in it. */
    static CommandOutcome printing(Object content) {
        return new CommandOutcome(0, String.valueOf(content), "");
    }
}
