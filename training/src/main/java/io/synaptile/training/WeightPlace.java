/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training;

/** Where a training quantises, varies and updates its weights. */
public enum WeightPlace {
    /** Where the passes are computed: weights and gradients stay there. */
    DEVICE("device"),
    /** In this process, which sends effective weights to the backend and gets gradients back. */
    HOST("host");

    private final String id;

    WeightPlace(String id) {
        this.id = id;
    }

    /** Name in run records. */
    public String id() {
        return id;
    }
}
