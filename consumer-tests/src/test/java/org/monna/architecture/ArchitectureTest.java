package org.monna.architecture;

import static com.tngtech.archunit.core.domain.JavaClass.Predicates.resideInAnyPackage;
import static java.util.stream.Collectors.toCollection;
import static java.util.stream.Collectors.toSet;
import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertTrue;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaCodeUnit;
import com.tngtech.archunit.core.domain.JavaField;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.domain.PackageMatcher;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassModel;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.CodeModel;
import java.lang.classfile.Instruction;
import java.lang.classfile.Label;
import java.lang.classfile.MethodModel;
import java.lang.classfile.attribute.CodeAttribute;
import java.lang.classfile.constantpool.ClassEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.constantpool.Utf8Entry;
import java.lang.classfile.instruction.BranchInstruction;
import java.lang.classfile.instruction.LabelTarget;
import java.lang.classfile.instruction.NewReferenceArrayInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDescs;
import java.lang.constant.MethodTypeDesc;
import java.util.ArrayList;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeSet;
import java.util.function.Consumer;
import java.util.function.Function;
import java.util.regex.Pattern;
import java.util.stream.Stream;
import java.util.stream.StreamSupport;
import org.junit.jupiter.api.Test;
import org.monna.Aggregator;
import org.monna.Optimizer;
import org.monna.PreAggregator;
import org.monna.architecture.violations.BreaksLayers;
import org.monna.architecture.violations.ChangesBits;
import org.monna.architecture.violations.DependsOnChance;
import org.monna.architecture.violations.DependsOnTime;
import org.monna.architecture.violations.IsNoValue;
import org.monna.architecture.violations.KeepsVectors;
import org.monna.architecture.violations.NamesRules;
import org.monna.architecture.violations.TouchesTheProcess;
import org.monna.architecture.violations.WorksInThreads;

/**
 * Who may depend on whom, and what the arithmetic may not use. A rule is a function that lists what breaks it, as "class: what". Each is
 * held against the library, where all that may break it is written down, and against a class of violations, each of which it must list.
 */
final class ArchitectureTest {

  private static final String SIMD = "org.monna.kernels.simd";
  private static final String SPI = "org.monna.spi";
  private static final String TESTKIT = "org.monna.testkit";

  /**
   * A package.
   *
   * @param others what it depends on, besides itself, java.base and annotations that are not there at run time
   */
  private record Part(String name, String... others) {}

  /** Everything, from below: a part depends on earlier ones only. */
  private static final List<Part> PARTS =
      List.of(
          new Part("org.monna.kernel"), // arrays in, arrays out: kernels know of no geometry and no rule
          new Part(SIMD, "org.monna.kernel", "jdk.incubator.vector"),
          new Part("org.monna", "org.monna.kernel", SPI),
          new Part(SPI, "org.monna.kernel", "org.monna"),
          new Part("org.monna.optim", "org.monna.kernel", "org.monna"),
          new Part("org.monna.arrivals", "org.monna.kernel", "org.monna", SPI),
          new Part("org.monna.nna", "org.monna", SPI, "org.monna.optim"),
          new Part("org.monna.baselines", "org.monna", SPI),
          new Part(TESTKIT, "org.monna", SPI, "org.junit.jupiter.api..", "net.jqwik.api.."), // for anybody's rules, so it knows none
          new Part("org.monna.files", "org.monna", SPI, "com.fasterxml.jackson.core"),
          new Part("org.monna.spark", "org.monna", SPI, "org.monna.files", "org.apache.spark..", "scala.."),
          new Part("org.monna.config.internal", "com.fasterxml.jackson.."),
          new Part("org.monna.config", "org.monna", SPI, "org.monna.config.internal", "com.fasterxml.jackson.."),
          new Part("org.monna.djl", "org.monna", "ai.djl.."),
          new Part("org.monna.dl4j", "org.monna", "org.deeplearning4j..", "org.nd4j..", "org.bytedeco.javacpp.."),
          new Part("org.monna.tensorflow", "org.monna", "org.tensorflow.."),
          new Part("org.monna.tribuo", "org.monna", "org.tribuo..", "com.oracle.labs.mlrg.olcut.."));

  private static final String[] API = {"org.monna", "org.monna.kernel", SPI, "org.monna.optim", "org.monna.arrivals"};

  /** What the api may not name, not even to load it by reflection. */
  private static final Pattern RULES_AND_KERNELS = Pattern.compile("org[./]monna[./](nna|baselines|kernels[./]simd)");

  /** Fused or in an order that is not specified, or a function whose last digit depends on the machine: StrictMath's do not. */
  private static final List<String> CHANGES_BITS =
      List.of(
          ".*\\.fma\\(.*",
          "java\\.lang\\.Math\\.(a?(sin|cos|tan)|(sin|cos|tan)h|atan2|exp|expm1|log|log10|log1p|pow|cbrt|hypot)\\(.*",
          "jdk\\.incubator\\.vector\\.VectorOperators"
              + "\\.(FMA|A?(SIN|COS|TAN)|(SIN|COS|TAN)H|ATAN2|EXP|EXPM1|LOG|LOG10|LOG1P|POW|CBRT|HYPOT)",
          "jdk\\.incubator\\.vector\\.\\w+\\.(pow|reduceLanes|reduceLanesToLong)\\(.*",
          "java\\.util\\.stream\\.DoubleStream\\.(sum|average|summaryStatistics)\\(.*",
          "java\\.util\\.DoubleSummaryStatistics\\b.*",
          "java\\.util\\.stream\\.Collectors\\.(summing|averaging|summarizing)Double\\(.*",
          "java\\.util\\.stream\\.(\\w+\\.parallel|StreamSupport\\.\\w+)\\(.*",
          ".*\\.parallelStream\\(.*",
          "java\\.util\\.Arrays\\.parallel\\w+\\(.*");

  /** Threads are the caller's, and none is known to come again. */
  private static final List<String> WORKS_IN_THREADS =
      List.of(
          "java\\.lang\\.Thread\\.(?!(currentThread|interrupted|interrupt|isInterrupted)\\().*",
          "java\\.lang\\.Thread\\$.*",
          "java\\.lang\\.(Inheritable)?ThreadLocal\\b.*",
          "java\\.lang\\.ScopedValue\\b.*",
          "java\\.lang\\.ref\\.Cleaner\\b.*",
          "java\\.util\\.Timer\\b.*",
          "java\\.util\\.concurrent"
              + "\\.(Executors|\\w*ThreadPoolExecutor|ForkJoin\\w+|Recursive\\w+|CountedCompleter|CompletableFuture|StructuredTaskScope)\\b.*");

  private static final List<String> DEPENDS_ON_TIME =
      List.of(
          "java\\.lang\\.System\\.(nanoTime|currentTimeMillis)\\(.*",
          "java\\.time\\.(?!Duration\\b).*",
          "java\\.util\\.(Date|\\w*Calendar)\\b.*");

  /** A SplittableRandom that is given its seed gives the same numbers everywhere. */
  private static final List<String> DEPENDS_ON_CHANCE =
      List.of(
          "java\\.lang\\.(Strict)?Math\\.random\\(.*",
          "java\\.util\\.(Random|UUID)\\b.*",
          "java\\.util\\.concurrent\\.ThreadLocalRandom\\b.*",
          "java\\.util\\.random\\..*",
          "java\\.security\\.SecureRandom\\b.*",
          "java\\.util\\.SplittableRandom\\.<init>\\(\\)",
          "java\\.util\\.Collections\\.shuffle\\(.*",
          "java\\.lang\\.System\\.identityHashCode\\(.*");

  /** What belongs to the application, or lets it change results behind the caller's back. */
  private static final List<String> TOUCHES_THE_PROCESS =
      List.of(
          "java\\.lang\\.System\\.(?!(arraycopy|lineSeparator|nanoTime|currentTimeMillis|identityHashCode)\\().*",
          "java\\.lang\\.(Boolean\\.getBoolean|Integer\\.getInteger|Long\\.getLong)\\(.*",
          "java\\.lang\\.Runtime\\.(?!(getRuntime|maxMemory|version)\\().*",
          "java\\.lang\\.Process(Builder)?\\b.*",
          ".*\\.printStackTrace\\(\\)");

  /** The bytes of code beyond which HotSpot does not compile a method (HugeMethodLimit). */
  private static final int COMPILED = 8000;

  /** The longest loop of today, rounded up, so that a longer one is not written without measuring it. */
  private static final int LOOP = 1000;

  private static final Set<String> JAVA_BASE = ModuleLayer.boot().findModule("java.base").orElseThrow().getPackages();

  /** Main classes of all artifacts. */
  private static final JavaClasses MAIN =
      new ClassFileImporter()
          .withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
          .importPackages("org.monna");

  private static final JavaClasses LIBRARY = MAIN.that(DescribedPredicate.not(resideInAnyPackage(TESTKIT)));

  /** One cycle: rules by name and the engine on arrays are of the api, and made from what the spi offers to all engines and providers. */
  @Test
  void everyPackageHasItsPlace() {
    Set<String> below = new HashSet<>(Set.of(SPI));
    for (Part part : PARTS) {
      assertEquals(List.of(), Stream.of(part.others).filter(other -> other.startsWith("org.monna") && !below.contains(other)).toList(), part.name);
      below.add(part.name);
    }
    assertEquals(below, MAIN.stream().map(JavaClass::getPackageName).collect(toSet()));
  }

  @Test
  void dependenciesRunDownwards() {
    PARTS.forEach(part -> assertEquals(Set.of(), breaches(in(part.name), strangersTo(part)), part.name));

    assertFindsAll(BreaksLayers.class, strangersTo(new Part(BreaksLayers.class.getPackageName(), "org.monna")));
  }

  @Test
  void theApiNamesNoRule() {
    assertEquals(Set.of(), breaches(in(API), ArchitectureTest::namedRules));

    assertFindsAll(NamesRules.class, ArchitectureTest::namedRules);
  }

  /** Bucketing counts its rounds; each of its steps is one. */
  @Test
  void rulesAreValues() {
    assertEquals(Set.of("Bucketing: no record"), breaches(LIBRARY, ArchitectureTest::notValues));

    assertEquals(
        Set.of(
            "IsNoValue$ClassOfRule: no record",
            "IsNoValue$ClassOfStep: no record",
            "IsNoValue$Changing: no record",
            "IsNoValue$Changing: changing",
            "IsNoValue$WithArray: weights"),
        breaches(classesIn(IsNoValue.class), ArchitectureTest::notValues));
  }

  @Test
  void vectorsStayInRegisters() {
    assertEquals(Set.of(), breaches(in(SIMD), ArchitectureTest::keptVectors));

    assertFindsAll(KeepsVectors.class, ArchitectureTest::keptVectors);
  }

  /** The one stream that is made of an Iterable is sequential. */
  @Test
  void nothingChangesBits() {
    assertEquals(Set.of("RobustGradients: java.util.stream.StreamSupport.stream"), breaches(LIBRARY, uses(CHANGES_BITS)));

    assertFindsAll(ChangesBits.class, CHANGES_BITS);
  }

  /**
   * The one that removes a file that is not whole when the virtual machine ends is started by that. In the other one a connection to Spark
   * begins or ends, undisturbed by interrupts, while the caller waits.
   */
  @Test
  void threadsAreTheCallers() {
    assertEquals(
        Set.of(
            "OutputFile: java.lang.Thread.<init>",
            "SparkFileEngine: java.lang.Thread$Builder",
            "SparkFileEngine: java.lang.Thread$Builder$OfPlatform",
            "SparkFileEngine: java.lang.Thread$Builder$OfPlatform.start",
            "SparkFileEngine: java.lang.Thread.ofPlatform",
            "SparkFileEngine: java.util.concurrent.CompletableFuture",
            "SparkFileEngine: java.util.concurrent.CompletableFuture.join",
            "SparkFileEngine: java.util.concurrent.CompletableFuture.supplyAsync"),
        breaches(LIBRARY, uses(WORKS_IN_THREADS)));

    assertFindsAll(WorksInThreads.class, WORKS_IN_THREADS);
  }

  /** What may: which vectors came before a deadline, when SIMD kernels, of the same bits, take over, and what DJL's listeners are told. */
  @Test
  void noNumberDependsOnTime() {
    assertEquals(
        Set.of(
            "Round: java.lang.System.nanoTime",
            "Warming: java.lang.System.nanoTime",
            "WarmingKernels: java.lang.System.nanoTime",
            "RobustTrainer: java.lang.System.nanoTime"),
        breaches(LIBRARY, uses(DEPENDS_ON_TIME)));

    assertFindsAll(DependsOnTime.class, DEPENDS_ON_TIME);
  }

  @Test
  void noNumberDependsOnChance() {
    assertEquals(Set.of(), breaches(LIBRARY, uses(DEPENDS_ON_CHANCE)));

    assertFindsAll(DependsOnChance.class, DEPENDS_ON_CHANCE);
  }

  /** Kernels, of the same bits, are chosen by properties, with one warning; a file that is not whole is removed when all ends. */
  @Test
  void theProcessIsTheApplications() {
    assertEquals(
        Set.of(
            "KernelSelection: java.lang.System.getProperty",
            "KernelSelection: java.lang.System.getLogger",
            "SimdKernelProvider: java.lang.System.getProperty",
            "OutputFile: java.lang.Runtime.addShutdownHook",
            "OutputFile: java.lang.Runtime.removeShutdownHook"),
        breaches(LIBRARY, uses(TOUCHES_THE_PROCESS)));

    assertFindsAll(TouchesTheProcess.class, TOUCHES_THE_PROCESS);
  }

  @Test
  void kernelsAreSmallEnoughToBeCompiled() {
    JavaClasses kernels = in(SIMD, "org.monna.kernel");
    assertEquals(Set.of(), breaches(kernels, type -> tooLong(bytes(type))));

    long loops = kernels.stream().flatMap(type -> bytes(type).methods().stream()).filter(method -> longestLoop(method) > 0).count();
    assertTrue(loops > 50, loops + " loops were found");
    assertEquals(List.of(), tooLong(withMethod(code -> loop(code, LOOP - 1))).toList());
    assertEquals(List.of("a loop of 1,001 bytes in long: measure, then raise"), tooLong(withMethod(code -> loop(code, LOOP))).toList());
    assertEquals(List.of(), tooLong(withMethod(code -> nothing(code, COMPILED - 1))).toList());
    assertEquals(List.of("8,001 bytes of code in long"), tooLong(withMethod(code -> nothing(code, COMPILED))).toList());
  }

  private static JavaClasses in(String... packages) {
    return MAIN.that(resideInAnyPackage(packages));
  }

  private static Set<String> breaches(JavaClasses classes, Function<JavaClass, Stream<String>> rule) {
    return classes.stream()
        .flatMap(type -> rule.apply(type).map(breach -> type.getName().substring(type.getPackageName().length() + 1) + ": " + breach))
        .collect(toCollection(TreeSet::new));
  }

  /** Every class in this one breaks the rule. */
  private static void assertFindsAll(Class<?> violations, Function<JavaClass, Stream<String>> rule) {
    JavaClasses each = classesIn(violations);
    assertEquals(List.of(), each.stream().filter(type -> rule.apply(type).findAny().isEmpty()).map(JavaClass::getSimpleName).toList());
  }

  /** Every class in this one uses something banned, and every line of the ban is about one. */
  private static void assertFindsAll(Class<?> violations, List<String> banned) {
    assertFindsAll(violations, uses(banned));
    JavaClasses each = classesIn(violations);
    assertEquals(List.of(), banned.stream().filter(one -> breaches(each, uses(List.of(one))).isEmpty()).toList());
  }

  private static JavaClasses classesIn(Class<?> violations) {
    return new ClassFileImporter().importClasses(violations.getDeclaredClasses());
  }

  /** All members that are called, referred to, read or written, and all types that are named in any way. */
  private static Function<JavaClass, Stream<String>> uses(List<String> banned) {
    Pattern pattern = Pattern.compile(String.join("|", banned));
    return type ->
        Stream.concat(
                type.getAccessesFromSelf().stream().map(access -> access.getTarget().getFullName()), dependencies(type))
            .filter(pattern.asMatchPredicate())
            .map(use -> use.replaceFirst("\\(.*", ""));
  }

  /** The names of all types in signatures and generics, and of those in the code, casts too. */
  private static Stream<String> dependencies(JavaClass type) {
    return Stream.concat(
        type.getDirectDependenciesFromSelf().stream().map(dependency -> dependency.getTargetClass().getBaseComponentType().getName()),
        constants(type, ClassEntry.class)
            .map(entry -> entry.asInternalName().replaceFirst("^\\[+L?", "").replace(";", "").replace('/', '.')));
  }

  private static Function<JavaClass, Stream<String>> strangersTo(Part part) {
    List<PackageMatcher> known =
        Stream.concat(Stream.of(part.name, "org.jspecify.annotations"), Stream.of(part.others)).map(PackageMatcher::of).toList();
    return type ->
        dependencies(type)
            .filter(
                other -> {
                  String place = other.substring(0, Math.max(0, other.lastIndexOf('.'))); // primitive types have none
                  return !place.isEmpty() && !JAVA_BASE.contains(place) && known.stream().noneMatch(one -> one.matches(place));
                });
  }

  private static Stream<String> namedRules(JavaClass type) {
    return constants(type, Utf8Entry.class).map(Utf8Entry::stringValue).filter(text -> RULES_AND_KERNELS.matcher(text).find());
  }

  private static <E extends PoolEntry> Stream<E> constants(JavaClass type, Class<E> kind) {
    return StreamSupport.stream(bytes(type).constantPool().spliterator(), false).filter(kind::isInstance).map(kind::cast);
  }

  /** Rules, steps and optimizers are equal if written equally, and have no arrays that somebody could change. */
  private static Stream<String> notValues(JavaClass type) {
    boolean rule = Stream.of(Aggregator.class, PreAggregator.class, Optimizer.class).anyMatch(type::isAssignableTo);
    if (!rule || type.isInterface()) {
      return Stream.of();
    }
    Stream<String> fields =
        type.getFields().stream()
            .filter(field -> !field.getModifiers().contains(JavaModifier.STATIC))
            .filter(field -> field.getRawType().isArray() || !field.getModifiers().contains(JavaModifier.FINAL))
            .map(JavaField::getName);
    return type.isRecord() ? fields : Stream.concat(Stream.of("no record"), fields);
  }

  /** A vector in a field or an array is an object on the heap; a species or an operator that is not a constant stops inlining. */
  private static Stream<String> keptVectors(JavaClass type) {
    List<String> kept = new ArrayList<>();
    for (JavaField field : type.getFields()) {
      boolean constant = field.getModifiers().containsAll(Set.of(JavaModifier.STATIC, JavaModifier.FINAL));
      if (isOfVectors(field.getRawType()) && (!constant || field.getRawType().isArray())) {
        kept.add(field.getName());
      }
    }
    for (JavaCodeUnit unit : type.getCodeUnits()) {
      Stream.concat(Stream.of(unit.getRawReturnType()), unit.getRawParameterTypes().stream())
          .filter(one -> isOfVectors(one) && one.isArray())
          .forEach(one -> kept.add("array in " + unit.getName()));
      unit.getRawParameterTypes().stream()
          .map(JavaClass::getName)
          .filter(name -> name.matches("jdk\\.incubator\\.vector\\.(VectorSpecies|VectorOperators\\b.*)"))
          .forEach(name -> kept.add("parameter of " + unit.getName()));
    }
    for (MethodModel method : bytes(type).methods()) {
      method.code().ifPresent(
          code ->
              code.forEach(
                  element -> {
                    if (element instanceof NewReferenceArrayInstruction made
                        && made.componentType().asInternalName().startsWith("jdk/incubator/vector/")) {
                      kept.add("new array in " + method.methodName());
                    }
                  }));
    }
    return kept.stream();
  }

  private static boolean isOfVectors(JavaClass type) {
    return type.getBaseComponentType().getPackageName().equals("jdk.incubator.vector");
  }

  private static Stream<String> tooLong(ClassModel type) {
    List<String> found = new ArrayList<>();
    for (MethodModel method : type.methods()) {
      int length = method.code().map(code -> ((CodeAttribute) code).codeLength()).orElse(0);
      int loop = longestLoop(method);
      if (length > COMPILED) {
        found.add("%,d bytes of code in %s".formatted(length, method.methodName()));
      }
      if (loop > LOOP) {
        found.add("a loop of %,d bytes in %s: measure, then raise".formatted(loop, method.methodName()));
      }
    }
    return found.stream();
  }

  /** The bytes between a branch backwards and its target; 0 without a loop. */
  private static int longestLoop(MethodModel method) {
    Map<Label, Integer> passed = new HashMap<>();
    int at = 0;
    int longest = 0;
    for (CodeElement element : method.code().map(CodeModel::elementList).orElse(List.of())) {
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

  private static ClassModel withMethod(Consumer<CodeBuilder> body) {
    MethodTypeDesc nothing = MethodTypeDesc.of(ConstantDescs.CD_void);
    return ClassFile.of().parse(
        ClassFile.of().build(
            ClassDesc.of("Long"), type -> type.withMethodBody("long", nothing, ClassFile.ACC_STATIC, body)));
  }

  private static void nothing(CodeBuilder code, int bytes) {
    for (int i = 0; i < bytes; i++) {
      code.nop();
    }
    code.return_();
  }

  private static void loop(CodeBuilder code, int bytes) {
    Label start = code.newBoundLabel();
    for (int i = 0; i < bytes; i++) {
      code.nop();
    }
    code.iconst_0();
    code.ifeq(start);
    code.return_();
  }

  private static ClassModel bytes(JavaClass type) {
    try (InputStream bytes = type.getSource().orElseThrow().getUri().toURL().openStream()) {
      return ClassFile.of().parse(bytes.readAllBytes());
    } catch (IOException e) {
      throw new UncheckedIOException(e);
    }
  }
}
