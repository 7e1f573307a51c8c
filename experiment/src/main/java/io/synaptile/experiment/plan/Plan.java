/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plan;

import io.synaptile.devices.Age;
import io.synaptile.devices.CellModel;
import io.synaptile.experiment.file.DataBlock;
import io.synaptile.experiment.file.Experiment;
import io.synaptile.experiment.file.ExperimentFile;
import io.synaptile.experiment.file.SimulateBlock;
import io.synaptile.mapping.ChipSpec;
import io.synaptile.mapping.HardwareSpec;
import io.synaptile.mapping.LayerPlaces;
import io.synaptile.mapping.SparseMapping;
import io.synaptile.mapping.chip.ChipDesign;
import io.synaptile.mapping.chip.DriftCompensation;
import io.synaptile.mapping.codec.LayerWeights;
import io.synaptile.mapping.codec.SramBranch;
import io.synaptile.mapping.tile.LayerTiles;
import io.synaptile.sim.compute.Folding;
import io.synaptile.sim.compute.NetworkPlan;
import io.synaptile.sim.compute.SynapsePlan;
import io.synaptile.sim.io.dataset.DataForm;
import io.synaptile.sim.io.model.ModelFile;
import io.synaptile.sim.network.Emission;
import io.synaptile.sim.network.Layer;
import io.synaptile.sim.network.Network;
import io.synaptile.sim.network.NeuronSpec;
import io.synaptile.sim.network.Parameters;
import io.synaptile.sim.random.NoiseStream;
import io.synaptile.sim.random.Purpose;
import io.synaptile.sim.spikes.Encoder;
import io.synaptile.training.conversion.TwinNetworks;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.TreeMap;

/**
 * What an experiment file comes to, resolved once and taken by every stage: the network, how its weights are quantised, which
 * layers are on tiles of what, and what costs are computed from. No image is read for it.
 */
public final class Plan {
    private final ExperimentFile file;
    private final DataForm images;
    private final Network network;
    private final Optional<TwinNetworks> twins;
    private final ExperimentInput input;
    private final LayerQuantisers quantisers;
    private final PlacedLayers placed;
    private final HardwareSpec hardware;
    private final Set<Integer> hybrid;
    private final ExperimentCost cost;
    private final List<LayerTiles> tiles;
    private final List<Network.Node> recorded;
    private final List<Integer> onBoards;

    private Plan(
            ExperimentFile file,
            DataForm images,
            ExperimentInput input,
            Network network,
            Optional<TwinNetworks> twins) {
        ExperimentNetwork.requireSteps(file, network, input.timeSteps());
        this.twins = twins;
        this.file = file;
        this.images = images;
        this.input = input;
        this.network = network;
        this.quantisers = LayerQuantisers.of(file, network);
        this.placed = PlacedLayers.of(file, network, input.encoder(), quantisers);
        this.hybrid = placed.hybrid(network);
        this.hardware = ExperimentHardware.spec(file, network, placed);
        ChipDesign blank = design(
                whole(hardware),
                blankWeights(),
                SramRecovery.blank(this),
                Parameters.initial(network, input.timeSteps()));
        this.tiles = blank.tiles().layers();
        requireAgeable(blank);
        this.onBoards = BoardTiles.of(file, blank).stream()
                .map(own -> own.tiles().layer())
                .distinct()
                .sorted()
                .toList();
        requireLoop();
        requireAdaptable();
        EarlyExit.requireFit(file, network);
        this.recorded = RecordedLayers.of(file, network, input.simulatedTimeSteps());
        this.cost = ExperimentCost.of(file);
    }

    /**
     * Resolves an experiment.
     *
     * @param images shape and classes of its images, as their files have them
     * @throws io.synaptile.experiment.file.ConfigException if its parts do not go together, naming the key
     */
    public static Plan of(ExperimentFile file, DataForm images) {
        ExperimentInput input = ExperimentInput.of(file, images);
        Network written = RatedNetwork.of(file, ExperimentNetwork.build(file, images), input.encoder());
        Optional<TwinNetworks> twins = ConvertedNetwork.twins(file, written, input.encoder());
        return new Plan(file, images, input, twins.map(TwinNetworks::spiking).orElse(written), twins);
    }

    /**
     * Resolves an experiment whose network has been trained: it is that of the model, wherever it came from.
     *
     * @throws io.synaptile.experiment.file.ConfigException as {@link #of(ExperimentFile, DataForm)}, or if the images are not
     *     those of the network
     */
    public static Plan of(ExperimentFile file, DataForm images, ModelFile trained) {
        ExperimentInput input = ExperimentInput.of(file, images);
        ExperimentNetwork.requireFit(file, trained.network(), images);
        return new Plan(file, images, input, trained.network(), Optional.empty());
    }

    /** Shape and classes of the images, as their files have them. */
    public DataForm images() {
        return images;
    }

    /** Where it comes from. */
    public ExperimentFile file() {
        return file;
    }

    /** The settings. */
    public Experiment experiment() {
        return file.experiment();
    }

    /** The untrained network that is simulated. */
    public Network network() {
        return network;
    }

    /** Both forms of the network where an artificial one is trained and converted; empty too once that is done. */
    public Optional<TwinNetworks> twins() {
        return twins;
    }

    /** The untrained network that is trained. */
    public Network trained() {
        return twins.map(TwinNetworks::artificial).orElse(network);
    }

    /** How images become input. */
    public Encoder encoder() {
        return input.encoder();
    }

    /** Steps of training. */
    public int timeSteps() {
        return input.timeSteps();
    }

    /** Steps of a simulated inference. */
    public int simulatedTimeSteps() {
        return input.simulatedTimeSteps();
    }

    /** How weights are quantised. */
    public LayerQuantisers quantisers() {
        return quantisers;
    }

    /** Which layers are on tiles, and of what. */
    public PlacedLayers placed() {
        return placed;
    }

    /** The hardware. */
    public HardwareSpec hardware() {
        return hardware;
    }

    /** Tiles of every layer that is on any, before what a trained network leaves out. */
    public List<LayerTiles> tiles() {
        return tiles;
    }

    /** Ids of the layers that have SRAM words beside their RRAM weights. */
    public Set<Integer> hybrid() {
        return hybrid;
    }

    /** Layers whose activity is recorded. */
    public List<Network.Node> recorded() {
        return recorded;
    }

    /** What costs are computed from. */
    public ExperimentCost cost() {
        return cost;
    }

    /** How long ago chips were programmed, and how warm they are. */
    public Age age() {
        return ExperimentHardware.age(experiment().simulate());
    }

    /** What is done against drift. */
    public DriftCompensation compensation() {
        return ExperimentHardware.compensation(experiment().simulate());
    }

    /**
     * Settings with the folder of the data as it is found from anywhere, because later stages start from the run folder, and
     * with the form of a user's own files, which these stages need not read for it.
     */
    public Experiment located(Experiment written) {
        Optional<Path> folder = ExperimentData.folder(file);
        if (folder.isEmpty()) {
            return written;
        }
        DataBlock data =
                written.data().in(folder.get().toAbsolutePath().normalize().toString());
        return written.with(data.isOwn() ? data.found(images) : data);
    }

    /**
     * The chip that a trained model is deployed on.
     *
     * @throws io.synaptile.experiment.file.ConfigException if the hardware cannot hold the model as it was trained
     */
    public ChipDesign design(ModelFile model) {
        requireFit(model);
        return design(
                hardware,
                model.weights(),
                SramRecovery.branches(experiment().hardware().recovery(), model),
                model.parameters());
    }

    /**
     * Some layers alone on tiles, the others as they are: for a network in training.
     *
     * @param layers names of those on tiles
     * @param network all its parameters
     */
    public ChipDesign design(Set<String> layers, Parameters network) {
        LayerPlaces places = new LayerPlaces(layers, hardware.layers().ownCells(), 0);
        return design(hardware.withLayers(places), network.weights(), Map.of(), network);
    }

    /** Ids of the layers with tiles on boards, in the order of the network. */
    public List<Integer> onBoards() {
        return onBoards;
    }

    /** A board in training reads the spikes as they are, not what they are worth. */
    private void requireLoop() {
        if (!experiment().train().loop().isOn()) {
            return;
        }
        for (Network.Node node : network.nodes()) {
            if (node.layer() instanceof Layer.Neuron(NeuronSpec spec)
                    && !spec.dynamics().emission().equals(Emission.ONE)) {
                throw file.problem(
                        "train.loop.policy",
                        "train.loop.policy must be none where spikes are worth other than 1, as those of layer "
                                + node.name() + " are");
            }
        }
    }

    /**
     * Refuses hardware that cannot hold a model as it was trained.
     *
     * @throws io.synaptile.experiment.file.ConfigException naming the key that differs
     */
    public void requireFit(ModelFile model) {
        SramRecovery.requireFit(this, model);
    }

    /** The trained network without hardware: SRAM words are added to what RRAM is wanted to hold. */
    public static NetworkPlan software(ModelFile model) {
        Map<Integer, SynapsePlan> synapses = new TreeMap<>();
        SramRecovery.effective(model).forEach((id, weights) -> synapses.put(id, new SynapsePlan.DensePlan(weights)));
        return Folding.emissions(new NetworkPlan(model.network(), synapses, model.parameters()));
    }

    /** Which weights are 0 is only known of a trained network: the same with room for all of them. */
    private static HardwareSpec whole(HardwareSpec hardware) {
        ChipSpec chip = hardware.chip();
        return chip.sparse() == SparseMapping.NONE
                ? hardware
                : hardware.withChip(chip.unbounded().with(SparseMapping.NONE));
    }

    private ChipDesign design(
            HardwareSpec on, Map<Integer, float[]> weights, Map<Integer, SramBranch> words, Parameters parameters) {
        Map<Integer, LayerWeights> written = quantisers.written(weights);
        try {
            return ChipDesign.of(network, on, written, words, parameters);
        } catch (IllegalArgumentException e) {
            throw file.refused("hardware", e);
        }
    }

    private Map<Integer, float[]> blankWeights() {
        Map<Integer, float[]> blank = new TreeMap<>();
        network.synapses().forEach(node -> blank.put(node.id(), new float[node.weightCount()]));
        return blank;
    }

    /** Asks one cell of every layer whether it knows the age and temperature that are asked for. */
    private void requireAgeable(ChipDesign design) {
        Age age = age();
        if (age.equals(Age.NONE)) {
            return;
        }
        for (LayerTiles tiles : design.tiles().layers()) {
            CellModel cell = design.cells(tiles.layer()).cell();
            float[] one = {cell.range().maxMicrosiemens()};
            try {
                cell.age(one, one.clone(), one, age, NoiseStream.of(0, Purpose.AGEING, 0, 0, 0));
            } catch (IllegalArgumentException e) {
                String key = age.seconds() > 0 ? "simulate.age_s" : "simulate.temperature_K";
                throw file.problem(key, key + ": layer " + tiles.name() + ": " + e.getMessage());
            }
        }
    }

    private void requireAdaptable() {
        SimulateBlock.NormAdaptation block = experiment().simulate().normAdaptation();
        boolean norms = network.nodes().stream().anyMatch(node -> node.layer() instanceof Layer.StepNorm);
        if (block.batches() > 0 && (!norms || experiment().data().batch() < 2)) {
            throw file.problem(
                    "simulate.norm_adaptation.batches",
                    "simulate.norm_adaptation.batches " + block.batches()
                            + " needs a network.norm and a data.batch of at least 2");
        }
        if (block.gammaEpochs() > 0 && block.batches() == 0) {
            throw file.problem(
                    "simulate.norm_adaptation.gamma_epochs",
                    "simulate.norm_adaptation.gamma_epochs " + block.gammaEpochs()
                            + " needs simulate.norm_adaptation.batches of at least 1");
        }
    }
}
