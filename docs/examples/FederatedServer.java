import static java.nio.charset.StandardCharsets.UTF_8;

import com.sun.net.httpserver.HttpExchange;
import com.sun.net.httpserver.HttpServer;
import java.io.IOException;
import java.io.OutputStream;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.security.SecureRandom;
import java.time.Duration;
import java.util.HashSet;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.concurrent.Executors;
import java.util.concurrent.TimeoutException;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.IntStream;
import org.monna.Aggregator;
import org.monna.Aggregators;
import org.monna.arrivals.Collected;
import org.monna.arrivals.Collector;
import org.monna.arrivals.Outcome;
import org.monna.arrivals.Round;

/**
 * Federated learning in one file: clients fetch the parameters, send gradients, and the server takes a step by a robust rule as soon
 * as a quorum of them has answered. Of n clients up to f may be anything, so the quorum is at most n - f: a round never waits for those
 * who do not answer, and the rule must tolerate f among a quorum.
 *
 * <pre>
 *   java -cp monna-api.jar:monna-nna.jar:monna-baselines.jar FederatedServer.java \
 *       PORT PARAMETERS CLIENTS QUORUM LEARNING_RATE "nnm(f=1) | trimmed-mean(f=1)"
 *
 *   GET  /model                   the parameters, 4 bytes each, little endian; the header Round has the number of the round
 *   POST /gradient/ROUND/TOKEN    a gradient of the same length: 200 taken, 409 not this round, or the second one, 400, 403, 404, 411, 413
 *   GET  /report                  of the last round: who was used with which weight, and why
 * </pre>
 *
 * The tokens are printed at the start, one for each client: who could send as several clients could be more than f of them. A client
 * holds one array at a time, memory is clients x parameters. Values are never looked at here: NaN and 1e38 are for the rule. Over a
 * network, put TLS before this; it listens on the loopback interface only.
 */
public final class FederatedServer {

  private static final Pattern GRADIENT = Pattern.compile("/gradient/(\\d{1,9})/([0-9a-f]{32})");

  /** Their bytes must fit into an array. */
  private static final int MOST_PARAMETERS = Integer.MAX_VALUE / 4 - 8;

  private final Collector collector;
  private final float rate;
  private final Map<String, String> clients;

  // Guarded by this.
  private final float[] model;
  private final Set<String> sending = new HashSet<>();
  private Round round;
  private String report = "no round has ended yet\n";

  private FederatedServer(int parameters, List<String> tokens, int quorum, float rate, Aggregator rule) {
    if (parameters > MOST_PARAMETERS) {
      throw new IllegalArgumentException("%d parameters: at most %d are possible".formatted(parameters, MOST_PARAMETERS));
    }
    this.clients = new LinkedHashMap<>();
    tokens.forEach(token -> clients.put(token, "client-" + clients.size()));
    // A round is over with the first so many gradients, and not before.
    this.collector = Collector.of(rule, parameters, List.copyOf(clients.values())).capacity(quorum).quorum(quorum);
    this.model = new float[parameters];
    this.rate = rate;
    this.round = collector.round(0);
  }

  public static void main(String[] args) throws IOException {
    if (args.length != 6) {
      System.err.println("PORT PARAMETERS CLIENTS QUORUM LEARNING_RATE RULE");
      System.exit(2);
    }
    // Read by the server when it is loaded: whoever sends a request or takes an answer for longer is cut off.
    System.setProperty("sun.net.httpserver.maxReqTime", System.getProperty("seconds", "20"));
    System.setProperty("sun.net.httpserver.maxRspTime", System.getProperty("seconds", "20"));
    SecureRandom random = new SecureRandom();
    List<String> tokens =
        IntStream.range(0, Integer.parseInt(args[2])).mapToObj(i -> HexFormat.of().formatHex(bytes(random, 16))).toList();
    FederatedServer learning =
        new FederatedServer(
            Integer.parseInt(args[1]), tokens, Integer.parseInt(args[3]), Float.parseFloat(args[4]), Aggregators.parse(args[5]));

    InetAddress loopback = InetAddress.getLoopbackAddress();
    HttpServer server = HttpServer.create(new InetSocketAddress(loopback, Integer.parseInt(args[0])), 0);
    server.createContext("/", learning::handle);
    // Threads that wait for slow clients cost next to nothing, and cannot be used up.
    server.setExecutor(Executors.newVirtualThreadPerTaskExecutor());
    server.start();
    System.out.println("listening on port " + server.getAddress().getPort());
    tokens.forEach(token -> System.out.println("token " + token));
  }

  private static byte[] bytes(SecureRandom random, int length) {
    byte[] bytes = new byte[length];
    random.nextBytes(bytes);
    return bytes;
  }

  /** Paths are matched as a whole and are never names of files. */
  private void handle(HttpExchange exchange) throws IOException {
    try (exchange) {
      String path = Objects.toString(exchange.getRequestURI().getPath());
      String request = exchange.getRequestMethod() + " " + path;
      Matcher gradient = GRADIENT.matcher(path);
      if (request.equals("GET /model")) {
        sendModel(exchange);
      } else if (request.equals("GET /report")) {
        send(exchange, 200, report());
      } else if (request.startsWith("POST ") && gradient.matches()) {
        take(exchange, Integer.parseInt(gradient.group(1)), clients.get(gradient.group(2)));
      } else {
        send(exchange, 404, "there are GET /model, POST /gradient/ROUND/TOKEN and GET /report\n");
      }
    }
  }

  private void sendModel(HttpExchange exchange) throws IOException {
    ByteBuffer bytes = ByteBuffer.allocate(4 * model.length).order(ByteOrder.LITTLE_ENDIAN);
    synchronized (this) {
      bytes.asFloatBuffer().put(model);
      exchange.getResponseHeaders().set("Round", Long.toString(round.number()));
    }
    answer(exchange, 200, bytes.array());
  }

  private synchronized String report() {
    return report;
  }

  private void take(HttpExchange exchange, int ofRound, String client) throws IOException {
    if (client == null) {
      send(exchange, 403, "no client has this token\n");
      return;
    }
    // Decided by the header, before a byte is read or an array made for it.
    String length = exchange.getRequestHeaders().getFirst("Content-Length");
    if (length == null) {
      send(exchange, 411, "Content-Length is needed\n");
      return;
    }
    int wanted = 4 * model.length;
    if (!length.equals(Integer.toString(wanted))) {
      send(exchange, length.length() > 9 ? 413 : 400, "%d parameters are %d bytes, not %s\n".formatted(model.length, wanted, length));
      return;
    }
    if (!mayBegin(client)) {
      send(exchange, 409, "this client is sending already\n");
      return;
    }
    Outcome outcome;
    try {
      byte[] body = exchange.getRequestBody().readNBytes(wanted);
      if (body.length < wanted) {
        send(exchange, 400, "the body is too short\n");
        return;
      }
      float[] gradient = new float[model.length];
      ByteBuffer.wrap(body).order(ByteOrder.LITTLE_ENDIAN).asFloatBuffer().get(gradient);
      outcome = present().offer(ofRound, client, gradient);
      endIfComplete();
    } finally {
      // Also when the connection broke: the client may try again.
      end(client);
    }
    send(exchange, outcome.accepted() ? 200 : 409, outcome.message() + "\n");
  }

  private synchronized boolean mayBegin(String client) {
    return sending.add(client);
  }

  private synchronized void end(String client) {
    sending.remove(client);
  }

  private synchronized Round present() {
    return round;
  }

  /** The step, by the thread of the client that completed the quorum. */
  private synchronized void endIfComplete() {
    Collected collected;
    try {
      collected = round.await(Duration.ZERO);
    } catch (TimeoutException e) {
      return; // too few so far
    } catch (InterruptedException e) {
      Thread.currentThread().interrupt();
      return; // the next client does it
    }
    for (int c = 0; c < model.length; c++) {
      model[c] -= rate * collected.vector()[c];
    }
    report =
        "round %d, vectors in the order %s\n%s\n"
            .formatted(collected.round(), String.join(", ", collected.senders()), collected.report());
    round.close();
    round = collector.round(collected.round() + 1);
  }

  private static void send(HttpExchange exchange, int status, String text) throws IOException {
    byte[] bytes = text.getBytes(UTF_8);
    if (status != 200) {
      // What is left of a body is not read: the connection ends here.
      exchange.getResponseHeaders().set("Connection", "close");
    }
    answer(exchange, status, bytes);
  }

  /** The answer leaves before the rest of the request is looked at, which may never come. */
  private static void answer(HttpExchange exchange, int status, byte[] bytes) throws IOException {
    exchange.sendResponseHeaders(status, bytes.length);
    try (OutputStream body = exchange.getResponseBody()) {
      body.write(bytes);
    }
  }
}
