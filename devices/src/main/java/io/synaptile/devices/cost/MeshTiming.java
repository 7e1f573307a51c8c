/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

/**
 * Time that events take between chip tiles.
 *
 * <pre>
 *   t = bits / bits per ns + hops t_hop
 * </pre>
 *
 * @param hopNanoseconds t_hop of one router and link
 * @param bitsPerNanosecond width of a link times its clock
 * @param source where they come from
 */
public record MeshTiming(double hopNanoseconds, double bitsPerNanosecond, String source) {
    /** Routers of 32-bit flits at 1 GHz, one cycle each. */
    public static final MeshTiming PUMA = new MeshTiming(
            1, 32, "A. Ankit et al., PUMA, ASPLOS 2019: constants of its simulator, 32-bit router, 1 ns");

    public MeshTiming {
        if (!(hopNanoseconds >= 0) || !(bitsPerNanosecond > 0)) {
            throw new IllegalArgumentException("a hop needs at least 0 ns and a link more than 0 bits per ns, got "
                    + hopNanoseconds + " and " + bitsPerNanosecond);
        }
    }

    /**
     * The timing that belongs to a shipped energy profile. PUMA's chip is the one that {@code isaac32} describes; of no other is a
     * hop's time at hand, so that they take PUMA's too and say so.
     *
     * @throws IllegalArgumentException listing the known profiles
     */
    public static MeshTiming profile(String name) {
        if (!EnergyTable.profiles().contains(name)) {
            throw new IllegalArgumentException(
                    "unknown timing profile '" + name + "'; known: " + String.join(", ", EnergyTable.profiles()));
        }
        return name.equals(EnergyTable.DEFAULT_PROFILE)
                ? PUMA
                : new MeshTiming(
                        PUMA.hopNanoseconds,
                        PUMA.bitsPerNanosecond,
                        "as isaac32, because this profile has no source of its own: " + PUMA.source);
    }

    /**
     * Time until the last event of a step has arrived, ns: all through one link after the other, the last on its way.
     *
     * @param bits of all events
     * @param hops of one event
     */
    public double nanoseconds(double bits, double hops) {
        return bits == 0 ? 0 : bits / bitsPerNanosecond + hops * hopNanoseconds;
    }
}
