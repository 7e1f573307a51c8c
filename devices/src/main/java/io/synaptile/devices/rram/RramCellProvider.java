/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.rram;

import io.synaptile.devices.CellModel;
import io.synaptile.devices.CellModelProvider;
import io.synaptile.devices.CellOptions;
import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.resistive.ResistiveCell;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;

/**
 * Makes {@code rram} cells: a range, a number of levels, and any of the effects of a resistive cell.
 *
 * <table>
 * <caption>Options</caption>
 * <tr><th>option</th><th>default</th><th>allowed</th></tr>
 * <tr><td>range_uS</td><td>[2, 40]</td><td>[min, max], 0 &lt;= min &lt; max; min 0 is the ideal off state</td></tr>
 * <tr><td>bits</td><td>4</td><td>1 to 8</td></tr>
 * <tr><td>programming.kind</td><td>lognormal</td><td>lognormal (keeps the median), lognormal-mean, gaussian, levels, polynomial,
 *     none</td></tr>
 * <tr><td>programming.sigma</td><td>table</td><td>at least 0, or table (log-normal of 1, 2, 3, 4 or 8 bits)</td></tr>
 * <tr><td>programming.scale</td><td>1</td><td>at least 0</td></tr>
 * <tr><td>programming.relative_to</td><td>target</td><td>target, max, range; gaussian only</td></tr>
 * <tr><td>programming.level_sigmas_uS</td><td></td><td>one number per level; levels only</td></tr>
 * <tr><td>programming.coefficients</td><td></td><td>c0, c1, ... of sigma(G) in uS; polynomial only</td></tr>
 * <tr><td>programming.gmin_sigma_uS, gmax_sigma_uS</td><td>0</td><td>at least 0: spread of the ends of a cell's range</td></tr>
 * <tr><td>verify.kind</td><td>none</td><td>none, window, pulses</td></tr>
 * <tr><td>verify.window_uS, window_relative</td><td>0</td><td>accepted distance; the larger one counts</td></tr>
 * <tr><td>verify.sigma_uS, success</td><td>, 0.5</td><td>spread before truncation, chance of a pulse; window only</td></tr>
 * <tr><td>verify.step, step_sigma</td><td>0.5, 0.035</td><td>part of the way, spread over the range; pulses only</td></tr>
 * <tr><td>verify.max_pulses</td><td>100</td><td>at least 1</td></tr>
 * <tr><td>write.voltage_V, pulse_ns, pulse_pJ</td><td>unknown</td><td>one write pulse</td></tr>
 * <tr><td>stuck.off, stuck.on</td><td>0</td><td>probabilities, sum at most 1</td></tr>
 * <tr><td>endurance.cycles, median_cycles, sigma_decades, stuck_on</td><td>0, , 0.5, 0.5</td><td>writes so far and log-normal
 *     life</td></tr>
 * <tr><td>relaxation.kind</td><td>none</td><td>none, log-time with sigma_uS, sigma_per_decade_uS, t0_s</td></tr>
 * <tr><td>drift.kind</td><td>none</td><td>none, power-law with nu, nu_sigma, table_uS, t0_s; pcm-nandakumar2019, pcm-hermes1,
 *     pcm-hermes2</td></tr>
 * <tr><td>retention.kind</td><td>none</td><td>none, random, towards, with coefficient, t0_s, towards</td></tr>
 * <tr><td>retention.activation_eV</td><td>0</td><td>acceleration of time by temperature</td></tr>
 * <tr><td>temperature.activation_eV, metallic_per_K, coefficient_per_K, coefficient_sigma_per_K</td><td>0</td><td>one number, or
 *     for the coefficients [at Gmin, at Gmax]</td></tr>
 * <tr><td>temperature.reference_K</td><td>300</td><td>above 0</td></tr>
 * <tr><td>read_noise.kind</td><td>none</td><td>none, absolute, proportional, pcm-nandakumar2019, pcm-hermes1, pcm-hermes2,
 *     cmo2025</td></tr>
 * <tr><td>read_noise.sigma, scale</td><td>0, 1</td><td>at least 0; sigma a fraction of Gmax (absolute) or of G
 *     (proportional)</td></tr>
 * <tr><td>read_noise.thermal, shot</td><td>false</td><td>true needs read.voltage_V and read.time_ns</td></tr>
 * <tr><td>telegraph.probability, amplitude_hrs, amplitude_lrs, sigma_ln</td><td>0, 0.1, 0.02, 0.7</td><td>amplitudes are
 *     placeholders</td></tr>
 * <tr><td>iv.kind</td><td>none</td><td>none, cubic with cubic_per_V2, milo2021; needs read.voltage_V</td></tr>
 * </table>
 *
 * <p>A published drift or noise fit takes the maximum of the range as its Gmax.
 */
public final class RramCellProvider implements CellModelProvider {
    private static final ConductanceRange DEFAULT_RANGE = new ConductanceRange(2f, 40f);

    @Override
    public String kind() {
        return "rram";
    }

    @Override
    public String description() {
        return "multilevel resistive cell; choose its variation, faults, ageing and noise";
    }

    @Override
    public Set<String> options() {
        Set<String> names = new TreeSet<>(Set.of("range_uS", "bits"));
        names.addAll(ProgrammingOptions.NAMES);
        names.addAll(LifetimeOptions.NAMES);
        names.addAll(ReadingOptions.NAMES);
        return names;
    }

    @Override
    public CellModel create(Map<String, Object> values) {
        CellOptions options = new CellOptions(kind(), values, options());
        int bits = options.integer("bits", 1, 8, 4);
        ConductanceRange range = options.range("range_uS", DEFAULT_RANGE);
        return new ResistiveCell(
                kind(),
                range,
                1 << bits,
                ProgrammingOptions.writing(options, range, bits),
                LifetimeOptions.lifetime(options, range),
                ReadingOptions.reading(options, range),
                ProgrammingOptions.writeCost(options));
    }
}
