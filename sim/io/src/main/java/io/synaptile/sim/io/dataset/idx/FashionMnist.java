/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.sim.io.dataset.idx;

import io.synaptile.sim.io.dataset.Normalisation;

/**
 * Clothing in the format of MNIST: 60,000 training and 10,000 test images.
 *
 * <p>Source: H. Xiao, K. Rasul and R. Vollgraf, "Fashion-MNIST: a novel image dataset for benchmarking machine learning
 * algorithms", 2017, MIT licence.
 */
public final class FashionMnist extends IdxReader {
    public FashionMnist() {
        super(
                "fashion-mnist",
                Normalisation.gray(
                        255, 0.2860406f, 0.3530242f, "all 60,000 training images, computed over their pixels"),
                "https://github.com/zalandoresearch/fashion-mnist (data/fashion)");
    }
}
