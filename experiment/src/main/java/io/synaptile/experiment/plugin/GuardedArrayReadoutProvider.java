/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import io.synaptile.devices.ConductanceRange;
import io.synaptile.devices.readout.ArrayCells;
import io.synaptile.devices.readout.ArrayReadout;
import io.synaptile.devices.readout.ArrayReadoutProvider;
import io.synaptile.devices.readout.ReadableArray;
import io.synaptile.devices.readout.RowReads;

/** Read-outs of arrays of a plug-in, each of whose currents is checked. */
final class GuardedArrayReadoutProvider extends GuardedModelProvider<ArrayReadout> implements ArrayReadoutProvider {
    GuardedArrayReadoutProvider(ArrayReadoutProvider provider, PlugInJar jar) {
        super("array read-out", provider, jar);
    }

    @Override
    ArrayReadout guarded(ArrayReadout made, Guard own) {
        boolean noisy = own.call("noisy", made::noisy);
        return new GuardedReadout(kind(), noisy, made, own);
    }

    @Override
    Answers attempt(ArrayReadout readout) {
        ReadableArray tried = readout.open(
                new ArrayCells(2, 3, new float[] {1, 5, 40, 7, 1, 20}, new float[6], new ConductanceRange(1, 40), 1));
        float[] currents = new float[6];
        tried.read(
                new RowReads(
                        1, new int[] {0, 1}, new long[] {1, 2}, new int[] {0, 1, 3}, new int[] {0, 0, 1}, new float[] {
                            1, 1, 1
                        }),
                currents);
        return new Answers().with("read", currents);
    }

    /** @param id kind, whatever the read-out calls itself */
    private record GuardedReadout(String id, boolean noisy, ArrayReadout readout, Guard guard) implements ArrayReadout {
        @Override
        public ReadableArray open(ArrayCells cells) {
            ReadableArray array = guard.call("open", () -> readout.open(cells));
            if (array == null) {
                throw guard.broke("gave no array in open");
            }
            return (reads, currents) -> read(array, reads, currents);
        }

        private void read(ReadableArray array, RowReads reads, float[] currents) {
            float[] given = Guard.unwritten(currents.length);
            guard.call("read", () -> {
                array.read(reads, given);
                return null;
            });
            for (int i = 0; i < given.length; i++) {
                if (!Float.isFinite(given[i])) {
                    int columns = given.length / reads.count();
                    throw guard.broke("gave " + given[i] + " uS for column " + i % columns + " of " + columns
                            + " in read; every current must be finite");
                }
            }
            System.arraycopy(given, 0, currents, 0, given.length);
        }
    }
}
