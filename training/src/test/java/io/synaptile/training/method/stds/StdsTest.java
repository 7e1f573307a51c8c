/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.stds;

import static io.synaptile.testing.Tolerance.againstIdentity;
import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import io.synaptile.sim.compute.Backends;
import io.synaptile.sim.network.Architectures;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.ParameterId;
import io.synaptile.sim.network.Role;
import io.synaptile.sim.network.Shape;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.Clusters;
import io.synaptile.training.Descent;
import io.synaptile.training.KeepRule;
import io.synaptile.training.ParameterGroups;
import io.synaptile.training.Presentation;
import io.synaptile.training.TrainingListener;
import io.synaptile.training.TrainingOptions;
import io.synaptile.training.TrainingState;
import io.synaptile.training.data.Augmentation;
import io.synaptile.training.method.Bench;
import io.synaptile.training.method.Course;
import io.synaptile.training.method.Outcome;
import io.synaptile.training.optimise.Adam;
import io.synaptile.training.optimise.ParameterGroup;
import io.synaptile.training.optimise.Schedule;
import io.synaptile.training.optimise.SoftmaxCrossEntropy;
import io.synaptile.training.optimise.XavierUniform;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.LayerTransforms;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.SoftThreshold;
import io.synaptile.training.transform.SoftThreshold.Gradient;
import io.synaptile.training.transform.WideningZone;
import io.synaptile.training.transform.WideningZone.Widening;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Supplier;
import org.junit.jupiter.api.Test;

class StdsTest {
    private static final Shape SHAPE = new Shape(1, 8, 8);
    private static final int STEPS = 4;
    private static final int EPOCHS = 6;
    private static final Clusters IMAGES = new Clusters(300, SHAPE, 2, 0.25f, 5);
    private static final Bench BENCH = new Bench(Backends.open("cpu"), IMAGES.range(0, 200), IMAGES.range(200, 300));
    private static final Network NETWORK = Architectures.mlp(
            SHAPE, 2, List.of(16), new Architectures.Options(Architectures.Norm.SHARED, NeuronSpec.lif(0.95f, 1f), 0f));
    private static final int FIRST = NETWORK.find("fc1").orElseThrow().id();
    private static final int LAST = NETWORK.find("fc2").orElseThrow().id();
    private static final ParameterId SCALES =
            new ParameterId(NETWORK.find("bn_fc1").orElseThrow().id(), Role.GAMMA);
    private static final ParameterGroup PLAIN = ParameterGroup.decaying(0f);

    private static Descent descent(ParameterGroup first) {
        return new Descent(
                new Adam(0.9f, 0.999f, 1e-8f, false),
                Schedule.constant(0.01),
                new ParameterGroups(PLAIN, Map.of(ParameterId.weight(FIRST), first)));
    }

    private static Stds method(float width, Widening widening, LayerTransforms others, Descent descent) {
        TrainingOptions options = new TrainingOptions(
                EPOCHS,
                new Presentation(32, STEPS, new Encoder.Direct(), Augmentation.none()),
                new SoftmaxCrossEntropy(),
                descent,
                others,
                1,
                1);
        SoftThreshold last = new SoftThreshold(width, Gradient.THROUGH_ZONE);
        return new Stds(
                NETWORK,
                options,
                new WideningZone(others, Set.of(FIRST), last, widening),
                widening == Widening.CONSTANT,
                KeepRule.LAST,
                () -> TrainingState.initial(NETWORK, STEPS, new XavierUniform(2), descent, 1));
    }

    private static Outcome run(Stds method) {
        return new Course(method, BENCH).run(Optional.empty(), TrainingListener.silent());
    }

    private static double zeros(float[] weights) {
        int zeros = 0;
        for (float weight : weights) {
            zeros += weight == 0f ? 1 : 0;
        }
        return (double) zeros / weights.length;
    }

    @Test
    void aWiderZoneLeavesFewerWeightsAndClassesAreLearnt() {
        Outcome narrow = run(method(0.05f, Widening.SINE, LayerTransforms.none(), descent(PLAIN)));
        Outcome wide = run(method(0.2f, Widening.SINE, LayerTransforms.none(), descent(PLAIN)));
        double few = zeros(narrow.deployed().weights().get(FIRST));
        double many = zeros(wide.deployed().weights().get(FIRST));
        assertThat(few).isGreaterThan(0.05);
        assertThat(many).isGreaterThan(few + 0.2);
        assertThat(zeros(wide.deployed().weights().get(LAST))).isZero();
        assertThat(wide.model().validationAccuracy()).isGreaterThan(0.98);
        assertThat(wide.model().keptEpoch()).isEqualTo(EPOCHS - 1);
        assertThat(wide.model().history().getLast().layers())
                .filteredOn(layer -> layer.layer().equals("fc1") && layer.role().equals(Role.WEIGHT.id()))
                .singleElement()
                .satisfies(layer -> assertThat(layer.zeros()).isEqualTo(many));
    }

    /** The seed's optimiser with a penalty on signs held the pruned weights alone, so that all else stayed as it was drawn. */
    @Test
    void otherParametersMoveBesideThePenaltyOnSigns() {
        Descent descent = descent(PLAIN.withSignPenalty(0.5f));
        Stds method = method(0.01f, Widening.CONSTANT, LayerTransforms.none(), descent);
        TrainingState start = method.initial();
        Outcome end = run(method);
        assertThat(end.latent().get(SCALES)).isNotEqualTo(start.parameters().get(SCALES));
        assertThat(end.latent().weights().get(LAST))
                .isNotEqualTo(start.weights().get(LAST));
        // Adam holds at 0 what changes its sign.
        assertThat(zeros(end.latent().weights().get(FIRST))).isGreaterThan(0.2);
        assertThat(zeros(end.latent().weights().get(LAST))).isZero();
    }

    @Test
    void prunedWeightsStayZeroBehindAQuantiserWithoutAZero() {
        LayerTransforms words = LayerTransforms.none().with(new MagnitudeMask(KBitQuantiser.of(3), 0f), Set.of(FIRST));
        float[] deployed = run(method(0.1f, Widening.SINE, words, descent(PLAIN)))
                .deployed()
                .weights()
                .get(FIRST);
        assertThat(zeros(deployed)).isBetween(0.1, 0.9);
        for (float weight : deployed) {
            assertThat(weight * 4).isEqualTo((float) Math.rint(weight * 4));
        }
    }

    @Test
    void invertedWeightsAreThoseThatWereDrawn() {
        Stds method = method(0.1f, Widening.CONSTANT, LayerTransforms.none(), descent(PLAIN));
        float[] drawn = method.start().get().weights().get(FIRST);
        float[] effective = method.zone()
                .others()
                .startingWith(method.zone().last(), Set.of(FIRST))
                .ideal(FIRST, method.initial().weights().get(FIRST));
        for (int i = 0; i < drawn.length; i++) {
            assertThat(effective[i]).isCloseTo(drawn[i], againstIdentity(1e-7f));
        }
        assertThat(method.initial().weights().get(LAST))
                .containsExactly(method.start().get().weights().get(LAST));
        assertThatThrownBy(() -> new Stds(
                        NETWORK,
                        method.options(),
                        new WideningZone(
                                LayerTransforms.none(), Set.of(), method.zone().last(), Widening.SINE),
                        true,
                        KeepRule.LAST,
                        method.start()))
                .hasMessage("weights are inverted through a zone that does not widen, got sine");
    }

    @Test
    void trainingResumesInsideAnEpochToTheSameBits() {
        Stds method = method(0.1f, Widening.SINE, LayerTransforms.none(), descent(PLAIN));
        List<TrainingState> saved = new ArrayList<>();
        Outcome straight = new Course(method, BENCH).run(Optional.empty(), new TrainingListener() {
            @Override
            public void betweenBatches(Supplier<TrainingState> state) {
                if (saved.size() < 8) {
                    saved.add(state.get().copy());
                }
            }
        });
        Outcome resumed = new Course(method, BENCH).run(Optional.of(saved.getLast()), TrainingListener.silent());
        assertThat(resumed.model().history()).isEqualTo(straight.model().history());
        assertThat(resumed.deployed().weights().get(FIRST))
                .containsExactly(straight.deployed().weights().get(FIRST));
    }
}
