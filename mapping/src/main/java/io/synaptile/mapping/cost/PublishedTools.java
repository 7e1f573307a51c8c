/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.mapping.cost;

import io.synaptile.devices.cost.compat.SataForward;
import io.synaptile.devices.cost.compat.SpikeSimEla;
import io.synaptile.sim.network.Extent;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.Shape;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/** What published cost tools would say of a network; they know its shapes and nothing of our hardware. */
public final class PublishedTools {
    /** Settings that SpikeSim's script comes with. */
    private static final int CROSSBAR = 64;

    private static final int PES_PER_TILE = 8;
    private static final double CLOCK_MEGAHERTZ = 250;

    private PublishedTools() {}

    /**
     * SpikeSim's estimate with the settings its script comes with; empty for a network without convolutions, with maps or
     * kernels that are not square, kernels with gaps or of several sizes or groups of channels, which it cannot describe.
     *
     * @param timeSteps of one inference
     */
    public static Optional<SpikeSimEla.Estimate> spikeSim(Network network, int timeSteps) {
        List<SpikeSimEla.Convolution> layers = new ArrayList<>();
        int kernel = 0;
        for (Network.Node node : network.synapses()) {
            if (!(node.layer() instanceof Layer.Conv2d conv)) {
                continue;
            }
            Shape out = pooled(network, node);
            boolean square = node.in().height() == node.in().width() && out.height() == out.width();
            if (!square
                    || !isPlain(conv)
                    || kernel != 0 && kernel != conv.kernel().lines()) {
                return Optional.empty();
            }
            kernel = conv.kernel().lines();
            layers.add(new SpikeSimEla.Convolution(
                    node.in().channels(), conv.outChannels(), node.in().height(), out.height()));
        }
        return layers.isEmpty()
                ? Optional.empty()
                : Optional.of(new SpikeSimEla(
                                SpikeSimEla.Crossbar.RRAM, CROSSBAR, kernel, PES_PER_TILE, timeSteps, CLOCK_MEGAHERTZ)
                        .of(layers.toArray(SpikeSimEla.Convolution[]::new)));
    }

    /** Whether a kernel is square, without gaps between its taps, and sees all inputs. */
    private static boolean isPlain(Layer.Conv2d conv) {
        return conv.kernel().isSquare() && conv.dilation().equals(Extent.square(1)) && conv.groups() == 1;
    }

    /** Shape of a convolution's maps behind the pooling that follows it, if one does; the tool takes that for its output. */
    private static Shape pooled(Network network, Network.Node node) {
        Network.Node at = node;
        Shape out = node.out();
        for (Network.Node next : network.nodes()) {
            if (next.inputs().contains(at.id()) && !next.isSynapse() && !(next.layer() instanceof Layer.Flatten)) {
                at = next;
                out = next.layer() instanceof Layer.AvgPool ? next.out() : out;
            }
        }
        return out;
    }

    /**
     * The forward pass by SATA's tool, the output layer left out as the tool does; empty for maps that are not square.
     *
     * @param bits width of weights and words
     * @param spikeSparsity silent inputs over all inputs
     */
    public static Optional<SataForward.Estimate> sata(Network network, int timeSteps, int bits, double spikeSparsity) {
        List<SataForward.Layer> layers = new ArrayList<>();
        List<Network.Node> synapses = network.synapses();
        for (Network.Node node : synapses.subList(0, synapses.size() - 1)) {
            if (!(node.layer() instanceof Layer.Conv2d conv)) {
                layers.add(SataForward.Layer.linear(node.in().size(), node.out().size()));
            } else if (node.in().height() == node.in().width() && isPlain(conv)) {
                layers.add(new SataForward.Layer(
                        node.in().channels(),
                        conv.outChannels(),
                        node.in().height(),
                        node.out().height(),
                        conv.kernel().lines(),
                        false));
            } else {
                return Optional.empty();
            }
        }
        return layers.isEmpty()
                ? Optional.empty()
                : Optional.of(new SataForward(timeSteps, bits, spikeSparsity).of(layers));
    }
}
