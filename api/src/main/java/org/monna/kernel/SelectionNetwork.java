package org.monna.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.ConcurrentHashMap;

/**
 * A way to find the order statistics {@code from <= k < to} of m numbers that does the same whatever the numbers are: a sequence of
 * steps, each of which sorts the numbers on at most {@value #WIDEST} of m wires.
 *
 * <p>Steps instead of single comparators, because a step runs in registers: eight rows are read, sorted by 19 comparators and
 * written back in a third of the time that the comparators take one by one.
 *
 * <p>The wires are laid out as a table. Its rows are sorted, then its columns, which leaves the rows sorted; so of every cell some
 * numbers are known to be no greater (those to its left and above) and some no less. If that puts a number below the wanted ranks,
 * above them or among them, it is settled. The rest, near one of the two borders, is a smaller problem of the same kind. Rows of more
 * than {@value #WIDEST} wires are sorted by merging.
 *
 * <p>The order of the outputs among each other is left open: a mean does not need it.
 *
 * <p>For more than {@value #LARGEST} numbers this is but the ranks that are wanted: there are no steps.
 */
public final class SelectionNetwork {

  /** The largest m for which there are steps. */
  public static final int LARGEST = 200;

  /** The largest number of wires that a step sorts. */
  public static final int WIDEST = 8;

  /** Comparators that sort k wires (Knuth, The Art of Computer Programming 3, 5.3.4): the smaller number goes to the first. */
  private static final int[][] SORT = {
    {},
    {},
    {0, 1},
    {0, 2, 0, 1, 1, 2},
    {0, 2, 1, 3, 0, 1, 2, 3, 1, 2},
    {0, 3, 1, 4, 0, 2, 1, 3, 0, 1, 2, 4, 1, 2, 3, 4, 2, 3},
    {0, 5, 1, 3, 2, 4, 1, 2, 3, 4, 0, 3, 2, 5, 0, 1, 2, 3, 4, 5, 1, 2, 3, 4},
    {0, 6, 2, 3, 4, 5, 0, 2, 1, 4, 3, 6, 0, 1, 2, 5, 3, 4, 1, 2, 4, 6, 2, 3, 4, 5, 1, 2, 3, 4, 5, 6},
    {0, 2, 1, 3, 4, 6, 5, 7, 0, 4, 1, 5, 2, 6, 3, 7, 0, 1, 2, 3, 4, 5, 6, 7, 2, 4, 3, 5, 1, 4, 3, 6, 1, 2, 3, 4, 5, 6}
  };

  private static final int REMEMBERED = 256;
  private static final ConcurrentHashMap<List<Integer>, SelectionNetwork> NETWORKS = new ConcurrentHashMap<>();

  private final int size;
  private final int from;
  private final int to;
  private final int[][] firstSteps;
  private final int[][] steps;
  private final int[] outputs;

  private SelectionNetwork(int size, int from, int to, Steps steps, List<Integer> outputs) {
    this.size = size;
    this.from = from;
    this.to = to;
    this.firstSteps = steps.first(isCounted(size) ? 0 : size);
    this.steps = steps.others(size);
    this.outputs = outputs.stream().mapToInt(Integer::intValue).toArray();
  }

  /** The network for the ranks {@code from <= k < to} of m numbers. */
  public static SelectionNetwork of(int m, int from, int to) {
    List<Integer> key = List.of(m, from, to);
    SelectionNetwork known = NETWORKS.get(key);
    if (known == null) {
      known = make(m, from, to);
      if (NETWORKS.size() < REMEMBERED) {
        NETWORKS.put(key, known);
      }
    }
    return known;
  }

  private static SelectionNetwork make(int m, int from, int to) {
    if (isCounted(m)) {
      return new SelectionNetwork(m, from, to, new Steps(), List.of());
    }
    int[] wires = new int[m];
    Arrays.setAll(wires, i -> i);
    Part whole = split(wires, from, to, List.of(), 0);
    return new SelectionNetwork(m, from, to, whole.steps, whole.kept);
  }

  /** Steps that put the wanted ranks of some wires onto some of them. */
  private static final class Part {

    final Steps steps = new Steps();
    final List<Integer> kept = new ArrayList<>();
    boolean impossible;

    void append(Part next) {
      steps.append(next.steps);
      kept.addAll(next.kept);
      impossible |= next.impossible;
    }

    int cost() {
      return impossible ? Integer.MAX_VALUE : steps.cost();
    }
  }

  /**
   * The cheapest split that is found.
   *
   * @param chains the wires again, in lists that are sorted already; none if nothing is known
   */
  private static Part split(int[] wires, int from, int to, List<int[]> chains, int depth) {
    Part best = new Part();
    if (from >= to) {
      return best;
    }
    boolean all = from <= 0 && to >= wires.length;
    if (wires.length <= WIDEST || all) {
      if (!all) {
        best.steps.sort(wires);
      }
      for (int k = Math.max(from, 0); k < Math.min(to, wires.length); k++) {
        best.kept.add(wires[k]);
      }
      return best;
    }
    best.impossible = true;
    for (Table table : tables(wires, chains, depth)) {
      Part part = table.split(from, to, depth, best.cost());
      if (part.cost() < best.cost()) {
        best = part;
        if (depth > 2) {
          // Little is left to gain, and a tree of choices to search.
          break;
        }
      }
    }
    return best;
  }

  /** Tables of at most {@link #WIDEST} rows: several where it matters most, one further down. */
  private static List<Table> tables(int[] wires, List<int[]> chains, int depth) {
    List<Table> tables = new ArrayList<>();
    if (!chains.isEmpty() && chains.size() <= WIDEST) {
      List<int[]> rows = new ArrayList<>(chains);
      rows.sort((a, b) -> b.length - a.length);
      tables.add(new Table(rows, true));
    }
    int least = Math.min(Math.max((wires.length + WIDEST - 1) / WIDEST, 2), WIDEST);
    int most = depth < 2 ? WIDEST : least;
    for (int count = least; count <= most; count++) {
      tables.add(new Table(cut(wires, count), false));
    }
    return tables;
  }

  /** Cuts a list into so many ones of the same length, or of two lengths, the longer first. */
  private static List<int[]> cut(int[] wires, int count) {
    List<int[]> rows = new ArrayList<>();
    for (int row = 0, next = 0; row < count; row++) {
      int end = next + (wires.length - next + count - row - 1) / (count - row);
      rows.add(Arrays.copyOfRange(wires, next, end));
      next = end;
    }
    return rows;
  }

  /** Rows of wires, of which none is longer than the one above. */
  private static final class Table {

    private final List<int[]> rows;
    private final boolean sortedRows;
    private final int size;

    Table(List<int[]> rows, boolean sortedRows) {
      this.rows = rows;
      this.sortedRows = sortedRows;
      this.size = rows.stream().mapToInt(row -> row.length).sum();
    }

    /** Sorts rows and columns and splits what is not settled by that. Gives up at a cost. */
    Part split(int from, int to, int depth, int enough) {
      Part part = new Part();
      sort(part.steps);
      if (part.cost() >= enough) {
        return part;
      }
      // What may be below the wanted ranks or among them (1), among them or above (2), or anything (3); row by row.
      List<int[]> low = new ArrayList<>();
      List<int[]> high = new ArrayList<>();
      List<int[]> any = new ArrayList<>();
      boolean both = false;
      int below = 0;
      for (int row = 0; row < rows.size(); row++) {
        int[] wires = rows.get(row);
        int[] kinds = new int[wires.length];
        for (int column = 0; column < wires.length; column++) {
          int least = countBefore(row, column) - 1;
          int most = size - countAfter(row, column);
          below += most < from ? 1 : 0;
          if (least >= from && most < to) {
            part.kept.add(wires[column]);
          } else if (most >= from && least < to) {
            kinds[column] = (least < from ? 1 : 0) + (most >= to ? 2 : 0);
          }
        }
        addChain(low, wires, kinds, 1, 1);
        addChain(high, wires, kinds, 2, 2);
        addChain(any, wires, kinds, 1, 3);
        both |= Arrays.stream(kinds).anyMatch(kind -> kind == 3);
      }
      int[] rest = join(any);
      int missing = to - from - part.kept.size();
      if (rest.length == size) {
        part.impossible = true;
      } else if (both) {
        part.append(SelectionNetwork.split(rest, from - below, from - below + missing, any, depth + 1));
      } else {
        // The borders are far from each other: of the low ones the greatest are wanted, of the high ones the least.
        int[] lows = join(low);
        int[] highs = join(high);
        int dropped = from - below;
        part.append(SelectionNetwork.split(lows, dropped, lows.length, low, depth + 1));
        part.append(SelectionNetwork.split(highs, 0, missing - (lows.length - dropped), high, depth + 1));
      }
      return part;
    }

    private void sort(Steps steps) {
      for (int[] row : rows) {
        if (!sortedRows) {
          steps.sort(row);
        }
      }
      for (int column = 0; column < rows.get(0).length; column++) {
        int[] wires = new int[rows.size()];
        int length = 0;
        while (length < wires.length && rows.get(length).length > column) {
          wires[length] = rows.get(length)[column];
          length++;
        }
        steps.sort(Arrays.copyOf(wires, length));
      }
    }

    /** The number of cells that are not greater for certain: those to the left and above, and the cell itself. */
    private int countBefore(int row, int column) {
      return (row + 1) * (column + 1);
    }

    /** The number of cells that are not less for certain. */
    private int countAfter(int row, int column) {
      int count = 0;
      for (int other = row; other < rows.size(); other++) {
        count += Math.max(rows.get(other).length - column, 0);
      }
      return count;
    }

    private static void addChain(List<int[]> chains, int[] wires, int[] kinds, int least, int most) {
      int[] chain = new int[wires.length];
      int length = 0;
      for (int column = 0; column < wires.length; column++) {
        if (kinds[column] >= least && kinds[column] <= most) {
          chain[length++] = wires[column];
        }
      }
      if (length > 0) {
        chains.add(Arrays.copyOf(chain, length));
      }
    }

    private static int[] join(List<int[]> chains) {
      return chains.stream().flatMapToInt(Arrays::stream).toArray();
    }
  }

  /** True if there are no steps: ranks of many numbers are found sooner by counting, in a time proportional to m. */
  public boolean isCounted() {
    return isCounted(size);
  }

  static boolean isCounted(int m) {
    return m > LARGEST;
  }

  /** The number m of inputs. */
  public int size() {
    return size;
  }

  /** The smallest rank. */
  public int from() {
    return from;
  }

  /** One more than the largest rank. */
  public int to() {
    return to;
  }

  /**
   * The first steps, which together have every wire once: they can read the inputs. Each is a list of wires, the smallest number
   * goes to the first; one of a single wire only reads. Not to be modified.
   */
  public int[][] firstSteps() {
    return firstSteps;
  }

  /** The steps that follow, in order. Not to be modified. */
  public int[][] steps() {
    return steps;
  }

  /** The wires that have the wanted ranks in the end, in the order in which they are added. Not to be modified. */
  public int[] outputs() {
    return outputs;
  }

  /** Comparators that sort k wires, as pairs: the smaller number goes to the first. Not to be modified. */
  public static int[] comparators(int k) {
    return SORT[k];
  }
}
