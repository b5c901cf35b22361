package org.monna.jmh;

import java.io.IOException;
import java.lang.management.ManagementFactory;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import jdk.incubator.vector.FloatVector;

/** Where and how was measured. */
final class Environment {

  private Environment() {}

  /** What a reader must know of a run, by name. The commit comes from the monna script; the flags of forks are in JMH's results. */
  static Map<String, String> of(String run) {
    Map<String, String> environment = new LinkedHashMap<>();
    environment.put("run", run);
    environment.put("date", Instant.now().truncatedTo(ChronoUnit.SECONDS).toString());
    environment.put("commit", System.getProperty("org.monna.commit", "unknown"));
    environment.put(
        "CPU",
        "%s, %d available, vectors of %d bits"
            .formatted(cpu(), Runtime.getRuntime().availableProcessors(), FloatVector.SPECIES_PREFERRED.vectorBitSize()));
    environment.put("system", System.getProperty("os.name") + " " + System.getProperty("os.arch"));
    environment.put("JDK", System.getProperty("java.vm.name") + " " + System.getProperty("java.vm.version"));
    environment.put("flags of the launcher", String.join(" ", flags()));
    return environment;
  }

  private static List<String> flags() {
    return ManagementFactory.getRuntimeMXBean().getInputArguments().stream()
        .filter(flag -> !flag.startsWith("-Dorg.monna.commit"))
        .toList();
  }

  private static String cpu() {
    try {
      return Files.readAllLines(Path.of("/proc/cpuinfo")).stream()
          .filter(line -> line.startsWith("model name"))
          .map(line -> line.substring(line.indexOf(':') + 1).strip())
          .findFirst()
          .orElse("unknown");
    } catch (IOException e) {
      return "unknown"; // not Linux
    }
  }
}
