package user;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import org.monna.config.Aggregation;
import org.monna.files.FileAggregation;

/** Prints what a configured rule makes of three files, and the configuration. */
public final class Aggregates {

  private Aggregates() {}

  /** The directory of the files. */
  public static void main(String[] args) throws IOException {
    Aggregation configured = Aggregation.parse("{\"pipeline\": [{\"name\": \"trimmed-mean\", \"f\": 1}]}");
    float[][] vectors = {{1, 10, -1}, {2, 1e30f, -2}, {3, 20, Float.NaN}};
    List<Path> clients = new ArrayList<>();
    for (float[] vector : vectors) {
      clients.add(Files.write(Path.of(args[0], "client" + clients.size() + ".safetensors"), safetensors(vector)));
    }
    Path output = Path.of(args[0], "global.safetensors");

    FileAggregation.of(configured.rule()).run(clients, output);

    byte[] bytes = Files.readAllBytes(output);
    ByteBuffer values = ByteBuffer.wrap(bytes, bytes.length - 12, 12).order(ByteOrder.LITTLE_ENDIAN);
    System.out.println(values.getFloat() + " " + values.getFloat() + " " + values.getFloat() + " " + configured.toJson());
  }

  /** The length of the header, the header, the floats. */
  private static byte[] safetensors(float[] vector) throws IOException {
    byte[] header = "{\"w\":{\"dtype\":\"F32\",\"shape\":[3],\"data_offsets\":[0,12]}}".getBytes(StandardCharsets.UTF_8);
    ByteBuffer bytes = ByteBuffer.allocate(8 + header.length + 12).order(ByteOrder.LITTLE_ENDIAN);
    bytes.putLong(header.length).put(header);
    for (float value : vector) {
      bytes.putFloat(value);
    }
    return bytes.array();
  }
}
