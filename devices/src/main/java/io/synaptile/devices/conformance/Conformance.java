/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import java.util.List;
import java.util.Map;

/**
 * Holds the parts of one kind against their contract. Every kind that a plug-in may provide has one.
 *
 * @param <P> what provides such a part
 */
@FunctionalInterface
public interface Conformance<P> {
    /**
     * Every check of a part.
     *
     * @param options that it is made with; empty for its defaults
     */
    List<Finding> check(P provider, Map<String, Object> options);
}
