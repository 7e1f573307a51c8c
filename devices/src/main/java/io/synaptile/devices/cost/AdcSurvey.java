/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.devices.cost;

import java.util.Locale;

/**
 * Energy and area of a good analogue-to-digital converter, from a fit to published ones.
 *
 * <pre>
 *   SNDR = 6.0206 b + 1.761 dB
 *   FOM  = min(213.7807 - 2.8719 ln f_s, 128.3068 + 3.22051 ceil(b)) dB
 *   E    = 0.5 10^((SNDR - FOM) / 10) exp(26.0496 + 1.88004 ln node - 2.82913 ln b - 1.47020)          pJ per conversion
 *   A    = exp(0.99328 ln node + 0.180715 ln f_s + 0.299124 ln E + 1.346192)                           um2
 * </pre>
 *
 * <p>Optimistic, for the fit follows the best converters; areas are three to five times that of ISAAC's.
 *
 * <p>Source: T. Andrulis, R. Chen, H.-S. Lee, J. S. Emer and V. Sze, "Modeling analog-digital-converter energy and area for
 * compute-in-memory accelerator design", 2024, as the Accelergy plug-in has it, fitted to B. Murmann's ADC survey.
 *
 * @param nanometres technology node
 * @param samplesPerSecond conversion rate f_s of one converter
 */
public record AdcSurvey(int nanometres, double samplesPerSecond) {
    public AdcSurvey {
        if (nanometres < 1) {
            throw new IllegalArgumentException("the node of a converter must be at least 1 nm, got " + nanometres);
        }
        if (!(samplesPerSecond > 0) || Double.isInfinite(samplesPerSecond)) {
            throw new IllegalArgumentException(
                    "the sample rate of a converter must be above 0 per second, got " + samplesPerSecond);
        }
    }

    /**
     * Energy of one conversion, pJ.
     *
     * @param bits resolution, at least 1
     */
    public double picojoules(double bits) {
        if (!(bits >= 1)) {
            throw new IllegalArgumentException("the resolution of a converter must be at least 1 bit, got " + bits);
        }
        double sndr = 6.0206 * bits + 1.761;
        double merit = Math.min(213.7807 - 2.8719 * Math.log(samplesPerSecond), 128.3068 + 3.22051 * Math.ceil(bits));
        return 0.5
                * Math.pow(10, (sndr - merit) / 10)
                * Math.exp(26.0496 + 1.88004 * Math.log(nanometres) - 2.82913 * Math.log(bits) - 1.47020);
    }

    /**
     * Area of one converter, um2.
     *
     * @param bits resolution, at least 1
     */
    public double squareMicrometres(double bits) {
        return Math.exp(0.99328 * Math.log(nanometres)
                + 0.180715 * Math.log(samplesPerSecond)
                + 0.299124 * Math.log(picojoules(bits))
                + 1.346192);
    }

    /** Where the numbers come from, for reports. */
    public String source() {
        return String.format(
                Locale.ROOT,
                "Andrulis et al. 2024, ADC model fitted to Murmann's survey, at %d nm and %.4g samples/s",
                nanometres,
                samplesPerSecond);
    }
}
