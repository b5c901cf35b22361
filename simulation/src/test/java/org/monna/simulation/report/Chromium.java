package org.monna.simulation.report;

import com.fasterxml.jackson.databind.JsonNode;
import com.fasterxml.jackson.databind.json.JsonMapper;
import com.fasterxml.jackson.databind.node.ObjectNode;
import java.io.File;
import java.io.IOException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.WebSocket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Base64;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CompletionStage;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.TimeoutException;
import java.util.concurrent.atomic.AtomicInteger;
import java.util.stream.Stream;

/** A real browser without a window, driven by its DevTools protocol on the loopback interface. */
final class Chromium implements AutoCloseable {

  private static final JsonMapper JSON = new JsonMapper();
  private static final long SECONDS = 60;

  private final Process process;
  private final HttpClient client = HttpClient.newHttpClient();
  private final WebSocket socket;
  private final AtomicInteger ids = new AtomicInteger();
  private final Map<Integer, CompletableFuture<JsonNode>> waiting = new ConcurrentHashMap<>();

  /** What the browser told since it started, in order. */
  final List<JsonNode> events = new CopyOnWriteArrayList<>();

  private String session = "";

  /** The browser on the path, if there is one. */
  static Optional<Path> find() {
    String path = Optional.ofNullable(System.getenv("PATH")).orElse("");
    return Stream.of("chromium", "chromium-browser", "google-chrome")
        .flatMap(name -> Stream.of(path.split(File.pathSeparator, -1)).map(directory -> Path.of(directory, name)))
        .filter(Files::isExecutable)
        .findFirst();
  }

  /**
   * @param home a new, empty directory for all that it keeps
   */
  Chromium(Path executable, Path home) throws Exception {
    process =
        new ProcessBuilder(
                executable.toString(),
                "--headless",
                "--no-sandbox",
                "--disable-gpu",
                "--disable-dev-shm-usage",
                "--disable-quic",
                "--no-first-run",
                "--disable-background-networking",
                "--disable-component-update",
                "--disable-sync",
                "--user-data-dir=" + home,
                "--remote-debugging-port=0",
                "about:blank")
            .redirectErrorStream(true)
            .redirectOutput(home.resolve("log.txt").toFile())
            .start();
    try {
      socket =
          client
              .newWebSocketBuilder()
              .connectTimeout(Duration.ofSeconds(SECONDS))
              .buildAsync(address(home), new Messages())
              .get(SECONDS, TimeUnit.SECONDS);
      String target = call("Target.createTarget", Map.of("url", "about:blank")).path("targetId").asText();
      session = call("Target.attachToTarget", Map.of("targetId", target, "flatten", true)).path("sessionId").asText();
      for (String domain : List.of("Page", "Network", "Runtime", "Log")) {
        call(domain + ".enable", Map.of());
      }
    } catch (Exception e) {
      stop();
      throw e;
    }
  }

  private URI address(Path home) throws IOException, InterruptedException {
    Path port = home.resolve("DevToolsActivePort");
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); System.nanoTime() < end; Thread.sleep(50)) {
      if (Files.exists(port)) {
        List<String> lines = Files.readAllLines(port);
        if (lines.size() == 2) {
          return URI.create("ws://127.0.0.1:" + lines.get(0) + lines.get(1));
        }
      }
      if (!process.isAlive()) {
        break;
      }
    }
    throw new IOException("the browser did not start: " + Files.readString(home.resolve("log.txt")));
  }

  private final class Messages implements WebSocket.Listener {

    private final StringBuilder message = new StringBuilder();

    @Override
    public CompletionStage<?> onText(WebSocket from, CharSequence part, boolean last) {
      message.append(part);
      if (last) {
        try {
          JsonNode json = JSON.readTree(message.toString());
          message.setLength(0);
          if (json.has("id")) {
            waiting.remove(json.get("id").intValue()).complete(json);
          } else {
            events.add(json);
          }
        } catch (IOException e) {
          throw new IllegalStateException(e);
        }
      }
      from.request(1);
      return CompletableFuture.completedFuture(null);
    }
  }

  /** Calls a method of the protocol and gives its result. */
  JsonNode call(String method, Map<String, ?> parameters)
      throws InterruptedException, ExecutionException, TimeoutException {
    int id = ids.incrementAndGet();
    CompletableFuture<JsonNode> answer = new CompletableFuture<>();
    waiting.put(id, answer);
    ObjectNode message = JSON.createObjectNode().put("id", id).put("method", method);
    message.set("params", JSON.valueToTree(parameters));
    if (!session.isEmpty()) {
      message.put("sessionId", session);
    }
    socket.sendText(message.toString(), true).get(SECONDS, TimeUnit.SECONDS);
    JsonNode json = answer.get(SECONDS, TimeUnit.SECONDS);
    if (json.has("error")) {
      throw new IllegalStateException(method + ": " + json.get("error"));
    }
    return json.path("result");
  }

  /** Shows a page and waits until it is loaded. */
  void open(URI page) throws Exception {
    int before = events.size();
    call("Page.navigate", Map.of("url", page.toString()));
    for (long end = System.nanoTime() + TimeUnit.SECONDS.toNanos(SECONDS); System.nanoTime() < end; Thread.sleep(20)) {
      if (events.stream().skip(before).anyMatch(event -> is(event, "Page.loadEventFired"))) {
        return;
      }
    }
    throw new TimeoutException("the page was not loaded");
  }

  static boolean is(JsonNode event, String method) {
    return event.path("method").asText().equals(method);
  }

  void window(int width, int height, boolean dark) throws Exception {
    call(
        "Emulation.setDeviceMetricsOverride",
        Map.of("width", width, "height", height, "deviceScaleFactor", 1, "mobile", width < 600));
    Map<String, String> scheme = Map.of("name", "prefers-color-scheme", "value", dark ? "dark" : "light");
    call("Emulation.setEmulatedMedia", Map.of("features", List.of(scheme)));
  }

  /** The value of an expression, or of the promise that it is. */
  JsonNode evaluate(String expression) throws Exception {
    JsonNode result =
        call("Runtime.evaluate", Map.of("expression", expression, "returnByValue", true, "awaitPromise", true));
    if (result.has("exceptionDetails")) {
      throw new IllegalStateException(result.get("exceptionDetails").toString());
    }
    return result.path("result").path("value");
  }

  void mouse(String type, double x, double y) throws Exception {
    call("Input.dispatchMouseEvent", Map.of("type", type, "x", x, "y", y, "button", "left", "clickCount", 1));
  }

  /** The whole page as it looks, as PNG. */
  byte[] screenshot(boolean whole) throws Exception {
    String data =
        call("Page.captureScreenshot", Map.of("format", "png", "captureBeyondViewport", whole)).path("data").asText();
    return Base64.getDecoder().decode(data);
  }

  byte[] pdf() throws Exception {
    return Base64.getDecoder().decode(call("Page.printToPDF", Map.of("preferCSSPageSize", true)).path("data").asText());
  }

  @Override
  public void close() {
    socket.abort();
    stop();
  }

  private void stop() {
    client.shutdownNow();
    List<ProcessHandle> children = process.descendants().toList();
    process.destroy();
    process.onExit().orTimeout(10, TimeUnit.SECONDS).exceptionally(e -> process.destroyForcibly()).join();
    // They write to its home, which is deleted after the test.
    for (ProcessHandle child : children) {
      child.destroyForcibly();
      child.onExit().join();
    }
  }
}
