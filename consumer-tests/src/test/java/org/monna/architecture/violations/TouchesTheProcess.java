package org.monna.architecture.violations;

import java.io.IOException;
import java.util.function.IntConsumer;
import java.util.function.Supplier;
import java.util.function.UnaryOperator;

/** Exits, streams, properties, hooks and other processes. */
public final class TouchesTheProcess {

  private TouchesTheProcess() {}

  static class Exit {
    void of() {
      System.exit(1);
    }
  }

  static class ExitByReference {
    IntConsumer x = System::exit;
  }

  static class Halt {
    void of() {
      Runtime.getRuntime().halt(1);
    }
  }

  static class Hook {
    void of(Thread x) {
      Runtime.getRuntime().addShutdownHook(x);
    }
  }

  static class Processors {
    int x = Runtime.getRuntime().availableProcessors();
  }

  static class Printed {
    void of() {
      System.out.println();
    }
  }

  static class PrintedError {
    Object x = System.err;
  }

  static class Trace {
    void of(Exception x) {
      x.printStackTrace();
    }
  }

  static class Property {
    String x = System.getProperty("x");
  }

  static class PropertyByReference {
    UnaryOperator<String> x = System::getProperty;
  }

  static class PropertyOfInteger {
    Integer x = Integer.getInteger("x");
  }

  static class PropertyOfBoolean {
    boolean x = Boolean.getBoolean("x");
  }

  static class Environment {
    Supplier<?> x = System::getenv;
  }

  static class Logs {
    Object x = System.getLogger("x");
  }

  static class Started {
    Object of() throws IOException {
      return new ProcessBuilder("x").start();
    }
  }
}
