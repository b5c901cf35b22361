package org.monna.simulation;

import org.monna.Aggregator;
import org.monna.Engine;
import org.monna.Optimizer;
import org.monna.nna.MoNNA;

/** An honest node: a model that is changed by gradients and mixed with the models of others. Not thread-safe. */
interface Node {

  /** The current model: a view that the next step or mixing overwrites. */
  float[] model();

  /** Changes the model by a gradient, and returns it: the vector to send. */
  float[] localStep(float[] gradient);

  /** Mixes the model with those received. */
  void mix(float[][] received);

  /** A node of MoNNA, which is the library's own class. */
  static Node of(MoNNA node) {
    return new Node() {
      @Override
      public float[] model() {
        return node.model();
      }

      @Override
      public float[] localStep(float[] gradient) {
        return node.localStep(gradient);
      }

      @Override
      public void mix(float[][] received) {
        node.mix(received);
      }
    };
  }

  /** A node that mixes by any rule, which is given the node's own model as vector 0. */
  static Node of(Aggregator rule, Optimizer optimizer, float[] initialModel) {
    return new Node() {
      private final Optimizer.State state = optimizer.newState(initialModel.length);
      private float[] model = initialModel.clone();
      private float[] spare = new float[initialModel.length];

      @Override
      public float[] model() {
        return model;
      }

      @Override
      public float[] localStep(float[] gradient) {
        state.step(model, gradient);
        return model;
      }

      @Override
      public void mix(float[][] received) {
        float[][] vectors = new float[received.length + 1][];
        vectors[0] = model;
        System.arraycopy(received, 0, vectors, 1, received.length);
        Engine.sequential().aggregate(rule, vectors, spare);
        float[] mixed = spare;
        spare = model;
        model = mixed;
      }
    };
  }
}
