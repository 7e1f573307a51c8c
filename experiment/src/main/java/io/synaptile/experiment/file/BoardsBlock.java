/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.file;

import java.util.Collections;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;

/**
 * Block {@code hardware.boards}.
 *
 * @param arrays addresses, by a layer or, as {@code layer.row.column}, by one of its tiles
 */
public record BoardsBlock(
        @Key(
                value =
                        "Where the arrays of a layer are, by its name: grpc://host:port/array or grpcs://host:port/array, or simulated for arrays"
                                + " of this process behind the same interface. A layer of several tiles takes the arrays of the board from the"
                                + " named one on; layer.0.1 is its tile in row 0 and column 1 alone. All other arrays are simulated as usual.",
                name = Key.OPTIONS)
        Map<String, Object> arrays,

        @Key(
                value = "Whether every board measures and corrects its columns after its arrays are programmed.",
                otherwise = "false",
                addedLater = true)
        boolean calibrate,

        @Key(
                value = "Time after which a call is given up, and made again as often as retries says.",
                otherwise = "60",
                range = "(0, 86400]",
                unit = "s",
                hashed = false,
                addedLater = true)
        double deadlineS,

        @Key(
                value =
                        "How often a call that may succeed later is made again; the pause before it begins with a second and doubles.",
                otherwise = "5",
                range = "[0, 20]",
                hashed = false,
                addedLater = true)
        int retries,

        @Key(
                value = "File that every call and its answer are written to, relative to where the command is run.",
                otherwise = "none",
                hashed = false,
                addedLater = true)
        String record,

        @Key(
                value =
                        "File of an earlier recording that answers instead of the boards, relative to where the command is run.",
                otherwise = "none",
                hashed = false,
                addedLater = true)
        String replay,

        @Key(
                value = "Certificates in PEM form that sign those of boards with grpcs; none for those of the machine.",
                otherwise = "none",
                hashed = false,
                addedLater = true)
        String certificates) {
    /** Word for arrays of this process behind the interface of a board. */
    public static final String SIMULATED = "simulated";

    private static final String NONE = "none";

    public BoardsBlock {
        arrays = Collections.unmodifiableMap(new TreeMap<>(arrays));
        Interval.check("deadline_s", deadlineS, "(0, 86400]");
        Interval.check("retries", retries, "[0, 20]");
        if (!record.equals(NONE) && !replay.equals(NONE)) {
            throw new InvalidSetting("replay", "must be none where record names a file, got '" + replay + "'");
        }
        arrays.forEach((name, address) -> {
            if (!(address instanceof String)) {
                throw new InvalidSetting(
                        name, "must be the address of an array or '" + SIMULATED + "', got " + address);
            }
        });
    }

    /** The address of a layer or tile that has one. */
    public String address(String name) {
        return (String) arrays.get(name);
    }

    /** The file of {@link #record}; empty for none. */
    public Optional<String> recorded() {
        return Optional.of(record).filter(name -> !name.equals(NONE));
    }

    /** The file of {@link #replay}; empty for none. */
    public Optional<String> replayed() {
        return Optional.of(replay).filter(name -> !name.equals(NONE));
    }

    /** The file of {@link #certificates}; empty for none. */
    public Optional<String> trusted() {
        return Optional.of(certificates).filter(name -> !name.equals(NONE));
    }
}
