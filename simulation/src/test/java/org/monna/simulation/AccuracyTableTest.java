package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;

import java.util.List;
import org.junit.jupiter.api.Test;

class AccuracyTableTest {

  private static Results.Run run(String method, String attack, double accuracy, double worst) {
    List<Results.Point> curve = List.of(new Results.Point(5, 0.1, 0.1), new Results.Point(10, accuracy, worst));
    return new Results.Run(method, "a rule", 26, attack.equals("none") ? 0 : 5, attack, curve);
  }

  @Test
  void aLineForEachMethodAndAColumnForEachAttack() {
    Results results =
        new Results(
            new Results.Data("digits", "", 1437, 360),
            new Results.Model("perceptron", 4810, "hand"),
            new Settings(26, 5, 10, 25, 1, 0.75, 150, 0.99, 3),
            List.of(
                run("D-SGD", "none", 0.96, 0.96),
                run("D-SGD", "alie", 0.1, 0.05),
                run("MoNNA", "alie", 0.9549, 0.94),
                run("D-SGD", "sign-flipping", 0.12, 0.1),
                run("MoNNA", "sign-flipping", 0.97, 0.9)));
    assertEquals(
        """
        1,437 training and 360 test digits; 26 nodes, 5 of them Byzantine; alpha = 1.0; seed 3
        perceptron, 4,810 parameters, by hand; 10 steps, batches of 25

        method     no attack          alie   sign-flipping   lost
        D-SGD    96.0 (96.0)    10.0 (5.0)     12.0 (10.0)   86.0
        MoNNA              -   95.5 (94.0)     97.0 (90.0)    0.5

        Test accuracy in percent: mean of the honest nodes (worst node).
        lost: points behind D-SGD without attack, under the attack that harms most.
        """,
        AccuracyTable.of(results));
  }
}
