/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.text.limit;

import io.synaptile.text.message.Quoted;
import java.util.Optional;

/**
 * How many bytes of one file are held in memory, counted as it unpacks to: what the environment variable
 * {@value #VARIABLE} says, else 1,024 MiB but at most a quarter of the heap. Readers ask before they allocate.
 *
 * @param bytes most that are held
 * @param origin why it is that many, for messages
 */
public record FileLimit(long bytes, String origin) {
    /** Environment variable that sets the limit, MiB. */
    public static final String VARIABLE = "SYNAPTILE_MAX_FILE_MB";

    private static final long DEFAULT_MEBIBYTES = 1024;
    private static final long LARGEST_MEBIBYTES = 1 << 20;
    private static final int PART_OF_HEAP = 4;

    /**
     * The limit of this process.
     *
     * @throws IllegalArgumentException if the environment variable is no number of MiB
     */
    public static FileLimit current() {
        return of(System.getenv(VARIABLE), Runtime.getRuntime().maxMemory());
    }

    /**
     * @param set value of the environment variable, or null
     * @param heapBytes largest size of the heap
     */
    static FileLimit of(String set, long heapBytes) {
        if (set != null && !set.isBlank()) {
            return new FileLimit(mebibytes(set.strip()) << 20, VARIABLE);
        }
        long ofHeap = heapBytes / PART_OF_HEAP;
        return DEFAULT_MEBIBYTES << 20 <= ofHeap
                ? new FileLimit(DEFAULT_MEBIBYTES << 20, VARIABLE + " is not set")
                : new FileLimit(ofHeap, "a quarter of the heap, as " + VARIABLE + " is not set");
    }

    private static long mebibytes(String set) {
        if (!set.matches("[0-9]{1,7}") || Long.parseLong(set) < 1 || Long.parseLong(set) > LARGEST_MEBIBYTES) {
            throw new IllegalArgumentException("the environment variable " + VARIABLE
                    + " must be a whole number of MiB from 1 to " + LARGEST_MEBIBYTES + ", got " + Quoted.of(set));
        }
        return Long.parseLong(set);
    }

    /** The same, but at least as much as the reader knows to be right. */
    public FileLimit atLeast(long known) {
        return known > bytes ? new FileLimit(known, "what is due here") : this;
    }

    /**
     * Why that much is not read; empty if it is.
     *
     * @param stated bytes that a file has or would unpack to
     * @return continues a sentence that begins with the file
     */
    public Optional<String> refusal(long stated) {
        return refusal("holds", stated);
    }

    /**
     * As {@link #refusal(long)}, for a part of a file.
     *
     * @param takes what comes before the number of bytes, for example {@code its header takes}
     */
    public Optional<String> refusal(String takes, long stated) {
        return stated <= bytes ? Optional.empty() : Optional.of(takes + " " + stated + " bytes" + allowed(stated));
    }

    /** As {@link #refusal}, for a file that unpacks to more than the limit and does not say how much. */
    public String overrun() {
        return "unpacks to more than " + bytes + " bytes" + allowed(2 * bytes);
    }

    private String allowed(long needed) {
        long enough = Math.min(LARGEST_MEBIBYTES, Math.ceilDiv(needed, 1L << 20));
        return ", at most " + bytes + " are read (" + origin + "); if it is right, set the environment variable "
                + VARIABLE + "=" + enough;
    }
}
