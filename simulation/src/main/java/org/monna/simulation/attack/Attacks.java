package org.monna.simulation.attack;

import static java.util.Objects.requireNonNull;

import java.util.Collection;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.ServiceLoader;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Collectors;
import org.monna.spi.Arguments;

/** Attacks by name. Known are those of this package and of every {@link AttackProvider} on the class path. */
public final class Attacks {

  private static final Pattern TEXT = Pattern.compile("\\s*([^()\\s]+)\\s*(?:\\((.*)\\))?\\s*");

  private Attacks() {}

  /**
   * Reads an attack such as {@code "alie"} or {@code "ipm(tau=2)"}.
   *
   * @throws IllegalArgumentException for an unknown name or parameter (the message lists the known ones) or a value that
   *     makes no sense
   */
  public static Attack parse(String text) {
    Matcher matcher = TEXT.matcher(text);
    if (!matcher.matches()) {
      throw new IllegalArgumentException("\"%s\" is not an attack such as alie or ipm(tau=2)".formatted(text));
    }
    String name = requireNonNull(matcher.group(1));
    AttackDefinition definition = Known.ATTACKS.get(name);
    if (definition == null) {
      throw new IllegalArgumentException(
          "unknown attack \"%s\"; known are none, %s"
              .formatted(
                  name, known().stream().map(AttackDefinition::signature).collect(Collectors.joining(", "))));
    }
    String inside = matcher.group(2);
    return definition.attack().apply(new Arguments(name, values(definition, inside == null ? "" : inside), List.of()));
  }

  private static Map<String, String> values(AttackDefinition definition, String inside) {
    Map<String, String> values = new LinkedHashMap<>();
    for (String part : inside.isBlank() ? new String[0] : inside.split(",", -1)) {
      String[] pair = part.split("=", 2);
      String parameter = pair[0].strip();
      if (pair.length < 2 || !definition.parameters().contains(parameter)) {
        throw new IllegalArgumentException(
            "%s has no parameter \"%s\"; its form is %s"
                .formatted(definition.name(), part.strip(), definition.signature()));
      }
      if (values.put(parameter, pair[1].strip()) != null) {
        throw new IllegalArgumentException("%s: %s is given twice".formatted(definition.name(), parameter));
      }
    }
    return values;
  }

  /** What {@link #parse} knows. */
  public static Collection<AttackDefinition> known() {
    return Known.ATTACKS.values();
  }

  /** The attacks, loaded when first asked for. */
  private static final class Known {

    static final Map<String, AttackDefinition> ATTACKS = load();

    private static Map<String, AttackDefinition> load() {
      Map<String, AttackDefinition> attacks = new LinkedHashMap<>();
      BuiltInAttacks.LIST.forEach(attack -> attacks.put(attack.name(), attack));
      for (AttackProvider provider : ServiceLoader.load(AttackProvider.class, Attacks.class.getClassLoader())) {
        for (AttackDefinition attack : provider.attacks()) {
          if (attacks.put(attack.name(), attack) != null) {
            throw new IllegalStateException("two providers define the attack " + attack.name());
          }
        }
      }
      return attacks;
    }
  }
}
