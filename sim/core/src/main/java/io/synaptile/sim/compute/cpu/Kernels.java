/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute.cpu;

import io.synaptile.sim.compute.ConverterErrors;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.network.NeuronSpec;
import java.lang.foreign.MemorySegment;

/**
 * The arithmetic of the CPU backend on one map at a time. Two implementations, one on the Vector API and one in plain Java,
 * give the same bits: per output they add the same terms in the same order, and each term is one fused multiply-add (a spike
 * of value 1 adds its weight, which rounds alike).
 *
 * <p>Offsets into segments are bytes. Maps are channels last with channels padded to whole vectors.
 */
interface Kernels {
    /** Floats per vector; channel counts are padded to a multiple of it. */
    int lanes();

    /** What runs here, for the run record. */
    String description();

    /**
     * Adds the weights of the events under each output position, for one block of outputs and kernel rows
     * {@code ky0 <= ky < ky1}; terms in ascending order of the weight row.
     *
     * @param weights matrix in the layout of {@code blocks}
     * @param out map {@code [outPositions, padded]}, accumulated into
     */
    void gather(
            EventMap events,
            Geometry g,
            Blocks blocks,
            int block,
            int ky0,
            int ky1,
            MemorySegment weights,
            MemorySegment out,
            long outOffset);

    /**
     * Adds a run of events to one row of accumulators: for e in {@code [e0, e1)}, row {@code index[e] - shift}.
     *
     * @param squared use the square of the event's value
     */
    void addRows(
            EventMap events,
            int e0,
            int e1,
            int shift,
            boolean squared,
            Blocks blocks,
            MemorySegment weights,
            MemorySegment sums,
            long sumsOffset);

    /**
     * Adds, for one block of outputs and kernel rows {@code ky0 <= ky < ky1}, value times output gradient to the weight
     * gradient of every event under each output position.
     */
    void gatherWeightGradient(
            EventMap events,
            Geometry g,
            Blocks blocks,
            int block,
            int ky0,
            int ky1,
            MemorySegment gradient,
            MemorySegment outGradient,
            long outOffset);

    /**
     * Dense product, eight output positions at a time.
     *
     * <pre>
     *   out[p, o] = sum over s &lt; segments, k &lt; length of a[base(p) + s * segmentStride + k] * w[s * length + k, o]
     * </pre>
     *
     * @param base offset in {@code a} of each output position
     * @param positions number of output positions
     * @param out map {@code [positions, padded]}, overwritten
     */
    void product(
            float[] a,
            int[] base,
            int positions,
            int segments,
            int segmentStride,
            int length,
            Blocks blocks,
            MemorySegment weights,
            MemorySegment out,
            long outOffset);

    /**
     * Rows that are added event by event, over terms of {@link #sparseProduct}, above which that is faster; measured by
     * SparseWeightsBenchmark.
     *
     * @param dense whether of a dense layer, not a convolution
     */
    double sparseBreakEven(boolean dense);

    /**
     * Product with the weights that are not 0.
     *
     * <pre>
     *   out[p, o] = sum over the listed weights of o of value * spikes[place + p]
     * </pre>
     *
     * <p>Positions lie on lines of which the last are not wanted, as with the border of a convolution.
     *
     * @param spikes one bit each, with more than a word behind the last
     * @param positions all positions, wanted or not
     * @param line positions of a line
     * @param wanted of these, the first
     * @param out map {@code [wanted positions, padded]}, overwritten
     */
    void sparseProduct(
            long[] spikes,
            SparseProduct weights,
            int positions,
            int line,
            int wanted,
            MemorySegment out,
            long outOffset,
            int padded);

    /**
     * Derivative of the loss by the listed inputs only, where the taps of a kernel line are neighbours: for each event of
     * {@code open}, the sum over kernel taps and outputs of output gradient times weight.
     *
     * @param inGradient map {@code [positions, paddedIn]}, overwritten at the listed entries
     */
    void inputGradientAt(
            EventMap open,
            Geometry g,
            Blocks blocks,
            MemorySegment weights,
            MemorySegment outGradient,
            long outOffset,
            MemorySegment inGradient,
            long inOffset,
            int paddedIn);

    /**
     * One step of all neurons of a map: {@code u = leak * v + (gain * x + offset)}, fire above or from the bar on, reset.
     *
     * @param gain per padded channel, or null for the plain input
     * @param membrane v, {@code [positions, padded]}, updated
     * @param potential receives u before the reset, or null
     * @param spikes receives the events; channels at and above {@code channels} never fire
     */
    void fire(
            MemorySegment input,
            long inputOffset,
            float[] gain,
            float[] offset,
            NeuronSpec spec,
            int height,
            int width,
            int channels,
            MemorySegment membrane,
            long membraneOffset,
            MemorySegment potential,
            long potentialOffset,
            EventMap spikes);

    /**
     * Backward of {@link #fire} for one step: {@code delta = e * surrogate(u) + carry}, {@code carry = leak * delta}; with a
     * hard reset the carry is dropped where the neuron fired.
     *
     * @param gradient e on entry, delta on return
     * @param carry leak times delta of the step after, updated
     */
    void fireBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment potential,
            long potentialOffset,
            MemorySegment carry,
            long carryOffset,
            NeuronSpec spec,
            int count);

    /** Entries of a map whose surrogate derivative is above zero, as events. */
    void open(
            MemorySegment potential, long offset, NeuronSpec spec, int height, int width, int channels, EventMap open);

    /**
     * Adds a multiple of a map to another, {@code sum += weight * (gain * x + offset)}.
     *
     * @param gain per padded channel, or null for the map as it is
     */
    void addWeighted(
            MemorySegment x,
            long xOffset,
            float[] gain,
            float[] offset,
            float weight,
            int positions,
            int padded,
            MemorySegment sum,
            long sumOffset);

    /**
     * Backward of neurons by their mean input: mean derivatives by the output become those by the input of any step, {@code
     * slope * g} where the mean input lies between 0 and the saturation and 0 elsewhere.
     *
     * @param gradient map of g, updated
     * @param bounds whether derivatives pass at both bounds themselves
     * @param saturated per padded channel: what is added to is g where the mean input is above the saturation
     */
    void representationBackward(
            MemorySegment gradient,
            MemorySegment mean,
            long meanOffset,
            float saturation,
            boolean bounds,
            float slope,
            int positions,
            int padded,
            float[] saturated);

    /** Adds each channel's sum over positions to {@code sum}. */
    void channelSums(MemorySegment map, long offset, int positions, int padded, float[] sum);

    /** Adds each channel's sum of squared differences from {@code mean} to {@code sum}. */
    void channelSquares(MemorySegment map, long offset, int positions, int padded, float[] mean, float[] sum);

    /** Adds each channel's sum over positions of {@code a * (b - mean) * scale} to {@code sum}. */
    void channelProducts(
            MemorySegment a,
            long aOffset,
            MemorySegment b,
            long bOffset,
            int positions,
            int padded,
            float[] mean,
            float[] scale,
            float[] sum);

    /**
     * Backward of batch normalisation: {@code g = gain * (g - meanG - (x - mean) * scale * meanGx)}, in place.
     *
     * @param gain gamma times scale
     */
    void normBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment x,
            long xOffset,
            int positions,
            int padded,
            float[] mean,
            float[] scale,
            float[] gain,
            float[] meanG,
            float[] meanGx);

    /** {@code out = gain * x + offset} per channel. */
    void affine(
            MemorySegment x,
            long xOffset,
            MemorySegment out,
            long outOffset,
            int positions,
            int padded,
            float[] gain,
            float[] offset);

    /** {@code x = min(max(x, 0), ceiling)}. */
    void rectify(MemorySegment x, long offset, float ceiling, int count);

    /** Backward of {@link #rectify}: the gradient becomes 0 where {@code y}, its result, is 0 or the ceiling. */
    void rectifyBackward(
            MemorySegment gradient, long gradientOffset, MemorySegment y, long yOffset, float ceiling, int count);

    /** Largest value of a map, at least 0. */
    float largest(MemorySegment x, long offset, int count);

    /** {@code x = min(max(x, 0) / threshold, 1)}. */
    void rate(MemorySegment x, long offset, float threshold, int count);

    /**
     * Backward of {@link #rate}: the gradient is divided by the threshold, or 0 where {@code y}, its result, is 0 or 1.
     *
     * @param sum per padded channel: what is added to is the product of y and the gradient, where that is not 0
     */
    void rateBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment y,
            long yOffset,
            float threshold,
            int positions,
            int padded,
            float[] sum);

    /** {@code x = threshold / levels * clip(floor(levels / threshold * x + 1/2), 0, levels)}. */
    void quantise(MemorySegment x, long offset, float threshold, int levels, int count);

    /**
     * Backward of {@link #quantise}, y: the gradient becomes 0 where the levels end, {@code levels / threshold * x + 1/2} not lying
     * between 0 and them.
     *
     * @param x what was quantised
     * @param sum per padded channel: what is added to is the gradient times {@code y - x}, or times the threshold above the levels
     */
    void quantiseBackward(
            MemorySegment gradient,
            long gradientOffset,
            MemorySegment x,
            long xOffset,
            float threshold,
            int levels,
            int positions,
            int padded,
            float[] sum);

    /** {@code sum[to + i] += x * terms[from + i]} for every i below {@code count}. */
    void addScaled(float x, float[] terms, int from, float[] sum, int to, int count);

    /** {@code target += source}. */
    void add(MemorySegment source, long sourceOffset, MemorySegment target, long targetOffset, int count);

    /**
     * Digitises the column sums of one tile and adds them to the output: {@code out += gain * convert(sum + sigma * normal)}.
     *
     * @param variance summed read-noise variance per column, or null for exact reads
     * @param normals standard normals, one per column; unused without variance
     * @param converter null for exact conversion
     * @param errors how the converters of the columns differ, null where they do not
     * @param errorsAt place of the first column in {@code errors}
     * @param count outputs; the padding beyond them is left alone, since a converter may read 0 as something else
     */
    void digitise(
            MemorySegment sums,
            long sumsOffset,
            MemorySegment variance,
            long varianceOffset,
            float[] normals,
            SynapsePlan.Converter converter,
            ConverterErrors errors,
            int errorsAt,
            float gain,
            MemorySegment out,
            long outOffset,
            int count);

    /**
     * Adds a run of events to columns whose wires have resistance, as {@link #addRows} does without.
     *
     * @param last driven row of the tile before the run, or its first
     * @param exact whether the drops are exact or those of one pass
     * @param segment resistance from one row to the next
     * @param sources current of each cell
     * @param loads load of each cell, in the same layout
     * @param state columns so far, updated
     */
    void addWiredRows(
            EventMap events,
            int e0,
            int e1,
            int shift,
            int last,
            boolean exact,
            float segment,
            Blocks blocks,
            MemorySegment sources,
            MemorySegment loads,
            WiredColumns state);

    /**
     * Lets the currents of columns arrive at their converters, in {@link WiredColumns#current}.
     *
     * @param offset of the first column, in bytes
     * @param resistance from the last driven row to the converter
     * @param addend what is added to every current on arrival
     */
    void closeWires(WiredColumns state, long offset, float resistance, float addend, boolean exact, int count);

    /**
     * Adds read noise to the column sums of one tile and cuts them off where columns have limits: {@code sum = clamp(sum +
     * sigma normal, none - limit, none + limit)}.
     *
     * @param variance as in {@link #digitise}
     * @param limit per column, padded to whole vectors
     * @param none what a column without current is worth
     */
    void limit(
            MemorySegment sums,
            long sumsOffset,
            MemorySegment variance,
            long varianceOffset,
            float[] normals,
            float[] limit,
            float none,
            int count);

    /**
     * Appends the non-zero means of one position to a map of events and clears the sums.
     *
     * @param sums per channel, padded to whole vectors with zeros
     * @param area what each sum is divided by
     * @param entry entry of channel 0
     * @param to valued map with room for all channels; its {@code unit} flag is cleared by any value but -1 and 1
     * @param n events so far
     * @return events now
     */
    int appendMeans(float[] sums, float area, int entry, EventMap to, int n);
}
