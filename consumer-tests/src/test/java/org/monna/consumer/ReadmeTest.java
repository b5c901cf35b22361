package org.monna.consumer;

import static java.nio.charset.StandardCharsets.UTF_8;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.io.OutputStream;
import java.io.PrintStream;
import java.net.URL;
import java.net.URLClassLoader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;
import javax.tools.ToolProvider;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

/** The example of the README, as printed: it must compile and run. */
final class ReadmeTest {

  @TempDir private static Path directory;

  @Test
  void exampleRuns() throws IOException, ReflectiveOperationException {
    List<String> example = firstJavaBlock(Files.readAllLines(Path.of("../README.md")));
    String imports = example.stream().filter(line -> line.startsWith("import ")).collect(Collectors.joining("\n"));
    String body = example.stream().filter(line -> !line.startsWith("import ")).collect(Collectors.joining("\n"));
    Path source = directory.resolve("Example.java");
    Files.writeString(source, imports + "\npublic class Example { public static void main(String[] a) {\n" + body + "\n}}");
    String[] arguments = {"-proc:none", "-d", directory.toString(), source.toString()};
    assertEquals(
        0,
        ToolProvider.getSystemJavaCompiler().run(null, OutputStream.nullOutputStream(), null, arguments),
        "the example does not compile");

    String printed = run();

    assertTrue(printed.contains("||F - mean_S||^2 <= "), printed);
    assertTrue(printed.contains("vector 2: weight ") && printed.contains("not finite"), printed);
  }

  private static List<String> firstJavaBlock(List<String> lines) {
    int start = lines.indexOf("```java") + 1;
    return lines.subList(start, start + lines.subList(start, lines.size()).indexOf("```"));
  }

  private static String run() throws IOException, ReflectiveOperationException {
    ByteArrayOutputStream printed = new ByteArrayOutputStream();
    PrintStream before = System.out;
    try (URLClassLoader loader = new URLClassLoader(new URL[] {directory.toUri().toURL()});
        PrintStream captured = new PrintStream(printed, true, UTF_8)) {
      System.setOut(captured);
      loader.loadClass("Example").getMethod("main", String[].class).invoke(null, (Object) new String[0]);
    } finally {
      System.setOut(before);
    }
    return printed.toString(UTF_8);
  }
}
