package org.monna.properties;

import com.fasterxml.jackson.databind.DeserializationFeature;
import com.fasterxml.jackson.databind.ObjectMapper;
import com.fasterxml.jackson.databind.json.JsonMapper;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.util.zip.GZIPInputStream;

/** Cases that were recorded as JSON, with what belongs to them. */
final class Recorded {

  private static final ObjectMapper JSON =
      JsonMapper.builder().disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES).build();

  private Recorded() {}

  /** The resource, unpacked if its name ends with .gz. */
  static <T> T read(String resource, Class<T> type) {
    try (InputStream raw = Recorded.class.getResourceAsStream(resource);
        InputStream plain = resource.endsWith(".gz") ? new GZIPInputStream(raw) : raw) {
      return JSON.readValue(plain, type);
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }

  /** The floats with these bits. */
  static float[][] floats(int[][] bits) {
    float[][] floats = new float[bits.length][];
    for (int i = 0; i < bits.length; i++) {
      floats[i] = new float[bits[i].length];
      for (int c = 0; c < bits[i].length; c++) {
        floats[i][c] = Float.intBitsToFloat(bits[i][c]);
      }
    }
    return floats;
  }
}
