/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.validation;

/**
 * A published number beside ours; compared as a ratio, for none of them states all its inputs.
 *
 * @param name what was measured or modelled, by whom
 * @param quantity what is compared, with its unit
 * @param published as printed
 * @param ours under the stated assumptions
 * @param assumptions what of ours is not in the source
 */
public record Anchor(String name, String quantity, double published, double ours, String assumptions) {
    /** Ours over the published number. */
    public double ratio() {
        return ours / published;
    }
}
