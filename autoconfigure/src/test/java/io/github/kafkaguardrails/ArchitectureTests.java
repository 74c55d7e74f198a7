package io.github.kafkaguardrails;

import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.stream.Collectors;

import com.tngtech.archunit.base.DescribedPredicate;
import com.tngtech.archunit.core.domain.JavaClass;
import com.tngtech.archunit.core.domain.JavaClasses;
import com.tngtech.archunit.core.domain.JavaModifier;
import com.tngtech.archunit.core.importer.ClassFileImporter;
import com.tngtech.archunit.core.importer.ImportOption;
import com.tngtech.archunit.lang.ArchRule;
import com.tngtech.archunit.lang.conditions.ArchConditions;
import com.tngtech.archunit.lang.syntax.ArchRuleDefinition;
import com.tngtech.archunit.library.dependencies.SlicesRuleDefinition;
import org.apache.kafka.clients.admin.Admin;
import org.apache.kafka.clients.consumer.Consumer;
import org.apache.kafka.clients.producer.Producer;
import org.junit.jupiter.api.Test;
import org.springframework.boot.autoconfigure.AutoConfiguration;

import io.github.kafkaguardrails.activity.ActivityCheck;
import io.github.kafkaguardrails.background.BackgroundThread;
import io.github.kafkaguardrails.cluster.ClusterReader;
import io.github.kafkaguardrails.errorhandling.orderedretry.core.Lot;
import io.github.kafkaguardrails.pitfall.Pitfall;
import io.github.kafkaguardrails.pitfall.PitfallRule;
import io.github.kafkaguardrails.pitfall.rules.ProducerAcksNotAll;
import io.github.kafkaguardrails.setup.KafkaSetup;
import io.github.kafkaguardrails.setup.KafkaSetupReader;

import static org.assertj.core.api.Assertions.assertThat;

/**
 * Keeps the shape of the code. A rule about a package that is still to come applies from
 * its first class on; that the packages of today are really looked at is asserted.
 */
class ArchitectureTests {

	private static final String ROOT = ArchitectureTests.class.getPackageName();

	private static final String SETUP = KafkaSetup.class.getPackageName();

	private static final String PITFALL = Pitfall.class.getPackageName();

	private static final String RULES = ProducerAcksNotAll.class.getPackageName();

	private static final String CLUSTER = ClusterReader.class.getPackageName();

	private static final String BACKGROUND = BackgroundThread.class.getPackageName();

	private static final String AUTOCONFIGURE = ROOT + ".autoconfigure..";

	private static final String ERROR_HANDLING = ROOT + ".errorhandling";

	/** What strategies and endings share; it knows none of them. */
	private static final String TOPICS = ERROR_HANDLING + ".topics";

	/** Driven by a model, in which there is no Spring, no client and no time. */
	private static final String ORDERED_RETRY_CORE = Lot.class.getPackageName();

	private static final String ACTIVITY = ActivityCheck.class.getPackageName();

	private static final JavaClasses MAIN = new ClassFileImporter()
		.withImportOption(ImportOption.Predefined.DO_NOT_INCLUDE_TESTS)
		.importPackages(ROOT);

	@Test
	void looksAtTheClassesOfThisProject() {
		assertThat(MAIN.contain(KafkaSetupReader.class)).isTrue();
		assertThat(MAIN.contain(ProducerAcksNotAll.class)).isTrue();
		assertThat(MAIN.stream().map(JavaClass::getPackageName)).contains(SETUP, PITFALL, RULES);
		assertThat(MAIN.contain(ArchitectureTests.class)).isFalse();
	}

	@Test
	void setupKnowsNoOtherPackageOfOurs() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(SETUP)
			.should(ArchConditions.onlyDependOnClassesThat(foreignOr(SETUP)))
			.check(MAIN);
	}

	@Test
	void theRuleEngineKnowsOnlyTheSetup() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(PITFALL)
			.should(ArchConditions.onlyDependOnClassesThat(foreignOr(PITFALL, SETUP)))
			.check(MAIN);
	}

	@Test
	void rulesKnowOnlyTheEngineAndTheSetup() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(RULES)
			.should(ArchConditions.onlyDependOnClassesThat(foreignOr(RULES, PITFALL, SETUP)))
			.check(MAIN);
	}

	@Test
	void theBackgroundKnowsNoOtherPackageOfOurs() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(BACKGROUND)
			.should(ArchConditions.onlyDependOnClassesThat(foreignOr(BACKGROUND)))
			.check(MAIN);
	}

	@Test
	void theReaderOfTheClustersKnowsOnlyTheSetup() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(CLUSTER)
			.should(ArchConditions.onlyDependOnClassesThat(foreignOr(CLUSTER, SETUP)))
			.check(MAIN);
	}

	@Test
	void rulesTouchNeitherTheContextNorAClient() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(RULES)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.context..", "org.springframework.beans..")
			.orShould()
			.dependOnClassesThat()
			.belongToAnyOf(Producer.class, Consumer.class, Admin.class)
			.check(MAIN);
	}

	@Test
	void onlyTheReaderLooksIntoTheContext() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideInAPackage(SETUP)
			.and()
			.arePublic()
			.and()
			.doNotBelongToAnyOf(KafkaSetupReader.class)
			.should()
			.dependOnClassesThat()
			.resideInAnyPackage("org.springframework.context..", "org.springframework.beans..",
					"org.springframework.kafka..")
			.check(MAIN);
	}

	@Test
	void nothingKnowsTheAutoConfiguration() {
		ArchRuleDefinition.noClasses()
			.that()
			.resideOutsideOfPackage(AUTOCONFIGURE)
			.and()
			.areNotAnnotatedWith(AutoConfiguration.class)
			.should()
			.dependOnClassesThat()
			.resideInAPackage(AUTOCONFIGURE)
			.check(MAIN);
	}

	@Test
	void theErrorHandlingContractKnowsNoStrategy() {
		optional(ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ERROR_HANDLING)
			.should(ArchConditions.onlyDependOnClassesThat(foreignOr(ERROR_HANDLING, SETUP))), ERROR_HANDLING);
	}

	@Test
	void theObserversKnowOnlyWhatTheyObserveAndWhoJudges() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ACTIVITY)
			.should(ArchConditions
				.onlyDependOnClassesThat(foreignOr(ACTIVITY, BACKGROUND, ERROR_HANDLING, PITFALL, SETUP)))
			.check(MAIN);
	}

	@Test
	void noStrategyKnowsAnother() {
		Set<String> strategies = new TreeSet<>(packagesBelow(ERROR_HANDLING));
		strategies.remove(TOPICS);
		for (String strategy : strategies) {
			List<String> others = strategies.stream().filter((other) -> !other.equals(strategy)).toList();
			ArchRuleDefinition.noClasses()
				.that()
				.resideInAPackage(strategy + "..")
				.should()
				.dependOnClassesThat()
				.resideInAnyPackage(others.stream().map((other) -> other + "..").toArray(String[]::new))
				.check(MAIN);
		}
		long classes = MAIN.stream().filter((type) -> type.getPackageName().startsWith(ERROR_HANDLING + ".")).count();
		assertThat(strategies).hasSizeGreaterThan(5);
		assertThat(classes).isPositive();
	}

	@Test
	void theCoreOfTheOrderedRetryIsPlainJava() {
		ArchRuleDefinition.classes()
			.that()
			.resideInAPackage(ORDERED_RETRY_CORE)
			.should()
			.onlyDependOnClassesThat()
			.resideInAnyPackage(ORDERED_RETRY_CORE, "java..", "org.jspecify.annotations")
			.check(MAIN);
	}

	@Test
	void packagesFormNoCycle() {
		SlicesRuleDefinition.slices().matching(ROOT + ".(**)").should().beFreeOfCycles().check(MAIN);
	}

	@Test
	void rulesArePublicFinalAndAnnotated() {
		ArchRule rule = ArchRuleDefinition.classes()
			.that()
			.areAssignableTo(PitfallRule.class)
			.and()
			.areNotInterfaces()
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL)
			.andShould()
			.beAnnotatedWith(Pitfall.class)
			.andShould()
			.resideInAPackage(RULES);
		rule.check(MAIN);
	}

	@Test
	void autoConfigurationsArePublicFinalWithoutPublicMembers() {
		optional(ArchRuleDefinition.classes()
			.that()
			.areAnnotatedWith(AutoConfiguration.class)
			.should()
			.bePublic()
			.andShould()
			.haveModifier(JavaModifier.FINAL), ROOT + ".autoconfigure");
	}

	/** Classes of others, and those of these packages of ours. */
	private static DescribedPredicate<JavaClass> foreignOr(String... packages) {
		DescribedPredicate<JavaClass> allowed = DescribedPredicate
			.not(JavaClass.Predicates.resideInAPackage(ROOT + ".."));
		for (String name : packages) {
			allowed = allowed.or(JavaClass.Predicates.resideInAPackage(name));
		}
		return allowed;
	}

	/** A rule for a package that may not exist yet; when it does, nothing may escape. */
	private static void optional(ArchRule rule, String packageName) {
		boolean exists = MAIN.stream().anyMatch((type) -> type.getPackageName().startsWith(packageName));
		rule.allowEmptyShould(!exists).check(MAIN);
	}

	private static Set<String> packagesBelow(String parent) {
		return MAIN.stream()
			.map(JavaClass::getPackageName)
			.filter((name) -> name.startsWith(parent + "."))
			.map((name) -> parent + "." + name.substring(parent.length() + 1).split("\\.", 2)[0])
			.collect(Collectors.toCollection(TreeSet::new));
	}

}
