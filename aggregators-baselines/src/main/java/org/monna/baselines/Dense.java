package org.monna.baselines;

/** Sums over dense vectors and matrices, in the order of their indices. */
final class Dense {

  private Dense() {}

  /** Not DoubleStream's sum, whose order is left to the JDK. */
  static double sum(double[] x) {
    double sum = 0;
    for (double each : x) {
      sum += each;
    }
    return sum;
  }

  static double dot(double[] x, double[] y) {
    double sum = 0;
    for (int i = 0; i < x.length; i++) {
      sum += x[i] * y[i];
    }
    return sum;
  }

  /** Adds a multiple of x to a sum. */
  static void add(double factor, double[] x, double[] sum) {
    for (int i = 0; i < sum.length; i++) {
      sum[i] += factor * x[i];
    }
  }

  /** The product with a symmetric matrix, row by row, which compilers make wide. */
  static double[] multiply(double[][] matrix, double[] x) {
    double[] product = new double[x.length];
    for (int j = 0; j < x.length; j++) {
      if (x[j] != 0) {
        add(x[j], matrix[j], product);
      }
    }
    return product;
  }
}
