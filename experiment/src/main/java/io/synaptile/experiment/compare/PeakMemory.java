/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.compare;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;

/** Largest resident memory of this process, where Linux tells. */
final class PeakMemory {
    private static final Path STATUS = Path.of("/proc/self/status");
    private static final Path CLEAR = Path.of("/proc/self/clear_refs");
    private static final String RESET_PEAK = "5";
    private static final String PEAK = "VmHWM:";
    private static final double KIBIBYTES = 1024;

    private PeakMemory() {}

    /** Forgets the largest so far; where that is not allowed, {@link #mebibytes} goes back further. */
    static void reset() {
        try {
            Files.writeString(CLEAR, RESET_PEAK);
        } catch (IOException e) {
            // Not Linux, or the file belongs to another user.
        }
    }

    /** Largest since the reset, NaN where the system does not tell. */
    static double mebibytes() {
        try {
            return Files.readAllLines(STATUS).stream()
                    .filter(line -> line.startsWith(PEAK))
                    .mapToDouble(line -> Double.parseDouble(line.replaceAll("\\D", "")) / KIBIBYTES)
                    .findFirst()
                    .orElse(Double.NaN);
        } catch (IOException e) {
            return Double.NaN;
        }
    }
}
