package org.monna.simulation;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.IOException;
import java.util.List;
import java.util.Map;
import org.junit.jupiter.api.Test;
import org.monna.simulation.experiment.RunResult;
import org.monna.simulation.protocol.Configuration;

class AccuracyTableTest {

  private static RunResult result(String method, String attack, long seed, double accuracy, double worst) {
    return result(Configuration.DEFAULT, method, attack, seed, accuracy, worst);
  }

  private static RunResult result(
      Configuration configuration, String method, String attack, long seed, double accuracy, double worst) {
    return new RunResult(
        "",
        "",
        method,
        "",
        attack,
        "",
        seed,
        configuration,
        4810,
        List.of(new RunResult.Point(5, 0.1, 0.1, 1, 1), new RunResult.Point(10, accuracy, worst, 1, 1)),
        Map.of(),
        "",
        "");
  }

  @Test
  void aLineForEachMethodAndAColumnForEachAttack() {
    String table =
        AccuracyTable.of(
            List.of(
                result("D-SGD", "none", 1, 0.95, 0.95),
                result("D-SGD", "alie", 1, 0.1, 0.09),
                result("MoNNA", "alie", 1, 0.9, 0.89),
                result("MoNNA", "alie", 2, 0.92, 0.85)));
    assertEquals(
        """
        digits, mlp(64), 4,810 parameters; 26 nodes, dirichlet(1); 300 steps, batches of 25

        method     no attack          alie   lost
        D-SGD    95.0 (95.0)    10.0 (9.0)   85.0
        MoNNA              -   91.0 (85.0)    4.0

        Test accuracy in percent: mean of the honest nodes (worst node).
        lost: points behind D-SGD without attack, under the attack that harms most.

        """,
        table);
  }

  /** As of the preset without attack: D-SGD that reckons with nobody, and D-SGD that leaves out as many as might be Byzantine. */
  @Test
  void whatDiffersInMoreThanItsSeedIsNotAveraged() throws IOException {
    ObjectMapper json = new ObjectMapper();
    ObjectNode tree = json.valueToTree(Configuration.DEFAULT);
    Configuration nobody = json.treeToValue(tree.put("byzantine", 0), Configuration.class);
    String table =
        AccuracyTable.of(
            List.of(
                result(nobody, "D-SGD", "none", 1, 0.95, 0.95),
                result("D-SGD", "none", 1, 0.85, 0.85),
                result("D-SGD", "none", 2, 0.75, 0.75)));
    assertTrue(table.contains("D-SGD, byzantine=0   95.0 (95.0)\nD-SGD, byzantine=5   80.0 (75.0)\n"), table);
  }
}
