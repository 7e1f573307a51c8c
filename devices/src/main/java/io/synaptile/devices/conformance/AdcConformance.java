/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.conformance;

import io.synaptile.devices.converter.AdcCharacteristic;
import io.synaptile.devices.converter.AdcModel;
import io.synaptile.devices.converter.AdcModelProvider;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/** Holds a model of converters, and the provider that made it, against their contracts. */
public final class AdcConformance {
    private static final int MOST_BITS = 12;
    private static final int TRIED_BITS = 6;
    private static final int CONVERTERS = 50;
    private static final long SEED = 20_250_102;

    private final AdcModel model;

    private AdcConformance(AdcModel model) {
        this.model = model;
    }

    /** Every check of a provider; of a model too, made from these options. */
    public static List<Finding> check(AdcModelProvider provider, Map<String, Object> options) {
        return ProviderChecks.of("a converter model", provider, options, List.of(), AdcConformance::check);
    }

    /** Every check of a model. */
    public static List<Finding> check(AdcModel model) {
        AdcConformance suite = new AdcConformance(model);
        return List.of(
                Finding.ofId(model::id),
                Finding.of(
                        "converters of 1 to " + MOST_BITS + " bits have finite gains and codes within their range",
                        suite::fit),
                Finding.of("gains are above 0", suite::gains),
                Finding.of("codes do not fall as the input rises, where that is claimed", suite::monotone),
                Finding.of("a converter repeats with the same generator", suite::repeats),
                Finding.of("the words drawn do not depend on the generator's words", suite::words),
                Finding.of("many threads may draw from one model", suite::threads));
    }

    private AdcCharacteristic drawn(int bits, long seed) {
        return model.draw(bits, new CountedWords(seed));
    }

    /** Asks something of many converters of every resolution; stops at the first that has something wrong. */
    private String ofAll(int mostBits, Asked asked) throws Exception {
        for (int bits = 1; bits <= mostBits; bits++) {
            for (long seed = SEED; seed < SEED + CONVERTERS; seed++) {
                String problem = asked.of(bits, drawn(bits, seed));
                if (!problem.isEmpty()) {
                    return problem;
                }
            }
        }
        return "";
    }

    /** What is asked of one converter; the answer is empty if nothing is wrong. */
    @FunctionalInterface
    private interface Asked {
        String of(int bits, AdcCharacteristic converter) throws Exception;
    }

    private String fit() throws Exception {
        return ofAll(MOST_BITS, (bits, converter) -> {
            if (converter == null) {
                return "draw gave null for " + bits + " bits";
            }
            try {
                converter.requireFit(bits);
                return "";
            } catch (IllegalArgumentException e) {
                return e.getMessage();
            }
        });
    }

    private String gains() throws Exception {
        return ofAll(
                TRIED_BITS,
                (bits, converter) -> converter.gain() > 0 ? "" : bits + " bits came with gain " + converter.gain());
    }

    private String monotone() throws Exception {
        if (!model.monotone()) {
            return "";
        }
        return ofAll(MOST_BITS, (bits, converter) -> {
            int[] codes = converter.codes();
            for (int i = 1; i < codes.length; i++) {
                if (codes[i] < codes[i - 1]) {
                    return "of " + bits + " bits code " + (i - 1) + " comes out as " + codes[i - 1] + ", code " + i
                            + " as " + codes[i];
                }
            }
            return "";
        });
    }

    private String repeats() throws Exception {
        for (int bits = 1; bits <= TRIED_BITS; bits++) {
            if (!same(drawn(bits, SEED), drawn(bits, SEED))) {
                return "two converters of " + bits + " bits differ";
            }
        }
        return "";
    }

    private static boolean same(AdcCharacteristic a, AdcCharacteristic b) {
        return a.gain() == b.gain() && a.offset() == b.offset() && Arrays.equals(a.codes(), b.codes());
    }

    private String words() {
        Set<Long> counts = new TreeSet<>();
        for (long seed = SEED; seed < SEED + CONVERTERS; seed++) {
            CountedWords random = new CountedWords(seed);
            model.draw(TRIED_BITS, random);
            counts.add(random.words());
        }
        return counts.size() == 1 ? "" : "for " + TRIED_BITS + " bits it drew any of " + counts + " words";
    }

    private String threads() throws Exception {
        return ManyThreads.check(number -> drawn(TRIED_BITS, SEED + number), AdcConformance::same);
    }
}
