package org.monna.simulation.data;

import java.util.Arrays;
import java.util.Map;
import java.util.random.RandomGenerator;
import java.util.stream.IntStream;

/**
 * How examples are shared among nodes. As text:
 *
 * <ul>
 *   <li>{@code iid}: at random.
 *   <li>{@code by-label}: sorted by class and cut, so that most nodes see one class or two. The same as {@code
 *       gamma(0)}.
 *   <li>{@code gamma(g)}: gamma-similarity. A fraction g of the examples, 0 to 1, is shared at random; the others are
 *       sorted by class and cut (Karimireddy et al., SCAFFOLD, arXiv 1910.06378).
 *   <li>{@code dirichlet(alpha)}: the proportions of the classes at a node are drawn from the symmetric Dirichlet
 *       distribution; see {@link DirichletSplit}.
 *   <li>{@code paper-dirichlet(alpha)}: the same proportions as MoNNA's own experiments use them. Every node draws from
 *       all examples, without replacement at one node; different nodes can have the same ones.
 * </ul>
 *
 * <p>Except with {@code paper-dirichlet} no example is given twice. With {@code iid}, {@code by-label} and {@code gamma}
 * all examples are given, and the sizes of shares differ by 1 at most.
 */
public final class Split {

  private static final Map<String, String> KNOWN =
      Map.of("iid", "", "by-label", "", "gamma", "g", "dirichlet", "alpha", "paper-dirichlet", "alpha");

  private final Choice choice;

  private Split(Choice choice) {
    this.choice = choice;
  }

  /**
   * Reads a split.
   *
   * @throws IllegalArgumentException with a sentence that says what is wrong
   */
  public static Split parse(String text) {
    Choice choice = Choice.parse("split", text, KNOWN);
    double number = choice.number();
    if (choice.parameter().equals("alpha") && !(number > 0 && Double.isFinite(number))) {
      throw new IllegalArgumentException(
          "the split %s: alpha is %s, but must be a number greater than 0".formatted(choice.name(), number));
    }
    if (choice.parameter().equals("g") && !(number >= 0 && number <= 1)) {
      throw new IllegalArgumentException("the split gamma: g is %s, but must be between 0 and 1".formatted(number));
    }
    return new Split(choice);
  }

  /**
   * Checks that so many nodes can share the data.
   *
   * @throws IllegalArgumentException with a sentence, if not
   */
  public void check(Dataset data, int nodes) {
    if (nodes < 1 || nodes > data.size()) {
      throw new IllegalArgumentException("%d examples cannot be shared by %d nodes".formatted(data.size(), nodes));
    }
    if (choice.name().equals("paper-dirichlet") && data.size() / nodes < data.classes()) {
      throw new IllegalArgumentException(
          "%d examples of %d classes are too few for %d nodes: each needs as many as there are classes"
              .formatted(data.size(), data.classes(), nodes));
    }
  }

  /**
   * The shares of the nodes: indices of examples, at least one for each node.
   *
   * @throws IllegalArgumentException if {@link #check} does
   */
  public int[][] shares(Dataset data, int nodes, RandomGenerator random) {
    check(data, nodes);
    return switch (choice.name()) {
      case "dirichlet" -> DirichletSplit.split(data, nodes, choice.number(), random);
      case "paper-dirichlet" -> DirichletSplit.overlapping(data, nodes, choice.number(), random);
      case "iid" -> similar(data, nodes, 1, random);
      default -> similar(data, nodes, choice.number(), random);
    };
  }

  private static int[][] similar(Dataset data, int nodes, double similarity, RandomGenerator random) {
    int[] examples = IntStream.range(0, data.size()).toArray();
    Randomness.drawToFront(examples, examples.length, random);
    int common = (int) (similarity * examples.length);
    int[] sorted =
        IntStream.of(examples)
            .skip(common)
            .boxed()
            .sorted((a, b) -> Integer.compare(data.labels()[a], data.labels()[b]))
            .mapToInt(i -> i)
            .toArray();
    System.arraycopy(sorted, 0, examples, common, sorted.length);
    int[][] shares = new int[nodes][];
    for (int node = 0, from = common; node < nodes; node++) {
      int[] shuffled = Arrays.copyOfRange(examples, cut(common, node, nodes), cut(common, node + 1, nodes));
      // The second part makes up for what the first is short of, so that all shares are equally large. It cannot take back what was given.
      int to = Math.max(from, common + cut(examples.length, node + 1, nodes) - cut(common, node + 1, nodes));
      shares[node] = IntStream.concat(IntStream.of(shuffled), Arrays.stream(examples, from, to)).toArray();
      from = to;
    }
    return shares;
  }

  /** Where the share of a node begins when so many examples are cut evenly. */
  private static int cut(int examples, int node, int nodes) {
    return (int) ((long) examples * node / nodes);
  }

  /** Who has what: for each node the number of examples of each class, as a table for people. */
  public static String summary(Dataset data, int[][] shares) {
    int classes = data.classes();
    int width = Math.max(5, ("" + data.size()).length() + 1);
    StringBuilder table = new StringBuilder("examples of each class\nnode ");
    IntStream.range(0, classes).forEach(c -> table.append(padded(width, c)));
    table.append(" ".repeat(width - 2)).append("all\n");
    for (int node = 0; node < shares.length; node++) {
      int[] counts = new int[classes];
      for (int example : shares[node]) {
        counts[data.labels()[example]]++;
      }
      table.append(padded(4, node)).append(' ');
      IntStream.of(counts).forEach(count -> table.append(padded(width, count)));
      table.append(padded(width + 1, shares[node].length)).append('\n');
    }
    return table.toString();
  }

  private static String padded(int width, int number) {
    return ("%" + width + "d").formatted(number);
  }

  /** The text that {@link #parse} reads. */
  @Override
  public String toString() {
    return choice.toString();
  }
}
