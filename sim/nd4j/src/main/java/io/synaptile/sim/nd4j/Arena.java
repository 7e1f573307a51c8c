/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.nd4j;

import java.util.ArrayList;
import java.util.List;
import org.nd4j.linalg.api.buffer.DataType;
import org.nd4j.linalg.api.ndarray.INDArray;
import org.nd4j.linalg.factory.Nd4j;

/** Owns the off-heap arrays of one pass and frees them together. Used by one thread at a time. */
final class Arena implements AutoCloseable {
    private final List<INDArray> arrays = new ArrayList<>();

    /** Takes ownership of an array. */
    INDArray keep(INDArray array) {
        arrays.add(array);
        return array;
    }

    /** A new array of zeros, row-major. */
    INDArray zeros(long... shape) {
        return keep(Nd4j.create(DataType.FLOAT, shape, 'c'));
    }

    /** A new array with a copy of the values, row-major. */
    INDArray of(float[] values, long... shape) {
        return keep(Nd4j.create(values, shape, 'c'));
    }

    /** The values of an array that fills its buffer from the start, row-major. */
    static float[] values(INDArray array) {
        float[] values = array.data().asFloat();
        if (values.length != array.length() || array.ordering() != 'c' && array.rank() > 1) {
            throw new IllegalArgumentException("a view has no values of its own: " + array.shapeInfoToString());
        }
        return values;
    }

    /** Frees the arrays; reshaped ones share a buffer with another and are skipped. */
    @Override
    public void close() {
        for (INDArray array : arrays) {
            if (!array.wasClosed() && array.closeable()) {
                array.close();
            }
        }
        arrays.clear();
    }
}
