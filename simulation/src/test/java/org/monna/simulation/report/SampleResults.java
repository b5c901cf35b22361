package org.monna.simulation.report;

import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ArrayNode;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.util.List;
import java.util.Random;

/** Results as an experiment might give them: invented, but always the same. */
final class SampleResults {

  private static final JsonMapper JSON = new JsonMapper();

  static final List<String> ATTACKS = List.of("alie", "foe", "label-flipping", "sign-flipping");
  static final List<String> SPLITS = List.of("dirichlet(1)", "dirichlet(5)");

  private record Method(String name, String rule, double reach, double[] lost, double milliseconds, double drift) {}

  private static final List<Method> METHODS =
      List.of(
          new Method("MoNNA", "nna(f=5)", 0.86, new double[] {0.03, 0.01, 0.005, 0.01}, 9, 0.05),
          new Method("NNA", "nna(f=5)", 0.83, new double[] {0.25, 0.12, 0.02, 0.05}, 9, 0.4),
          new Method("trimmed mean, momentum", "trimmed-mean(f=5)", 0.85, new double[] {0.12, 0.08, 0.03, 0.05}, 31, 0.06),
          new Method("trimmed mean", "trimmed-mean(f=5)", 0.82, new double[] {0.4, 0.3, 0.1, 0.12}, 31, 0.5),
          new Method("geometric median, momentum", "geometric-median", 0.85, new double[] {0.1, 0.05, 0.02, 0.03}, 24, 0.08),
          new Method("geometric median", "geometric-median", 0.82, new double[] {0.3, 0.25, 0.08, 0.1}, 24, 0.7),
          new Method("self-centred clipping", "self-centered-clipping(tau=1)", 0.8, new double[] {0.2, 0.16, 0.05, 0.15}, 14, 0.3),
          new Method("LEARN", "multi-krum(f=5) & trimmed-mean(f=5)", 0.84, new double[] {0.07, 0.06, 0.03, 0.03}, 46, 0.02),
          new Method("averaging", "mean", 0.87, new double[] {0.77, 0.75, 0.2, 0.76}, 2, 1e-3));

  private SampleResults() {}

  /** 9 methods x 4 attacks x 2 splits, averaging without attack as well; a line for each seed from 1. */
  static String lines(int seeds) {
    StringBuilder lines = new StringBuilder();
    for (String split : SPLITS) {
      for (long seed = 1; seed <= seeds; seed++) {
        for (Method method : METHODS) {
          for (int a = 0; a < ATTACKS.size(); a++) {
            lines.append(line(method, ATTACKS.get(a), method.lost[a], split, seed)).append('\n');
          }
        }
        lines.append(line(METHODS.getLast(), "none", 0, split, seed)).append('\n');
      }
    }
    return lines.toString();
  }

  private static ObjectNode line(Method method, String attack, double lost, String split, long seed) {
    Random random = new Random((method.name + attack + split + seed).hashCode());
    ObjectNode run = JSON.createObjectNode();
    run.put("id", "%016x".formatted(random.nextLong())).put("experiment", "fashion-quick");
    run.put("method", method.name).put("rule", method.rule).put("attack", attack).put("split", split).put("seed", seed);
    ObjectNode configuration = run.putObject("configuration");
    configuration.put("data", "fashion-mnist").put("model", "mnist-cnn").put("nodes", 26);
    configuration.put("byzantine", attack.equals("none") ? 0 : 5);
    configuration.put("steps", 300).put("batch", 25).put("rule", method.rule).put("attack", attack).put("seed", seed);
    configuration.put("momentum", method.name.contains("momentum") || method.name.equals("MoNNA") ? 0.99 : 0);
    configuration.put("rate", 0.75).put("decay", 50).put("split", split);
    run.put("parameters", 431080);
    ArrayNode curve = run.putArray("curve");
    double reach = method.reach - lost * (split.contains("5") ? 0.7 : 1) + 0.012 * random.nextGaussian();
    double wobble = 0;
    for (int step = 10; step <= 300; step += 10) {
      wobble = 0.7 * wobble + (0.008 + 0.04 * Math.min(lost, 0.4)) * random.nextGaussian();
      double accuracy = Math.clamp(0.1 + (reach - 0.1) * (1 - Math.exp(-step / 45.0)) + wobble, 0.05, 1);
      double drift = method.drift * (0.3 + 3 * lost) * Math.exp(-step / 200.0) * Math.exp(0.2 * random.nextGaussian());
      ObjectNode point = curve.addObject().put("step", step).put("accuracy", accuracy);
      point.put("worst", Math.max(accuracy - 0.01 - 0.2 * method.drift * random.nextDouble(), 0));
      point.put("loss", -Math.log(accuracy)).put("drift", drift);
    }
    double seconds = 300 * method.milliseconds / 1e3;
    run.putObject("seconds")
        .put("gradient", 12.1 + random.nextDouble())
        .put("attack", attack.equals("none") ? 0 : attack.equals("alie") || attack.equals("foe") ? 1.4 + 0.1 * seconds : 0.3)
        .put("exchange", 0.2 + 0.1 * random.nextDouble())
        .put("aggregation", seconds * (1 + 0.05 * random.nextDouble()))
        .put("test", 1.6);
    return run.put("commit", "33cc06c").put("jdk", "25.0.3");
  }
}
