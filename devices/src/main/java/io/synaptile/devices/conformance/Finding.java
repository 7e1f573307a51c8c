/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

/**
 * The outcome of one check.
 *
 * @param check what is demanded, as it is printed: "programming repeats with the same generator"
 * @param detail what was found instead; empty where the check passed
 */
public record Finding(String check, String detail) {
    /** Whether nothing was wrong. */
    public boolean passed() {
        return detail.isEmpty();
    }
}
