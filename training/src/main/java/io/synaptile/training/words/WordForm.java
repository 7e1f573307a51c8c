/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.words;

import io.synaptile.training.transform.GroupLasso;
import io.synaptile.training.transform.KBitQuantiser;
import io.synaptile.training.transform.MagnitudeMask;
import io.synaptile.training.transform.Unquantised;
import io.synaptile.training.transform.WeightTransform;
import io.synaptile.training.transform.ZeroLevelQuantiser;
import java.util.List;

/**
 * How the SRAM words of a layer are stored and added to its RRAM weights: {@code (rram + 2^shift * word) / divisor}.
 *
 * @param rramBits bits of the RRAM weights
 * @param bits of a word, 0 for float
 * @param shift power of two that words are worth
 * @param divisor of the sum
 * @param zeroLevel whether words have a level at 0, so that they can add nothing
 * @param group weights that are pruned together, 0 where nothing is pruned
 */
public record WordForm(int rramBits, int bits, int shift, float divisor, boolean zeroLevel, int group) {
    /** The published code divides every sum by this, whatever the shift. */
    private static final float PUBLISHED_DIVISOR = 2;

    /**
     * Pruning of the words of a layer.
     *
     * @param lambda weight of the group lasso
     * @param ratio part of the groups that it acts on
     * @param constantMean whether its threshold keeps its first value
     * @param threshold magnitude below which words are masked
     */
    public record Pruning(double lambda, double ratio, boolean constantMean, double threshold) {}

    /**
     * Words that start at 0 beside RRAM weights that stay as they are: the sum is not divided.
     *
     * @param asPublished whether there is no level at 0, as in the published code, so that words become the smallest level
     */
    public static WordForm fromZero(int rramBits, int bits, int shift, int group, boolean asPublished) {
        return new WordForm(rramBits, bits(rramBits, bits, shift, asPublished), shift, 1, !asPublished, group);
    }

    /** Words that start as weights of their own: the sum is divided by what both are worth. */
    public static WordForm beside(int rramBits, int bits, int shift, int group, boolean asPublished) {
        float divisor = asPublished ? PUBLISHED_DIVISOR : 1f + Math.scalb(1f, shift);
        return new WordForm(rramBits, bits(rramBits, bits, shift, asPublished), shift, divisor, false, group);
    }

    /** Words that go on from those of a recovered model, whose sum was divided or not. */
    public static WordForm continuing(
            WordForm before, int rramBits, int bits, int shift, int group, boolean asPublished) {
        WordForm form = before.divisor == 1f
                ? new WordForm(rramBits, bits(rramBits, bits, shift, asPublished), shift, 1, false, group)
                : beside(rramBits, bits, shift, group, asPublished);
        return new WordForm(form.rramBits, form.bits, shift, form.divisor, before.zeroLevel, group);
    }

    /** Bits that words are trained with: the published code gives them those of the RRAM unless they are shifted. */
    public static int bits(int rramBits, int bits, int shift, boolean asPublished) {
        return asPublished && shift == 0 ? rramBits : bits;
    }

    /** Stages from latent to stored words. */
    public List<WeightTransform> stages(Pruning pruning) {
        WeightTransform quantiser =
                bits == 0 ? new Unquantised() : zeroLevel ? new ZeroLevelQuantiser(bits) : KBitQuantiser.of(bits);
        return group == 0
                ? List.of(quantiser)
                : List.of(
                        new GroupLasso(group, pruning.lambda(), pruning.ratio(), pruning.constantMean()),
                        new MagnitudeMask(quantiser, (float) pruning.threshold()));
    }
}
