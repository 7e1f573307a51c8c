/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.cifar;

import java.util.List;

/**
 * CIFAR-10, binary edition: one label byte.
 *
 * <p>Source: A. Krizhevsky, "Learning multiple layers of features from tiny images", University of Toronto, 2009.
 */
public final class Cifar10 extends CifarReader {
    public Cifar10() {
        super(
                "cifar10",
                10,
                1,
                List.of(
                        "data_batch_1.bin",
                        "data_batch_2.bin",
                        "data_batch_3.bin",
                        "data_batch_4.bin",
                        "data_batch_5.bin"),
                "test_batch.bin");
    }

    @Override
    public String description() {
        return "CIFAR-10 binary edition, 3x32x32, 10 classes: data_batch_1.bin to data_batch_5.bin and test_batch.bin, "
                + ".gz accepted";
    }

    @Override
    public String origin() {
        return "https://www.cs.toronto.edu/~kriz/cifar.html (cifar-10-binary.tar.gz)";
    }
}
