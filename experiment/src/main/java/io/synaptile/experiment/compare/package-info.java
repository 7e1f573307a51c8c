/** Several ways to train a network for the same chips, side by side. */
package io.synaptile.experiment.compare;
