package configured;

import java.util.Arrays;
import org.monna.config.Aggregation;

/** Prints what a configured rule makes of three numbers, and the configuration. */
public final class Main {

  private Main() {}

  /** No arguments. */
  public static void main(String[] args) {
    Aggregation read = Aggregation.parse("{\"pipeline\": [{\"name\": \"trimmed-mean\", \"f\": 1}]}");
    float[] result = read.engine(Runnable::run).aggregate(read.rule(), new float[][] {{1}, {2}, {Float.NaN}});
    System.out.println(Arrays.toString(result) + " " + read.toJson());
  }
}
