/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.validate;

import io.synaptile.devices.validation.ReferenceCase;
import io.synaptile.devices.validation.ReferenceTable;
import io.synaptile.sim.io.DataFileException;
import io.synaptile.text.table.TableException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Consumer;

/**
 * Every family's outcome.
 *
 * @param families in report order
 */
public record Validation(List<FamilyResult> families) {
    public Validation {
        families = List.copyOf(families);
    }

    /** Recomputes the cases that are part of the product. */
    public static Validation ofIncluded() {
        List<FamilyResult> results = new ArrayList<>();
        for (Family family : Families.all()) {
            results.add(result(family, Path.of(family.fileName()), ReferenceTable.included(family.fileName())));
        }
        return new Validation(results);
    }

    /**
     * Recomputes the cases of a folder; families of which it has no file are left out.
     *
     * @param notices told what a file was taken for, where that had to be found out
     * @throws DataFileException if the folder has no file of cases, or one cannot be read, naming line and column
     */
    public static Validation of(Path folder, Consumer<String> notices) {
        if (!Files.isDirectory(folder)) {
            throw new DataFileException(folder, "is not a folder");
        }
        List<FamilyResult> results = new ArrayList<>();
        for (Family family : Families.all()) {
            Path file = folder.resolve(family.fileName());
            if (Files.exists(file)) {
                results.add(result(family, file, read(file, notices)));
            }
        }
        if (results.isEmpty()) {
            throw new DataFileException(
                    folder,
                    "has none of the files "
                            + String.join(
                                    ", ",
                                    Families.all().stream()
                                            .map(Family::fileName)
                                            .distinct()
                                            .toList()));
        }
        return new Validation(results);
    }

    private static List<ReferenceCase> read(Path file, Consumer<String> notices) {
        try {
            return ReferenceTable.read(file, notices);
        } catch (TableException e) {
            throw DataFileException.ofTable(file, e);
        }
    }

    private static FamilyResult result(Family family, Path file, List<ReferenceCase> rows) {
        if (rows.isEmpty()) {
            throw new DataFileException(file, "has no cases");
        }
        try {
            return new FamilyResult(family, family.recomputation().checks(rows));
        } catch (IllegalArgumentException e) {
            throw new DataFileException(file, e.getMessage());
        }
    }

    /** Cases that passed, over the families that can fail. */
    public int passed() {
        return families.stream()
                .filter(result -> result.family().counted())
                .mapToInt(FamilyResult::passed)
                .sum();
    }

    /** Cases that failed. */
    public int failed() {
        return families.stream()
                .filter(result -> result.family().counted())
                .mapToInt(FamilyResult::failed)
                .sum();
    }
}
