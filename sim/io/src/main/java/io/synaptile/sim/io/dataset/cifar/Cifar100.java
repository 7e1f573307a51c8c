/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.cifar;

import java.util.List;

/**
 * CIFAR-100, binary edition: the byte of the coarse label, which is not used, and that of the fine label, the class.
 *
 * <p>Source: A. Krizhevsky, "Learning multiple layers of features from tiny images", University of Toronto, 2009.
 */
public final class Cifar100 extends CifarReader {
    public Cifar100() {
        super("cifar100", 100, 2, List.of("train.bin"), "test.bin");
    }

    @Override
    public String description() {
        return "CIFAR-100 binary edition with fine labels, 3x32x32, 100 classes: train.bin and test.bin, .gz accepted";
    }

    @Override
    public String origin() {
        return "https://www.cs.toronto.edu/~kriz/cifar.html (cifar-100-binary.tar.gz)";
    }
}
