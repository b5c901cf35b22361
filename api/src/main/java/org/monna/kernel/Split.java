package org.monna.kernel;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * Steps that separate the numbers on some wires at borders: the least, as many as the first border says, come onto the wires of the first
 * set, and so on. Within a set they come in any order.
 *
 * <p>The wires are laid out as a table. Its rows are sorted, then its columns, which leaves the rows sorted; so of every cell some numbers
 * are known to be no greater (those to its left and above) and some no less. If that puts the cell between two neighbouring borders, it is
 * settled. The rest, near one border or between several close ones, is a smaller problem of the same kind.
 */
final class Split {

  private static final int WIDEST = Step.WIDEST;

  final Steps steps = new Steps();

  /** The wires of each set, one set more than borders. */
  private final List<List<Integer>> sets = new ArrayList<>();

  private Split(int[] borders) {
    for (int set = 0; set <= borders.length; set++) {
      sets.add(new ArrayList<>());
    }
  }

  /**
   * Separates the wires 0 to m - 1.
   *
   * @param borders ascending; set k begins at the rank {@code borders[k - 1]}
   */
  static Split of(int m, int... borders) {
    int[] wires = new int[m];
    Arrays.setAll(wires, i -> i);
    Split pruned = new Split(borders);
    pruned.put(pruned.steps.sort(wires), borders);
    pruned.steps.prune(pruned.setOfWires(m));
    Split split = of(wires, borders, List.of(), 0, pruned.steps.cost());
    return split.steps.cost() < pruned.steps.cost() ? split : pruned;
  }

  /** The wires of a set. */
  int[] wires(int set) {
    List<Integer> wires = sets.get(set);
    int[] array = new int[wires.size()];
    for (int i = 0; i < array.length; i++) {
      array[i] = wires.get(i);
    }
    return array;
  }

  /**
   * The cheapest split that is found, or any if all cost at least {@code enough}.
   *
   * @param chains the wires again, in lists that are sorted already; none if nothing is known
   */
  private static Split of(int[] wires, int[] borders, List<int[]> chains, int depth, int enough) {
    Split best = new Split(borders);
    if (set(0, borders) == set(wires.length - 1, borders)) {
      best.put(wires, borders);
      return best;
    }
    best.put(best.steps.sort(wires), borders);
    if (!chains.isEmpty()) {
      Split merged = new Split(borders);
      merged.put(merged.steps.merge(chains), borders);
      best = merged.steps.cost() < best.steps.cost() ? merged : best;
    }
    if (wires.length <= WIDEST) {
      return best;
    }
    for (Table table : tables(wires, chains, depth)) {
      Split split = table.split(borders, depth, Math.min(enough, best.steps.cost()));
      if (split.steps.cost() < best.steps.cost()) {
        best = split;
        if (depth > 2) {
          // Little is left to gain, and a tree of choices to search.
          break;
        }
      }
    }
    return best;
  }

  private int[] setOfWires(int m) {
    int[] of = new int[m];
    for (int set = 0; set < sets.size(); set++) {
      for (int wire : sets.get(set)) {
        of[wire] = set;
      }
    }
    return of;
  }

  /** Puts wires that are in the order of their numbers into the sets. */
  private void put(int[] wires, int[] borders) {
    for (int k = 0; k < wires.length; k++) {
      sets.get(set(k, borders)).add(wires[k]);
    }
  }

  /** The set of a rank. */
  private static int set(int rank, int[] borders) {
    int set = 0;
    while (set < borders.length && borders[set] <= rank) {
      set++;
    }
    return set;
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

  private static int[] concatenated(List<int[]> lists) {
    int length = 0;
    for (int[] list : lists) {
      length += list.length;
    }
    int[] all = new int[length];
    int to = 0;
    for (int[] list : lists) {
      System.arraycopy(list, 0, all, to, list.length);
      to += list.length;
    }
    return all;
  }

  /** Appends a split of wires that are in the sets {@code first}, {@code first + 1}, ... */
  private void append(Split next, int first) {
    steps.append(next.steps);
    for (int set = 0; set < next.sets.size(); set++) {
      sets.get(first + set).addAll(next.sets.get(set));
    }
  }

  /** Rows of wires, of which none is longer than the one above. */
  private static final class Table {

    private final List<int[]> rows;
    private final boolean sortedRows;
    private final int size;

    Table(List<int[]> rows, boolean sortedRows) {
      this.rows = rows;
      this.sortedRows = sortedRows;
      this.size = concatenated(rows).length;
    }

    /** Sorts rows and columns and splits what is not settled by that. Gives up when that costs {@code enough}, with wires missing in the sets. */
    Split split(int[] borders, int depth, int enough) {
      Split split = new Split(borders);
      sort(split.steps);
      // The borders that have an undecided cell in common with the one before.
      boolean[] linked = new boolean[borders.length + 1];
      for (int row = 0; row < rows.size(); row++) {
        for (int column = 0; column < rows.get(row).length; column++) {
          int low = least(row, column, borders);
          int high = most(row, column, borders);
          if (low == high) {
            split.sets.get(low).add(rows.get(row)[column]);
          }
          Arrays.fill(linked, Math.min(low + 1, high), high, true);
        }
      }
      for (int first = 0, last; first < borders.length && split.steps.cost() < enough; first = last) {
        last = first + 1;
        while (linked[last]) {
          last++;
        }
        int[] inner = Arrays.copyOfRange(borders, first, last);
        List<int[]> chains = undecided(borders, first, inner);
        int[] rest = concatenated(chains);
        if (rest.length == size) {
          // Nothing is settled, and this would not end. To sort all at once is cheaper.
          split.steps.sort(rest);
          return split;
        }
        if (rest.length > 0) {
          split.append(Split.of(rest, inner, chains, depth + 1, enough - split.steps.cost()), first);
        }
      }
      return split;
    }

    /**
     * The wires that may be on either side of some of the borders {@code inner}, row by row.
     *
     * @param first the index of the first of these
     * @param inner made ranks among the wires that are returned: without what is known to be below
     */
    private List<int[]> undecided(int[] borders, int first, int[] inner) {
      int last = first + inner.length;
      List<int[]> chains = new ArrayList<>();
      for (int row = 0; row < rows.size(); row++) {
        int[] wires = rows.get(row);
        int[] chain = new int[wires.length];
        int length = 0;
        for (int column = 0; column < wires.length; column++) {
          int low = least(row, column, borders);
          int high = most(row, column, borders);
          if (low < high && low < last && high > first) {
            chain[length++] = wires[column];
          } else {
            for (int border = Math.max(high, first); border < last; border++) {
              inner[border - first]--;
            }
          }
        }
        if (length > 0) {
          chains.add(Arrays.copyOf(chain, length));
        }
      }
      return chains;
    }

    private void sort(Steps steps) {
      if (!sortedRows) {
        for (int row = 0; row < rows.size(); row++) {
          rows.set(row, steps.sort(rows.get(row)));
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

    /** The first set that a cell may be in: those to its left and above are not greater, nor is it itself. */
    private int least(int row, int column, int[] borders) {
      return set((row + 1) * (column + 1) - 1, borders);
    }

    /** The last set that a cell may be in: those to its right and below are not less. */
    private int most(int row, int column, int[] borders) {
      int notLess = 0;
      for (int other = row; other < rows.size(); other++) {
        notLess += Math.max(rows.get(other).length - column, 0);
      }
      return set(size - notLess, borders);
    }
  }
}
