/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.training.method.ratenorm;

/** One less the cosine between the scores of a teacher and those of a student, mean over the samples. */
final class CosineDistance {
    private static final double LEAST = 1e-6;

    private CosineDistance() {}

    /**
     * The distance.
     *
     * @param teacher {@code [samples, classes]}
     * @param student the same
     * @param gradient derivatives by the student's scores are added to it
     */
    static double evaluate(float[] teacher, float[] student, int classes, float[] gradient) {
        int samples = student.length / classes;
        double distance = 0;
        for (int n = 0; n < samples; n++) {
            double product = 0;
            double a = 0;
            double b = 0;
            for (int i = n * classes; i < (n + 1) * classes; i++) {
                product += (double) teacher[i] * student[i];
                a += (double) teacher[i] * teacher[i];
                b += (double) student[i] * student[i];
            }
            double norms = Math.max(Math.sqrt(a * b), LEAST);
            double cosine = product / norms;
            distance += (1 - cosine) / samples;
            for (int i = n * classes; i < (n + 1) * classes; i++) {
                double along = norms > LEAST ? cosine * student[i] / b : 0;
                gradient[i] -= (float) ((teacher[i] / norms - along) / samples);
            }
        }
        return distance;
    }
}
