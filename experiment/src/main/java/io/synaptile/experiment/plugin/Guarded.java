/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

/**
 * A provider of a plug-in behind a guard, which is one of the same kind.
 *
 * @param <P> kind of the provider
 */
interface Guarded<P> {
    /** The provider as its author wrote it. */
    P provider();

    /** A provider without its guard; itself if it has none. */
    @SuppressWarnings("unchecked") // a guard is of the kind of what it guards
    static <P> P unguarded(P provider) {
        return provider instanceof Guarded<?> guarded ? (P) guarded.provider() : provider;
    }
}
