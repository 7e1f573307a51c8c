/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.folder;

/** Where a run begins. */
public enum Start {
    /** At the first epoch, whatever an earlier run into the same place has left. */
    ANEW,

    /** At the last checkpoint of a run into the same place that was stopped. */
    RESUMED
}
