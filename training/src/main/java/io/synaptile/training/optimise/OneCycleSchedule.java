/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.optimise;

/**
 * One cycle: from a low rate up to the highest, as long down again, and further down until the end, each in a straight line
 * over the steps.
 *
 * <pre>
 *   x = step / (of - 1)
 *   x = 0: rate * start      x = rise: rate      x = 2 rise: rate * start      x = 1: rate * end
 * </pre>
 *
 * <p>Source: L. N. Smith, "A disciplined approach to neural network hyper-parameters: part 1", arXiv:1803.09820, 2018, which also
 * moves the momentum against the rate; here it stays. With a rise of 1/2 the last part is missing and the cycle ends at
 * {@code rate * start}.
 *
 * @param rate the highest
 * @param rise share of the steps in which it rises, above 0 and at most 1/2
 * @param start first rate as a share of the highest
 * @param end last rate as a share of the highest
 */
public record OneCycleSchedule(double rate, double rise, double start, double end) implements Schedule {
    public OneCycleSchedule {
        Schedule.checkRate(rate);
        if (!(rise > 0 && rise <= 0.5)) {
            throw new IllegalArgumentException("rise of a cycle must be above 0 and at most 0.5, got " + rise);
        }
        if (!(start > 0 && start <= 1) || !(end > 0 && end <= 1)) {
            throw new IllegalArgumentException(
                    "first and last rate of a cycle must be shares of the highest, got " + start + " and " + end);
        }
    }

    @Override
    public float rate(Clock clock) {
        double x = clock.of() == 1 ? 0 : (double) clock.step() / (clock.of() - 1);
        return (float) (rate * share(x));
    }

    private double share(double x) {
        if (x <= rise) {
            return between(start, 1, x / rise);
        } else if (x <= 2 * rise) {
            return between(1, start, (x - rise) / rise);
        }
        return between(start, end, (x - 2 * rise) / (1 - 2 * rise));
    }

    private static double between(double from, double to, double part) {
        return from + (to - from) * part;
    }
}
