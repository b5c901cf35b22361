package consumer;

import java.util.Arrays;
import org.monna.Aggregators;
import org.monna.kernel.KernelSelection;

/** Prints the kernels, then a result: its least and greatest number, and a hash of all bits. */
public final class Main {

  private Main() {}

  /** Eight honest senders with numbers from 1 to 2 and two others. */
  public static void main(String[] args) {
    float[][] vectors = new float[10][100_003];
    for (int i = 0; i < 8; i++) {
      for (int c = 0; c < vectors[i].length; c++) {
        vectors[i][c] = 1 + (i * 7919 + c * 137) % 1009 / 1008f;
      }
    }
    Arrays.fill(vectors[8], Float.NaN);
    Arrays.fill(vectors[9], 1e30f);

    float[] result = Aggregators.parse("nnm(f=2) | trimmed-mean(f=2)").aggregate(vectors);
    float[] sorted = result.clone();
    Arrays.sort(sorted);
    System.out.printf(
        "%s %s %s %08x%n",
        KernelSelection.kernels().name(), sorted[0], sorted[sorted.length - 1], Arrays.hashCode(result));
  }
}
