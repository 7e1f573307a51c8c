/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import java.util.concurrent.Callable;
import java.util.function.Supplier;

/**
 * The outcome of one check.
 *
 * @param check what is demanded, as it is printed: "programming repeats with the same generator"
 * @param detail what was found instead; empty where the check passed
 */
public record Finding(String check, String detail) {
    /**
     * What a check says; whatever it throws counts as found.
     *
     * @param body gives the detail
     */
    public static Finding of(String check, Callable<String> body) {
        try {
            return new Finding(check, body.call());
        } catch (Exception | LinkageError | AssertionError | StackOverflowError e) {
            return new Finding(check, "threw " + e);
        }
    }

    /** What the check of a model's name says, which is there and stays. */
    static Finding ofId(Supplier<String> name) {
        return of("id is there and stays", () -> {
            String id = name.get();
            return id != null && !id.isBlank() && id.equals(name.get()) ? "" : "is '" + id + "'";
        });
    }

    /** Whether nothing was wrong. */
    public boolean passed() {
        return detail.isEmpty();
    }
}
