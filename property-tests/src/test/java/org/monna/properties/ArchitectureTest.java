package org.monna.properties;

import static com.tngtech.archunit.base.DescribedPredicate.describe;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAPackage;
import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static com.tngtech.archunit.lang.conditions.ArchConditions.dependOnClassesThat;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.fields;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.methods;
import static com.tngtech.archunit.lang.syntax.ArchRuleDefinition.noClasses;
import static com.tngtech.archunit.library.dependencies.SlicesRuleDefinition.slices;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaCall;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.library.dependencies.SliceAssignment;
import com.tngtech.archunit.library.dependencies.SliceIdentifier;
import java.io.IOException;
import java.io.InputStream;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Random;
import java.util.Set;
import java.util.concurrent.ForkJoinPool;
import java.util.stream.BaseStream;
import java.util.stream.Collectors;
import java.util.stream.Stream;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Optimizer;
import org.monna.PreAggregator;
import org.monna.arrivals.Round;

/** Who may depend on whom, and what the arithmetic may not use. */
class ArchitectureTest {

  private static final String[] API = {"org.monna", "org.monna.spi", "org.monna.kernel", "org.monna.optim", "org.monna.arrivals"};
  private static final String[] LIBRARY =
      Stream.concat(Stream.of(API), Stream.of("org.monna.nna", "org.monna.baselines", "org.monna.kernels.simd")).toArray(String[]::new);
  private static final String SIMD = "org.monna.kernels.simd";

  /** The bytes of code beyond which HotSpot does not compile a method (HugeMethodLimit). */
  private static final int COMPILED = 8000;

  /** The longest loop of today, rounded up, so that a longer one is not written without measuring it. */
  private static final int LOOP = 1000;

  /** Main classes of all modules on the class path of these tests: the library and the kit. */
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.monna");

  private static DescribedPredicate<JavaClass> in(String... packages) {
    return resideInAnyPackage(packages);
  }

  private static DescribedPredicate<JavaClass> oursBut(String... packages) {
    return resideInAPackage("org.monna..").and(DescribedPredicate.not(in(packages)));
  }

  @Test
  void whatIsCheckedIsThere() {
    Set<String> packages = MAIN.stream().map(JavaClass::getPackageName).collect(Collectors.toSet());
    assertTrue(packages.containsAll(List.of(LIBRARY)), packages.toString());
    assertTrue(packages.contains("org.monna.testkit"), packages.toString());
    assertFalse(packages.contains("org.monna.properties"), packages.toString());
  }

  /** The annotations are not there at run time. */
  @Test
  void theApiAndTheRulesNeedNothingButJavaBase() {
    Set<String> base = ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();
    DescribedPredicate<JavaClass> foreign =
        describe(
            "are of no module of ours, not of java.base and no annotations",
            type ->
                !type.getBaseComponentType().isPrimitive()
                    && !base.contains(type.getBaseComponentType().getPackageName())
                    && !type.getBaseComponentType().getPackageName().startsWith("org.monna")
                    && !type.getBaseComponentType().getPackageName().equals("org.jspecify.annotations"));
    noClasses()
        .that(in(API).or(in("org.monna.nna", "org.monna.baselines")))
        .should(dependOnClassesThat(foreign))
        .check(MAIN);
  }

  @Test
  void dependenciesRunDownwards() {
    noClasses().that(in(API)).should(dependOnClassesThat(oursBut(API))).check(MAIN);
    // Arrays in, arrays out: kernels know of no geometry and no rule.
    noClasses().that(in("org.monna.kernel")).should(dependOnClassesThat(oursBut("org.monna.kernel"))).check(MAIN);
    noClasses().that(in(SIMD)).should(dependOnClassesThat(oursBut(SIMD, "org.monna.kernel"))).check(MAIN);
    String[] rules = {"org.monna", "org.monna.spi", "org.monna.optim", "org.monna.nna"};
    noClasses().that(in("org.monna.nna")).should(dependOnClassesThat(oursBut(rules))).check(MAIN);
    rules[3] = "org.monna.baselines";
    noClasses().that(in("org.monna.baselines")).should(dependOnClassesThat(oursBut(rules))).check(MAIN);
    // The kit is for anybody's rules.
    noClasses()
        .that(in("org.monna.testkit"))
        .should(dependOnClassesThat(oursBut("org.monna", "org.monna.spi", "org.monna.testkit")))
        .check(MAIN);
    noClasses()
        .that(DescribedPredicate.not(in(SIMD)))
        .should(dependOnClassesThat(resideInAPackage("jdk.incubator.vector..")))
        .check(MAIN);
  }

  /** Not by reflection either: the names of packages of rules and kernels are in no constant of the api. */
  @Test
  void theApiNamesNoRule() throws IOException {
    for (JavaClass type : MAIN.that(in(API))) {
      for (PoolEntry entry : model(type).constantPool()) {
        if (entry instanceof Utf8Entry text) {
          String name = text.stringValue().replace('/', '.');
          assertFalse(
              name.contains("org.monna.nna") || name.contains("org.monna.baselines") || name.contains(SIMD),
              () -> type.getName() + " names " + name);
        }
      }
    }
  }

  /**
   * But for one: org.monna and org.monna.spi know each other, since rules by name and the engine on arrays are of the api and made from
   * what the spi offers to all engines and providers; they count as one here.
   */
  @Test
  void packagesHaveNoCycles() {
    slices()
        .assignedFrom(
            new SliceAssignment() {
              @Override
              public SliceIdentifier getIdentifierOf(JavaClass type) {
                String name = type.getPackageName();
                return SliceIdentifier.of(name.equals("org.monna.spi") ? "org.monna" : name);
              }

              @Override
              public String getDescription() {
                return "packages";
              }
            })
        .should()
        .beFreeOfCycles()
        .check(MAIN);
  }

  /**
   * Rules are values: equal if written equally, and without arrays that somebody could change. Bucketing is no record since it counts its
   * rounds.
   */
  @Test
  void rulesAreRecords() {
    DescribedPredicate<JavaClass> rules =
        describe(
            "are rules, steps or optimizers",
            type ->
                !type.isInterface()
                    && (type.isAssignableTo(Aggregator.class)
                        || type.isAssignableTo(PreAggregator.class)
                        || type.isAssignableTo(Optimizer.class)));
    List<String> others = new ArrayList<>();
    for (JavaClass type : MAIN.that(rules.and(in(LIBRARY)))) {
      if (!type.isRecord()) {
        others.add(type.getSimpleName());
      }
    }
    assertEquals(List.of("Bucketing"), others);
    fields()
        .that()
        .areDeclaredInClassesThat(rules.and(in(LIBRARY)))
        .and()
        .areNotStatic()
        .should()
        .beFinal()
        .andShould()
        .notHaveRawType(describe("arrays", JavaClass::isArray))
        .check(MAIN);
  }

  /** A vector in a field or an array is an object on the heap; a species that is not a constant stops inlining. */
  @Test
  void vectorsStayInRegisters() {
    DescribedPredicate<JavaClass> vector =
        describe(
            "types of the Vector API",
            type -> type.getBaseComponentType().getPackageName().equals("jdk.incubator.vector"));
    for (JavaClass type : MAIN.that(in(SIMD))) {
      type.getFields().stream()
          .filter(field -> vector.test(field.getRawType()))
          .forEach(
              field ->
                  assertTrue(
                      field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL)),
                      field.getFullName()));
    }
    fields().should().notHaveRawType(vector.and(describe("arrays", JavaClass::isArray))).check(MAIN);
    methods()
        .that()
        .areDeclaredInClassesThat(in(SIMD))
        .should()
        .notHaveRawReturnType(vector.and(describe("arrays", JavaClass::isArray)))
        .check(MAIN);
    for (JavaClass type : MAIN.that(in(SIMD))) {
      type.getMethods().stream()
          .filter(
              method ->
                  method.getRawParameterTypes().stream()
                      .map(JavaClass::getSimpleName)
                      .anyMatch(name -> name.equals("VectorSpecies") || name.equals("VectorOperators")))
          .forEach(method -> assertEquals("", method.getFullName()));
    }
  }

  /** No number depends on time; what may is which vectors came before a deadline, and when SIMD kernels, of the same bits, take over. */
  private static boolean mayMeasureTime(JavaClass type) {
    return type.isEquivalentTo(Round.class) || type.getPackageName().equals(SIMD) && type.getSimpleName().startsWith("Warming");
  }

  /**
   * What changes bits (a fused multiply-add, a reduction in no given order), what makes a result depend on more than its input, and what
   * belongs to the application.
   */
  @Test
  void nothingThatChangesBitsOrSurprises() {
    DescribedPredicate<JavaCall<?>> forbidden =
        describe(
            "forbidden calls",
            call -> {
              JavaClass owner = call.getTargetOwner();
              String method = call.getName();
              return method.equals("fma")
                  || method.equals("reduceLanes")
                  || method.equals("parallel") && owner.isAssignableTo(BaseStream.class)
                  || method.equals("parallelStream")
                  || method.startsWith("parallel") && owner.isEquivalentTo(java.util.Arrays.class)
                  || method.equals("commonPool") && owner.isEquivalentTo(ForkJoinPool.class)
                  || owner.isEquivalentTo(ThreadLocal.class)
                  || owner.isAssignableTo(Random.class)
                  || method.equals("random") && owner.isEquivalentTo(Math.class)
                  || owner.isEquivalentTo(System.class)
                      && Set.of("exit", "nanoTime", "currentTimeMillis").contains(method)
                      && !(method.equals("nanoTime") && mayMeasureTime(call.getOriginOwner()));
            });
    for (JavaClass type : MAIN.that(in(LIBRARY))) {
      type.getCodeUnits().forEach(
          unit -> {
            unit.getCallsFromSelf().stream().filter(forbidden).forEach(call -> assertEquals("", call.getDescription()));
            unit.getMethodReferencesFromSelf().forEach(
                reference -> assertFalse(reference.getName().equals("fma"), reference.getDescription()));
          });
    }
    // FMA as an operator of lanes.
    noClasses()
        .that(in(SIMD))
        .should()
        .accessField("jdk.incubator.vector.VectorOperators", "FMA")
        .check(MAIN);
    // Threads are the caller's.
    noClasses().that(in(LIBRARY)).should().callConstructor(Thread.class).check(MAIN);
  }

  @Test
  void kernelsAreSmallEnoughToBeCompiled() throws IOException {
    int loops = 0;
    for (JavaClass type : MAIN.that(in(SIMD, "org.monna.kernel"))) {
      for (MethodModel method : model(type).methods()) {
        Optional<CodeModel> code = method.code();
        if (code.isPresent()) {
          String name = type.getName() + "." + method.methodName();
          int length = ((CodeAttribute) code.get()).codeLength();
          assertTrue(length <= COMPILED, () -> "%s has %,d bytes of code".formatted(name, length));
          int loop = longestLoop(code.get());
          assertTrue(loop <= LOOP, () -> "%s has a loop of %,d bytes: measure, then raise".formatted(name, loop));
          loops += loop > 0 ? 1 : 0;
        }
      }
    }
    assertTrue(loops > 50, loops + " loops were found");
  }

  /** The bytes between a branch backwards and its target. */
  private static int longestLoop(CodeModel code) {
    Map<Label, Integer> passed = new HashMap<>();
    int at = 0;
    int longest = 0;
    for (CodeElement element : code) {
      if (element instanceof LabelTarget target) {
        passed.put(target.label(), at);
      } else if (element instanceof Instruction instruction) {
        if (instruction instanceof BranchInstruction branch && passed.containsKey(branch.target())) {
          longest = Math.max(longest, at - passed.get(branch.target()));
        }
        at += instruction.sizeInBytes();
      }
    }
    return longest;
  }

  private static ClassModel model(JavaClass type) throws IOException {
    String resource = "/" + type.getName().replace('.', '/') + ".class";
    try (InputStream bytes = ArchitectureTest.class.getResourceAsStream(resource)) {
      return ClassFile.of().parse(bytes.readAllBytes());
    }
  }
}
