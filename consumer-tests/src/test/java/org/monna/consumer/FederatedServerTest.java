package org.monna.consumer;

import static java.nio.charset.StandardCharsets.US_ASCII;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.io.BufferedReader;
import java.io.IOException;
import java.net.InetAddress;
import java.net.Socket;
import java.net.SocketException;
import java.net.SocketTimeoutException;
import java.net.URI;
import java.net.http.HttpClient;
import java.net.http.HttpRequest;
import java.net.http.HttpResponse;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Random;
import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.MethodOrderer;
import org.junit.jupiter.api.Order;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.TestMethodOrder;
import org.junit.jupiter.api.Timeout;

/** The very file of docs/examples, run as its comment says, with six clients one of which is hostile. */
@TestMethodOrder(MethodOrderer.OrderAnnotation.class)
@Timeout(120)
final class FederatedServerTest {

  private static final int PARAMETERS = 100;
  private static final int CLIENTS = 6;
  private static final int QUORUM = 5;
  private static final int SECONDS = 3;
  private static final float TARGET = 3;

  private static Process server;
  private static int port;
  private static final List<String> tokens = new ArrayList<>();
  private static final HttpClient http = HttpClient.newBuilder().connectTimeout(Duration.ofSeconds(10)).build();

  @BeforeAll
  static void start() throws IOException {
    server =
        new ProcessBuilder(
                Path.of(System.getProperty("java.home"), "bin", "java").toString(),
                "-Dseconds=" + SECONDS,
                "-cp", System.getProperty("java.class.path"),
                "../docs/examples/FederatedServer.java",
                "0", "" + PARAMETERS, "" + CLIENTS, "" + QUORUM, "0.5", "nnm(f=1) | trimmed-mean(f=1)")
            .redirectError(ProcessBuilder.Redirect.INHERIT)
            .start();
    BufferedReader out = server.inputReader();
    String line = out.readLine();
    assertTrue(line != null && line.startsWith("listening on port "), line);
    port = Integer.parseInt(line.substring(line.lastIndexOf(' ') + 1));
    while (tokens.size() < CLIENTS) {
      tokens.add(out.readLine().substring("token ".length()));
    }
  }

  @AfterAll
  static void stop() {
    http.close();
    server.destroyForcibly();
  }

  /** Each attack alone is answered as it should be, and changes nothing. */
  @Test
  @Order(1)
  void hostileRequestsAreAnswered() throws Exception {
    byte[] right = bytes(new float[PARAMETERS]);
    String hostile = tokens.get(0);
    assertEquals(400, post("/gradient/0/" + hostile, Arrays.copyOf(right, right.length - 1)), "a wrong length");
    assertEquals(400, post("/gradient/0/" + hostile, new byte[0]), "an empty body");
    assertEquals(403, post("/gradient/0/" + "0".repeat(32), right), "a token that was not given");
    assertEquals(404, post("/gradient/0/" + hostile + "/x", right), "a longer path");
    assertEquals(404, post("/gradient/-1/" + hostile, right), "no number");
    assertEquals(404, post("/gradient/99999999999999/" + hostile, right), "no int");
    assertEquals(409, post("/gradient/1/" + hostile, right), "a round that has not begun");
    assertEquals(404, post("/model", right), "a method that is not known");
    assertTrue(raw("GET /../../../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 404"));
    assertTrue(raw("GET /model/../../etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 404"));
    assertTrue(raw("GET /%2e%2e/%2e%2e/etc/passwd HTTP/1.1\r\nHost: x\r\n\r\n").startsWith("HTTP/1.1 404"));
    assertTrue(raw(head(hostile, "Content-Length: 1099511627776") + "x".repeat(1000)).startsWith("HTTP/1.1 413"), "a huge body");
    assertTrue(raw(head(hostile, "Transfer-Encoding: chunked") + "10000000\r\n").startsWith("HTTP/1.1 411"), "an endless body");
    raw("\0\1\2garbage\r\n\r\n");
    assertEquals("no round has ended yet\n", get("/report").body());
    assertEquals(0, round());
  }

  /** While one client sends its body byte by byte: some of a few tries, since a slow machine may have cut it off by then. */
  @Test
  @Order(2)
  void othersAreServedMeanwhile() throws Exception {
    boolean meanwhile = false;
    for (int client = 0; client < CLIENTS && !meanwhile; client++) {
      try (Socket slow = new Socket(InetAddress.getLoopbackAddress(), port)) {
        slow.getOutputStream().write(head(tokens.get(client), "Content-Length: " + 4 * PARAMETERS).getBytes(US_ASCII));
        assertEquals(0, round());
        slow.setSoTimeout(1);
        meanwhile = isOpen(slow);
      }
    }
    assertTrue(meanwhile, "nobody was served before the slow client was cut off");
  }

  private static boolean isOpen(Socket socket) throws IOException {
    try {
      return socket.getInputStream().read() >= 0 && isOpen(socket);
    } catch (SocketTimeoutException e) {
      return true;
    } catch (SocketException e) {
      return false;
    }
  }

  /** Who sends its body byte by byte is cut off. */
  @Test
  @Order(3)
  void slowClientsAreCutOff() throws Exception {
    long begin = System.nanoTime();
    List<Socket> slow = new ArrayList<>();
    for (int i = 0; i < 50; i++) {
      Socket socket = new Socket(InetAddress.getLoopbackAddress(), port);
      socket.getOutputStream().write(head(tokens.get(0), "Content-Length: " + 4 * PARAMETERS).getBytes(US_ASCII));
      slow.add(socket);
    }
    for (Socket socket : slow) {
      try (socket) {
        socket.setSoTimeout(30_000);
        try {
          // The first is waited for. The others are its doubles, and refused at once.
          socket.getInputStream().readAllBytes();
        } catch (SocketException e) {
          // Cut off by a reset.
        }
      }
    }
    double seconds = (System.nanoTime() - begin) * 1e-9;
    assertTrue(seconds < SECONDS + 15, "cut off after " + seconds + " s");
    int answer = 409;
    while (answer == 409 && System.nanoTime() - begin < 60e9) {
      // The server closes first, and forgets the client then.
      answer = post("/gradient/0/" + tokens.get(0), bytes(filled(Float.NaN)));
    }
    assertEquals(200, answer, "it can send again");
    assertEquals(409, post("/gradient/0/" + tokens.get(0), bytes(filled(0))), "but not twice");
  }

  /** The honest clients learn, although the hostile one is always the first. */
  @Test
  @Order(4)
  void learns() throws Exception {
    Random random = new Random(1);
    float[] lies = {Float.NaN, 1e38f, Float.NEGATIVE_INFINITY, -1e30f, 7};
    for (int r = 0; r < 20; r++) {
      if (r > 0) {
        assertEquals(200, post("/gradient/" + r + "/" + tokens.get(0), bytes(filled(lies[r % lies.length]))));
      }
      float[] model = model();
      for (int client = 1; client < QUORUM; client++) {
        float[] gradient = new float[PARAMETERS];
        for (int c = 0; c < PARAMETERS; c++) {
          gradient[c] = model[c] - TARGET + 0.01f * (float) random.nextGaussian();
        }
        assertEquals(200, post("/gradient/" + r + "/" + tokens.get(client), bytes(gradient)));
      }
      assertEquals(r + 1, round());
      assertEquals(409, post("/gradient/" + r + "/" + tokens.get(5), bytes(filled(0))), "too late");
    }
    for (float value : model()) {
      assertEquals(TARGET, value, 0.05);
    }
    String report = get("/report").body();
    assertTrue(report.startsWith("round 19, vectors in the order client-0, client-1, client-2, client-3, client-4\n"), report);
    assertTrue(report.contains("vector 0"), report);
    assertTrue(server.isAlive());
    assertFalse(report.contains(tokens.get(0)), "a report tells no secrets");
  }

  private static float[] filled(float value) {
    float[] values = new float[PARAMETERS];
    Arrays.fill(values, value);
    return values;
  }

  private static byte[] bytes(float[] values) {
    ByteBuffer bytes = ByteBuffer.allocate(4 * values.length).order(ByteOrder.LITTLE_ENDIAN);
    bytes.asFloatBuffer().put(values);
    return bytes.array();
  }

  private static float[] model() throws Exception {
    float[] values = new float[PARAMETERS];
    HttpRequest request = HttpRequest.newBuilder(uri("/model")).build();
    ByteBuffer bytes = ByteBuffer.wrap(http.send(request, HttpResponse.BodyHandlers.ofByteArray()).body());
    bytes.order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(values);
    return values;
  }

  private static int round() throws Exception {
    return Integer.parseInt(get("/model").headers().firstValue("Round").orElseThrow());
  }

  private static HttpResponse<String> get(String path) throws Exception {
    return http.send(HttpRequest.newBuilder(uri(path)).build(), HttpResponse.BodyHandlers.ofString());
  }

  private static int post(String path, byte[] body) throws Exception {
    HttpRequest request =
        HttpRequest.newBuilder(uri(path)).timeout(Duration.ofSeconds(30)).POST(HttpRequest.BodyPublishers.ofByteArray(body)).build();
    return http.send(request, HttpResponse.BodyHandlers.ofString()).statusCode();
  }

  private static URI uri(String path) {
    return URI.create("http://" + InetAddress.getLoopbackAddress().getHostAddress() + ":" + port + path);
  }

  private static String head(String token, String length) {
    return "POST /gradient/0/%s HTTP/1.1\r\nHost: x\r\n%s\r\n\r\n".formatted(token, length);
  }

  /** What is answered to bytes that no client library would send. */
  private static String raw(String request) throws IOException {
    try (Socket socket = new Socket(InetAddress.getLoopbackAddress(), port)) {
      socket.setSoTimeout(30_000);
      socket.getOutputStream().write(request.getBytes(US_ASCII));
      byte[] answer = new byte[12];
      int length = socket.getInputStream().readNBytes(answer, 0, answer.length);
      return new String(answer, 0, length, US_ASCII);
    } catch (SocketException e) {
      return "cut off";
    }
  }
}
