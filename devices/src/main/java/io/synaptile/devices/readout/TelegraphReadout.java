/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.readout;

import io.synaptile.devices.CellDraws;
import io.synaptile.devices.CellDraws.Effect;
import io.synaptile.devices.read.RandomTelegraph;
import java.util.Arrays;

/**
 * Sums cells each of which is in one of its two states: {@code G} free, {@code G (1 - delta_i)} trapped. Where the cell
 * {@code rram} carries telegraph signals by their first two moments, here their shape stays, and so does their time: between
 * two steps a cell keeps its state with probability r and else is trapped with probability p, so that
 *
 * <pre>
 *   P(trapped) = p,    correlation of the states at steps t and u = r^|t - u|,    r = exp(-1 / correlation_steps)
 * </pre>
 *
 * <p>All reads of one step see the same states. Every image begins anew.
 *
 * @param signal amplitudes and p
 * @param correlationSteps simulation steps after which the correlation has fallen to 1/e; 0 for none
 */
public record TelegraphReadout(RandomTelegraph signal, double correlationSteps) implements ArrayReadout {
    private static final long HALF = 0xFFFFFFFFL;

    public TelegraphReadout {
        if (!(correlationSteps >= 0)) {
            throw new IllegalArgumentException("correlation_steps must be at least 0, got " + correlationSteps);
        }
    }

    @Override
    public String id() {
        return "telegraph";
    }

    @Override
    public ReadableArray open(ArrayCells cells) {
        float[] trapped = new float[cells.microsiemens().length];
        CellDraws draws = CellDraws.of(cells.key(), Effect.RANDOM_TELEGRAPH);
        for (int i = 0; i < trapped.length; i++) {
            float free = cells.microsiemens()[i];
            trapped[i] = (float) (free * (1 - signal.amplitude(free, cells.range(), draws.at(i))));
        }
        return (reads, currents) -> read(cells, trapped, reads, currents);
    }

    private void read(ArrayCells cells, float[] trapped, RowReads reads, float[] currents) {
        int columns = cells.columns();
        States states = new States(cells, trapped, reads.image());
        Arrays.fill(currents, 0f);
        for (int i = 0; i < reads.count(); i++) {
            states.moveTo(reads.step()[i]);
            for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                float[] row = states.row(reads.row()[e]);
                for (int j = 0; j < columns; j++) {
                    currents[i * columns + j] += reads.drive()[e] * row[j];
                }
            }
        }
    }

    /** What the cells conduct at one step, of rows as they are asked for. */
    private final class States {
        private final ArrayCells cells;
        private final float[] trapped;
        private final long image;
        /** Halves of a word below which a cell keeps its state, or is trapped. */
        private final long kept = correlationSteps == 0 ? 0 : Math.round(Math.exp(-1 / correlationSteps) * (HALF + 1));

        private final long trappedBelow = Math.round(signal.probability() * (HALF + 1));
        private final float[][] rows;
        /** Of steps 0 to the present one. */
        private CellDraws[] draws = {};

        States(ArrayCells cells, float[] trapped, long image) {
            this.cells = cells;
            this.trapped = trapped;
            this.image = image;
            this.rows = new float[cells.rows()][];
        }

        void moveTo(int step) {
            if (draws.length == step + 1) {
                return;
            }
            Arrays.fill(rows, null);
            int known = Math.min(draws.length, step + 1);
            draws = Arrays.copyOf(draws, step + 1);
            for (int t = known; t <= step; t++) {
                draws[t] = CellDraws.of(image + t, Effect.TELEGRAPH_STATE);
            }
        }

        float[] row(int row) {
            if (rows[row] == null) {
                rows[row] = new float[cells.columns()];
                for (int j = 0; j < cells.columns(); j++) {
                    int cell = row * cells.columns() + j;
                    rows[row][j] = isTrapped(cell) ? trapped[cell] : cells.microsiemens()[cell];
                }
            }
            return rows[row];
        }

        /** Goes back to the step at which the cell last drew its state: half a word for whether it did, half for the state. */
        private boolean isTrapped(int cell) {
            for (int t = draws.length - 1; ; t--) {
                long word = draws[t].word(cell);
                if (t == 0 || word >>> Integer.SIZE >= kept) {
                    return (word & HALF) < trappedBelow;
                }
            }
        }
    }
}
