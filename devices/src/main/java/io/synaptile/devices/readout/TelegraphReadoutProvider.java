/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import io.synaptile.devices.CellOption;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.read.RandomTelegraph;
import java.util.List;
import java.util.Map;
import java.util.Set;

/** Makes {@link TelegraphReadout}s; amplitudes are placeholders without a source unless they are given. */
public final class TelegraphReadoutProvider implements ArrayReadoutProvider {
    private static final String PLACEHOLDER = "placeholder without a source";
    private static final String PROBABILITY = "probability";
    private static final String AT_MIN = "amplitude_hrs";
    private static final String AT_MAX = "amplitude_lrs";
    private static final String SIGMA = "sigma_ln";
    private static final String CORRELATION = "correlation_steps";

    @Override
    public String kind() {
        return "telegraph";
    }

    @Override
    public String description() {
        return "cells that switch between two states, correlated in time: probability, amplitude_hrs, amplitude_lrs, sigma_ln,"
                + " correlation_steps";
    }

    @Override
    public Set<String> options() {
        return Set.of(PROBABILITY, AT_MIN, AT_MAX, SIGMA, CORRELATION);
    }

    @Override
    public List<CellOption> described() {
        return List.of(
                new CellOption(
                        PROBABILITY,
                        "",
                        Double.toString(RandomTelegraph.PROBABILITY),
                        "between 0 and 1",
                        "probability that a cell is in its trapped state",
                        PLACEHOLDER),
                new CellOption(
                        AT_MIN,
                        "",
                        Double.toString(RandomTelegraph.AMPLITUDE_HRS),
                        "at least 0",
                        "share of its conductance that a trapped cell loses, median at the lowest conductance",
                        PLACEHOLDER),
                new CellOption(
                        AT_MAX,
                        "",
                        Double.toString(RandomTelegraph.AMPLITUDE_LRS),
                        "at least 0",
                        "the same at the highest conductance",
                        PLACEHOLDER),
                new CellOption(
                        SIGMA,
                        "",
                        Double.toString(RandomTelegraph.SIGMA_LN),
                        "at least 0",
                        "standard deviation of the logarithm of a cell's amplitude",
                        PLACEHOLDER),
                new CellOption(
                        CORRELATION,
                        "steps",
                        "0",
                        "at least 0",
                        "simulation steps after which the correlation has fallen to 1/e"));
    }

    @Override
    public ArrayReadout create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        return new TelegraphReadout(
                new RandomTelegraph(
                        options.probability(PROBABILITY, RandomTelegraph.PROBABILITY),
                        options.numberAtLeast(AT_MIN, 0, RandomTelegraph.AMPLITUDE_HRS),
                        options.numberAtLeast(AT_MAX, 0, RandomTelegraph.AMPLITUDE_LRS),
                        options.numberAtLeast(SIGMA, 0, RandomTelegraph.SIGMA_LN)),
                options.numberAtLeast(CORRELATION, 0, 0));
    }
}
