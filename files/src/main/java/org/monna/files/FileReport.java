package org.monna.files;

import com.fasterxml.jackson.core.JsonFactory;
import com.fasterxml.jackson.core.JsonGenerator;
import java.io.IOException;
import java.io.StringWriter;
import java.io.UncheckedIOException;
import java.nio.file.Path;
import java.util.List;
import java.util.Locale;
import org.monna.Report;

/**
 * An account of one aggregation of files.
 *
 * @param report the vectors that were used, with which weight, and why
 * @param files that of each vector
 * @param output the file that was written
 * @param excluded the names of the tensors that were left out
 * @param excludedRule what became of them
 * @param isRounded true if some files hold F64, whose values were rounded to float
 */
public record FileReport(
    Report report,
    List<Path> files,
    Path output,
    List<String> excluded,
    ExcludedRule excludedRule,
    boolean isRounded) {

  public FileReport {
    files = List.copyOf(files);
    excluded = List.copyOf(excluded);
  }

  /** As one JSON object, with that of the {@link Report#toJson report} in it. */
  public String toJson() {
    StringWriter text = new StringWriter();
    try (JsonGenerator json = new JsonFactory().createGenerator(text)) {
      json.writeStartObject();
      json.writeStringField("output", output.toString());
      json.writeArrayFieldStart("files");
      for (Path file : files) {
        json.writeString(file.toString());
      }
      json.writeEndArray();
      json.writeArrayFieldStart("excluded");
      for (String name : excluded) {
        json.writeString(name);
      }
      json.writeEndArray();
      json.writeStringField("excludedRule", excludedRule.name().toLowerCase(Locale.ROOT));
      json.writeBooleanField("isRounded", isRounded);
      json.writeFieldName("report");
      json.writeRawValue(report.toJson());
      json.writeEndObject();
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
    return text.toString();
  }

  /** As text: the files, then the report on their vectors. */
  @Override
  public String toString() {
    StringBuilder text = new StringBuilder();
    for (int i = 0; i < files.size(); i++) {
      text.append("vector ").append(i).append(": ").append(files.get(i)).append('\n');
    }
    if (!excluded.isEmpty()) {
      text.append(excludedRule.name().toLowerCase(Locale.ROOT)).append(" of ");
      text.append(String.join(", ", excluded.stream().map(Tensor::title).toList())).append('\n');
    }
    if (isRounded) {
      text.append("F64 was rounded to float\n");
    }
    return text.append(report).toString();
  }
}
