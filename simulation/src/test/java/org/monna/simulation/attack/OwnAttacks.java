package org.monna.simulation.attack;

import java.util.List;

/** An attack as somebody else adds one: found by the name of this class among the services. */
public final class OwnAttacks implements AttackProvider {

  /** A number, then zeros. */
  record Own(int number) implements Attack {

    @Override
    public float[][] forge(Scene scene) {
      float[] forged = new float[scene.length()];
      forged[0] = number;
      return new float[][] {forged};
    }

    @Override
    public String toString() {
      return "own(number=" + number + ")";
    }
  }

  @Override
  public List<AttackDefinition> attacks() {
    return List.of(new AttackDefinition("own", List.of("number"), a -> new Own(a.integer("number", 7))));
  }
}
