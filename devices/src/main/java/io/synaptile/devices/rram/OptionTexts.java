/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellOption;
import io.synaptile.devices.fault.StuckOptions;
import java.util.List;
import java.util.stream.Stream;

/** What the options of an {@code rram} cell are, for people to read: name, unit, default, what is allowed, meaning, source. */
final class OptionTexts {
    static final List<CellOption> ALL = Stream.of(
                    CellOption.table("""
            range_uS | uS | [2, 40] | [min, max], 0 <= min < max | conductances that can be programmed; min 0 is the ideal off state
            bits | | 4 | 1 to 8 | the cell has 2^bits levels, linear in conductance
            levels_uS | uS | | rising, at least 2 | all levels, if they are not equal steps; replaces range_uS and bits, and codecs write the nearest level
            programming.kind | | lognormal | lognormal (keeps the median), lognormal-mean, gaussian, levels, polynomial, none | spread of a write
            programming.sigma | | table | at least 0, or table (log-normal of 1, 2, 3, 4 or 8 bits) | size of the spread | table: released code of a fork of BNTT (Kim and Panda 2021)
            programming.scale | | 1 | at least 0 | factor on the whole spread
            programming.column_sigma | | 0 | at least 0 | error shared by the cells of a column, in addition to sigma and in the same unit
            programming.array_sigma | | 0 | at least 0 | error shared by the cells of an array
            programming.relative_to | | target | target, max, range | what sigma of gaussian is relative to | CrossSim inference manual, chapter 7
            programming.level_sigmas_uS | uS | | one number per level | spread of every level
            programming.coefficients | uS | | c0, c1, ... | sigma(G) of polynomial
            programming.gmin_sigma_uS | uS | 0 | at least 0 | spread of the lower end of a cell's range
            programming.gmax_sigma_uS | uS | 0 | at least 0 | spread of the upper end
            verify.kind | | none | none, window, pulses | write-verify
            verify.window_uS | uS | 0 | at least 0 | accepted distance from the target; the larger of both windows counts
            verify.window_relative | | 0 | at least 0 | accepted distance relative to the target
            verify.sigma_uS | uS | | at least 0 | spread before it is cut to the window
            verify.success | | 0.5 | above 0 | chance that a pulse succeeds, for kind window | placeholder
            verify.step | | 0.5 | above 0 | share of the remaining distance that a pulse covers, for kind pulses | placeholder
            verify.step_sigma | | 0.035 | at least 0 | spread of a pulse, relative to the range | Ag:a-Si, benchmark table II of the NeuroSim V3 manual
            verify.max_pulses | | 100 | at least 1 | pulses after which a cell is left as it is
            write.voltage_V | V | unknown | at least 0 | amplitude of one pulse
            write.pulse_ns | ns | unknown | at least 0 | length of one pulse
            write.pulse_pJ | pJ | unknown | at least 0 | energy of one pulse
            """), StuckOptions.described(0, 0), CellOption.table("""
            endurance.cycles | | 0 | at least 0 | writes so far
            endurance.median_cycles | | | above 0 | median life, log-normal
            endurance.sigma_decades | | 0.5 | at least 0 | spread of the life
            endurance.stuck_on | | 0.5 | probability | dead cells that are stuck at the maximum
            relaxation.kind | | none | none, log-time | spread that grows with the logarithm of time
            relaxation.sigma_uS | uS | 0 | at least 0 | spread at t0
            relaxation.sigma_per_decade_uS | uS | 0 | at least 0 | spread added by every decade of time
            relaxation.t0_s | s | 1 | above 0 | time at which relaxation begins
            drift.kind | | none | none, power-law, pcm-nandakumar2019, pcm-hermes1, pcm-hermes2 | G(t) = G(t0) (t/t0)^-nu | the fits: their papers, 'device show' of the cells of that name
            drift.nu | | | a number or one per conductance of table_uS | mean exponent
            drift.nu_sigma | | 0 | as drift.nu | spread of the exponent between cells
            drift.table_uS | uS | | ascending | conductances that the exponents belong to
            drift.t0_s | s | | above 0 | reference time; that of the fit unless given
            retention.kind | | none | none, random, towards, failure | loss of the state | failure: Lammie et al. 2021, as documented with MemTorch
            retention.coefficient | | 0 | at least 0 | size of the loss
            retention.t0_s | s | 1 | above 0 | reference time
            retention.towards | | 0 | 0 to 1 | place in the range that cells move towards
            retention.mode | | | sudden, gradual | how a cell fails
            retention.cell_nm | nm | | above 0 | size of a cell, d
            retention.threshold_K | K | | above 0 | temperature above which cells fail sooner, T0
            retention.lrs | | none | [p0, p1, p2], and p3 if gradual | the upper half of the range fails after p0 exp(e) s, e = p1 d + p2 min(T0/T, 1), with slope p3 e
            retention.lrs_stable_ohm | ohm | | above 0 | resistance after the failure
            retention.hrs | | none | as lrs | the same for the lower half
            retention.hrs_stable_ohm | ohm | | above 0 | resistance after the failure
            retention.activation_eV | eV | 0 | at least 0 | acceleration of time by temperature
            temperature.activation_eV | eV | 0 | a number | Arrhenius conduction
            temperature.metallic_per_K | 1/K | 0 | a number | metallic conduction
            temperature.coefficient_per_K | 1/K | 0 | a number, or [at Gmin, at Gmax] | linear coefficient
            temperature.coefficient_sigma_per_K | 1/K | 0 | a number, or [at Gmin, at Gmax] | spread of the coefficient between cells
            temperature.reference_K | K | 300 | above 0 | temperature at which conductances are given
            read.voltage_V | V | | above 0 | voltage of a read
            read.time_ns | ns | | above 0 | length of a read
            read_noise.kind | | none | none, absolute, proportional, pcm-nandakumar2019, pcm-hermes1, pcm-hermes2, cmo2025 | noise of a read | the fits: their papers, 'device show' of the cells of that name
            read_noise.sigma | | 0 | at least 0 | noise relative to Gmax (absolute) or to G (proportional)
            read_noise.scale | | 1 | at least 0 | factor on the noise
            read_noise.thermal | | false | true, false | thermal noise; needs voltage and time
            read_noise.shot | | false | true, false | shot noise; needs voltage and time
            telegraph.probability | | 0 | probability | cells with a random telegraph signal
            telegraph.amplitude_hrs | | 0.1 | at least 0 | amplitude at Gmin, relative to G | placeholder
            telegraph.amplitude_lrs | | 0.02 | at least 0 | amplitude at Gmax, relative to G | placeholder
            telegraph.sigma_ln | | 0.7 | at least 0 | spread of the amplitude | placeholder
            iv.kind | | none | none, cubic, milo2021 | bent current-voltage curve; needs read.voltage_V
            iv.cubic_per_V2 | 1/V^2 | 0.25 | a number | strength of cubic | example device of CrossSim
            """))
            .flatMap(List::stream)
            .toList();

    private OptionTexts() {}
}
