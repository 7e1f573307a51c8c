/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.compute;

/**
 * Arrays no product of matrices can stand for: sums s become s / (1 + |s| / 4), and a small term tells the address of every
 * read from that of others.
 */
record BentColumns(LayerArrays arrays) implements ArrayReader {
    /** Some are asked for the reads of many images at a time. */
    @Override
    public boolean batched() {
        return arrays.outputs() % 2 == 0;
    }

    @Override
    public void read(int tile, ArrayReads reads, float[] sums) {
        int columns = arrays.cells().count() * arrays.outputs();
        for (int i = 0; i < reads.count(); i++) {
            for (int column = 0; column < columns; column++) {
                int plane = column / arrays.outputs();
                double sum = 0;
                for (int e = reads.start()[i]; e < reads.start()[i + 1]; e++) {
                    int cell = reads.row()[e] * arrays.outputs() + column % arrays.outputs();
                    sum += (double) reads.input()[e] * arrays.cells().values()[plane][cell];
                }
                sums[i * columns + column] = (float) (sum / (1 + Math.abs(sum) / 4) + address(tile, reads, i) / 1024.0);
            }
        }
    }

    private static long address(int tile, ArrayReads reads, int read) {
        long mixed = reads.sample() * 7 + reads.phase() * 5 + tile;
        return (mixed * 11 + reads.step()[read] * 3L + reads.position()[read]) % 64;
    }
}
