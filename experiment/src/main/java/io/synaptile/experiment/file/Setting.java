/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import io.synaptile.text.message.Quoted;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/** What was written, before its meaning is known, and where. */
sealed interface Setting {
    Origin origin();

    /** How an error message names what was written. */
    String describe();

    /** Where something was written: a line of a file, or the command line (line 0). */
    record Origin(String file, int line) {
        /** Whether a person wrote it, in a file or on the command line; manifests are read without lines. */
        boolean isWritten() {
            return line > 0 || file.equals(ExperimentFile.COMMAND_LINE);
        }

        ConfigException problem(String key, String message) {
            return new ConfigException(file, line, key, message);
        }

        /** The place as it opens a line for the user. */
        String place() {
            return file + (line > 0 ? ":" + line : "") + ": ";
        }
    }

    /** Keys and values in the order they were written; the map may be changed while overrides are applied. */
    record Block(Map<String, Setting> entries, Origin origin) implements Setting {
        static Block empty(Origin origin) {
            return new Block(new LinkedHashMap<>(), origin);
        }

        @Override
        public String describe() {
            return "a block";
        }
    }

    /** A list. */
    record Sequence(List<Setting> items, Origin origin) implements Setting {
        @Override
        public String describe() {
            return "a list";
        }
    }

    /** A single value: Boolean, Long, Double, String, or null for nothing; {@code text} as written. */
    record Scalar(Object value, String text, Origin origin) implements Setting {
        @Override
        public String describe() {
            return value == null ? "nothing" : value instanceof String ? Quoted.of(text) : Quoted.bare(text);
        }
    }
}
