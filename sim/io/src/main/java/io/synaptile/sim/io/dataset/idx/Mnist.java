/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.idx;

import io.synaptile.sim.io.dataset.Normalisation;

/** Handwritten digits of Y. LeCun, C. Cortes and C. Burges: 60,000 training and 10,000 test images. */
public final class Mnist extends IdxReader {
    public Mnist() {
        super(
                "mnist",
                Normalisation.gray(255, 0.1307f, 0.3081f, "the constants customary for MNIST (training pixels)"),
                "http://yann.lecun.com/exdb/mnist or https://ossci-datasets.s3.amazonaws.com/mnist");
    }
}
