package org.monna.spark;

import java.io.File;
import java.io.IOException;
import java.net.InetAddress;
import java.net.ServerSocket;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;
import java.util.stream.Stream;
import org.apache.spark.SparkConf;

/** How the tests run Spark: on the loopback interface, without its web pages, from the jars of the class path and nothing else. */
final class Clusters {

  private Clusters() {}

  static SparkConf configuration(String master) {
    return new SparkConf()
        .setAppName("monna tests")
        .setMaster(master)
        .set("spark.ui.enabled", "false")
        .set("spark.driver.host", "127.0.0.1")
        .set("spark.driver.bindAddress", "127.0.0.1")
        .set("spark.executor.extraClassPath", System.getProperty("java.class.path"))
        .set("spark.executorEnv.JAVA_HOME", System.getProperty("java.home"))
        .set("spark.executor.memory", "512m")
        .set("spark.executor.cores", "1");
  }

  /** Makes of SPARK_HOME, which the build sets, what Spark takes for an installation. */
  static void install() throws IOException {
    Path home = Path.of(System.getenv("SPARK_HOME"));
    Files.createDirectories(home.resolve("jars"));
    Files.createDirectories(home.resolve("conf"));
    Files.writeString(home.resolve("RELEASE"), "");
    for (String entry : System.getProperty("java.class.path").split(File.pathSeparator)) {
      Path jar = Path.of(entry);
      Path link = home.resolve("jars").resolve(jar.getFileName());
      if (entry.endsWith(".jar") && !Files.isSymbolicLink(link)) {
        Files.createSymbolicLink(link, jar);
      }
    }
  }

  /** A master and workers, each a process of its own. */
  static final class Standalone implements AutoCloseable {

    private final List<Process> processes = new ArrayList<>();
    final String url;

    Standalone(int workers, Path directory) throws IOException, InterruptedException {
      int port;
      try (ServerSocket free = new ServerSocket(0, 1, InetAddress.getLoopbackAddress())) {
        port = free.getLocalPort();
      }
      url = "spark://127.0.0.1:" + port;
      start(directory.resolve("master.log"), "org.apache.spark.deploy.master.Master", "--port", "" + port);
      for (int attempt = 0; !answers(port); attempt++) {
        if (attempt == 300 || !processes.getFirst().isAlive()) {
          throw new IOException("no master:\n" + Files.readString(directory.resolve("master.log")));
        }
        Thread.sleep(100);
      }
      for (int i = 0; i < workers; i++) {
        Path work = Files.createDirectories(directory.resolve("worker" + i));
        start(
            directory.resolve("worker%d.log".formatted(i)),
            "org.apache.spark.deploy.worker.Worker",
            "--cores", "1", "--memory", "1g", "--work-dir", work.toString(), url);
      }
    }

    private static boolean answers(int port) {
      try (Socket _ = new Socket(InetAddress.getLoopbackAddress(), port)) {
        return true;
      } catch (IOException e) {
        return false;
      }
    }

    private void start(Path log, String main, String... arguments) throws IOException {
      List<String> command = new ArrayList<>();
      command.addAll(
          List.of(
              Path.of(System.getProperty("java.home"), "bin", "java").toString(),
              "-Xmx256m", "-cp", System.getProperty("java.class.path"), main, "--host", "127.0.0.1", "--webui-port", "0"));
      command.addAll(List.of(arguments));
      processes.add(
          new ProcessBuilder(command).redirectErrorStream(true).redirectOutput(log.toFile()).start());
    }

    /** Kills one executor, and returns when it is dead. */
    void killAnExecutor() {
      ProcessHandle executor =
          processes.stream().skip(1).flatMap(Process::children).filter(ProcessHandle::isAlive).findFirst().orElseThrow();
      executor.destroyForcibly();
      executor.onExit().join();
    }

    /** Ends the processes, by force those that take long. */
    @Override
    public void close() {
      List<ProcessHandle> all =
          processes.stream().flatMap(p -> Stream.concat(p.descendants(), Stream.of(p.toHandle()))).toList();
      all.forEach(ProcessHandle::destroy);
      all.forEach(
          process -> process.onExit().completeOnTimeout(process, 10, TimeUnit.SECONDS).join().destroyForcibly());
    }
  }
}
