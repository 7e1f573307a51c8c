/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost.compat;

import io.synaptile.text.message.Quoted;
import java.util.Arrays;
import java.util.Locale;

/**
 * Energy, latency and area of the convolutions of a spiking network as SpikeSim's evaluation tool composes them.
 *
 * <pre>
 *   PE_l   = ceil(Cin / X) ceil(Cout / X)                        tiles = ceil(sum PE_l / p)
 *   E_PE   = k^2 e_x + (X/8) (e_adc + e_mux)
 *   E_cyc  = e_tree + e_fetch + e_lif + (X/8) (E_PE + 16 e_diff + e_temp) + e_buffer
 *   energy = sum over l of PE_l Hout^2 E_cyc T
 *   A_PE   = k^2 a_x + (X/8) (a_adc + a_mux)
 *   A_tile = (X/8) a_diff + a_temp + a_buffer + p A_PE + a_tree
 *   area   = tiles A_tile + a_membrane (sum over l of Cin Hin^2 + sum over the first five l of Cout Hout^2)
 *   latency = (sum over all but the last l of floor(0.75 N_l) T + N_last T) 26 clocks,   N_l = Hout^2 Cout
 * </pre>
 *
 * <p>Kept as released: spikes do not enter; crossbar energy and area do not depend on X; the energy of an SRAM crossbar
 * equals its area digit for digit; latency takes a cycle per channel and position, energy one per position; five layers have
 * neuron memory; fully connected layers are left out; the analogue and the digital area both contain the PEs, the total
 * contains them once.
 *
 * <p>Source: A. Moitra et al., "SpikeSim: An end-to-end compute-in-memory hardware evaluation tool for benchmarking spiking
 * neural networks", IEEE TCAD 2023, constants and composition of its released ELA script; 65 nm.
 */
public record SpikeSimEla(
        Crossbar crossbar, int size, int kernel, int pesPerTile, int timeSteps, double clockMegahertz) {
    private static final int COLUMNS_PER_ADC = 8;
    private static final double ADC_PICOJOULES = 2.03084;
    private static final double MUX_PICOJOULES = 0.094245;
    private static final double TREE_PICOJOULES = 19.64 * 8;
    private static final double FETCH_PICOJOULES = 4.64;
    private static final double LIF_PICOJOULES = 1.274 * 4;
    private static final double DIFF_PICOJOULES = 1.15e-6;
    private static final int DIFFS_PER_COLUMN_GROUP = 16;
    private static final double TEMP_BUFFER_PICOJOULES = 0.2;
    private static final double TILE_BUFFER_PICOJOULES = 397;
    private static final double ADC_UM2 = 693.633;
    private static final double MUX_UM2 = 45.9;
    private static final double DIFF_UM2 = 13411.41498;
    private static final double TEMP_BUFFER_UM2 = 484.643999;
    private static final double BIT_UM2 = 0.7391;
    private static final double TILE_BUFFER_UM2 = BIT_UM2 * 64 * 128;
    private static final double TREE_UM2 = 2 * 216830;
    private static final double MEMBRANE_UM2 = BIT_UM2 * 22;
    private static final int LAYERS_WITH_NEURON_MEMORY = 5;
    private static final int CLOCKS_PER_CYCLE = 26;
    private static final double START_OF_NEXT_LAYER = 0.75;

    /** What holds the weights. */
    public enum Crossbar {
        RRAM(1.76423, 26.2144),
        SRAM(671.089, 671.089);

        private final double picojoules;
        private final double um2;

        Crossbar(double picojoules, double um2) {
            this.picojoules = picojoules;
            this.um2 = um2;
        }

        /**
         * The crossbar of that name, as the tool writes it.
         *
         * @throws IllegalArgumentException if there is none
         */
        public static Crossbar of(String name) {
            return switch (name.toLowerCase(Locale.ROOT)) {
                case "rram" -> RRAM;
                case "sram" -> SRAM;
                default ->
                    throw new IllegalArgumentException("the crossbar must be rram or sram, got " + Quoted.of(name));
            };
        }
    }

    /** One convolution: channels, and side of its square maps. */
    public record Convolution(int inChannels, int outChannels, int inSide, int outSide) {
        public Convolution {
            if (inChannels < 1 || outChannels < 1 || inSide < 1 || outSide < 1) {
                throw new IllegalArgumentException("channels and sides must be at least 1, got " + inChannels + ", "
                        + outChannels + ", " + inSide + ", " + outSide);
            }
        }

        private double outputs() {
            return (double) outSide * outSide * outChannels;
        }
    }

    /**
     * What the tool prints.
     *
     * @param layerEnergyPicojoules by convolution
     */
    public record Estimate(
            int pes,
            int tiles,
            double neuronMemoryUm2,
            double analogUm2,
            double digitalUm2,
            double totalUm2,
            double energyPicojoules,
            double[] layerEnergyPicojoules,
            double latencyNanoseconds,
            double cycleNanoseconds) {}

    public SpikeSimEla {
        if (size < 1 || kernel < 1 || pesPerTile < 1 || timeSteps < 1) {
            throw new IllegalArgumentException(
                    "crossbar size, kernel, PEs per tile and time steps must be at least 1, got " + size + ", " + kernel
                            + ", " + pesPerTile + ", " + timeSteps);
        }
        if (!(clockMegahertz > 0) || Double.isInfinite(clockMegahertz)) {
            throw new IllegalArgumentException("the clock must be above 0 MHz, got " + clockMegahertz);
        }
    }

    /** Groups of columns that share a converter. */
    private double columnGroups() {
        return size / (double) COLUMNS_PER_ADC;
    }

    /** Energy of one PE in one cycle, pJ: the crossbars of all kernel positions, converters and multiplexers. */
    public double pePicojoules() {
        return kernel * kernel * crossbar.picojoules + columnGroups() * (ADC_PICOJOULES + MUX_PICOJOULES);
    }

    /** Energy of one PE cycle with everything around the PE, pJ. */
    public double cyclePicojoules() {
        return TREE_PICOJOULES
                + FETCH_PICOJOULES
                + LIF_PICOJOULES
                + columnGroups() * pePicojoules()
                + columnGroups() * DIFFS_PER_COLUMN_GROUP * DIFF_PICOJOULES
                + columnGroups() * TEMP_BUFFER_PICOJOULES
                + TILE_BUFFER_PICOJOULES;
    }

    /** PEs that hold a convolution. */
    public int pes(Convolution layer) {
        return Math.ceilDiv(layer.inChannels, size) * Math.ceilDiv(layer.outChannels, size);
    }

    /** Duration of a cycle, ns. */
    public double cycleNanoseconds() {
        return CLOCKS_PER_CYCLE * 1000 / clockMegahertz;
    }

    /**
     * The estimate for a network.
     *
     * @param layers its convolutions in order, at least one
     */
    public Estimate of(Convolution... layers) {
        if (layers.length == 0) {
            throw new IllegalArgumentException("the estimate needs at least one convolution");
        }
        int pes = Arrays.stream(layers).mapToInt(this::pes).sum();
        int tiles = Math.ceilDiv(pes, pesPerTile);
        double peUm2 = kernel * kernel * crossbar.um2 + columnGroups() * (ADC_UM2 + MUX_UM2);
        double diffUm2 = columnGroups() * DIFF_UM2;
        double buffersUm2 = TEMP_BUFFER_UM2 + TILE_BUFFER_UM2;
        double inputUm2 = 0;
        double neuronUm2 = 0;
        double[] energy = new double[layers.length];
        double cycles = 0;
        for (int l = 0; l < layers.length; l++) {
            Convolution layer = layers[l];
            boolean last = l == layers.length - 1;
            inputUm2 += MEMBRANE_UM2 * layer.inChannels * layer.inSide * layer.inSide;
            neuronUm2 += l < LAYERS_WITH_NEURON_MEMORY ? MEMBRANE_UM2 * layer.outputs() : 0;
            energy[l] = pes(layer) * (double) layer.outSide * layer.outSide * cyclePicojoules() * timeSteps;
            cycles += (last ? layer.outputs() : Math.floor(START_OF_NEXT_LAYER * layer.outputs())) * timeSteps;
        }
        double tileUm2 = diffUm2 + buffersUm2 + pesPerTile * peUm2 + TREE_UM2;
        return new Estimate(
                pes,
                tiles,
                neuronUm2,
                tiles * (diffUm2 + pesPerTile * peUm2),
                tiles * (buffersUm2 + pesPerTile * peUm2) + inputUm2,
                tiles * tileUm2 + inputUm2 + neuronUm2,
                Arrays.stream(energy).sum(),
                energy,
                cycles * cycleNanoseconds(),
                cycleNanoseconds());
    }
}
