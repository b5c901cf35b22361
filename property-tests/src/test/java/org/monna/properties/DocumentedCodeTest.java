package org.monna.properties;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import java.util.regex.MatchResult;
import java.util.regex.Pattern;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

/** The code of docs/adding-a-rule.md and docs/integrations.md is that of the files they name, compiled and tested like all others. */
class DocumentedCodeTest {

  private static final Pattern BLOCK = Pattern.compile("<!-- file: (\\S+) -->\n```java\n(.*?)```", Pattern.DOTALL);

  @ParameterizedTest
  @ValueSource(strings = {"docs/adding-a-rule.md", "docs/integrations.md"})
  void everyBlockStandsInItsFile(String name) {
    String page = Pages.text(name);
    assertEquals(
        BLOCK.matcher(page).results().count(),
        Pattern.compile("^```java$", Pattern.MULTILINE).matcher(page).results().count(),
        "a block of code does not name its file");
    for (MatchResult block : BLOCK.matcher(page).results().toList()) {
      String file = Pages.text(block.group(1));
      assertTrue(file.contains(block.group(2)), () -> block.group(1) + " does not contain\n" + block.group(2));
    }
  }

  /** The reader is shown the whole rule: all of the file but the package and the imports. */
  @Test
  void theRuleIsComplete() {
    String name = "aggregators-baselines/src/main/java/org/monna/baselines/CenterWithOutliers.java";
    StringBuilder shown = new StringBuilder();
    BLOCK
        .matcher(Pages.text("docs/adding-a-rule.md"))
        .results()
        .filter(block -> block.group(1).equals(name))
        .forEach(block -> shown.append(block.group(2)));
    String file = Pages.text(name);
    assertEquals(squeezed(file.substring(file.indexOf("/**"))), squeezed(shown.toString()));
  }

  private static String squeezed(String code) {
    return code.replaceAll("\\n\\s*\\n", "\n");
  }
}
