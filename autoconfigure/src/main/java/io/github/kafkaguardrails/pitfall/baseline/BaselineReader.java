package io.github.kafkaguardrails.pitfall.baseline;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.LocalDate;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

import org.jspecify.annotations.Nullable;
import org.springframework.boot.env.OriginTrackedMapPropertySource;
import org.springframework.boot.env.YamlPropertySourceLoader;
import org.springframework.boot.origin.Origin;
import org.springframework.boot.origin.TextResourceOrigin;
import org.springframework.core.env.PropertySource;
import org.springframework.core.io.Resource;

import io.github.kafkaguardrails.pitfall.Baseline;
import io.github.kafkaguardrails.setup.ValueOrigin;

/**
 * Reads a baseline and refuses what it does not understand: a slip of the pen must not
 * accept a finding, nor bring one back.
 */
final class BaselineReader {

	static final String DATE = "date";

	static final String CLUSTERS = "clusters";

	static final String FINDINGS = "findings";

	static final String RULE = "rule";

	static final String SUBJECT = "subject";

	static final String ABOUT = "about";

	static final String FINGERPRINT = "fingerprint";

	private static final Set<String> ENTRY = Set.of(RULE, SUBJECT, ABOUT, FINGERPRINT);

	private static final Pattern FINDING = Pattern.compile(FINDINGS + "\\[(\\d+)](?:\\.(.*))?");

	private static final Pattern MARK = Pattern.compile("line (\\d+), column (\\d+)");

	private static final String PROPERTY = "kafka.guardrails.baseline.file";

	private static final String ACTION = "Mend the line, or delete the file and write it anew with kafka.guardrails.baseline.write: true.";

	private final String file;

	private final OriginTrackedMapPropertySource content;

	private BaselineReader(String file, OriginTrackedMapPropertySource content) {
		this.file = file;
		this.content = content;
	}

	static Baseline read(String file, Resource resource) {
		List<PropertySource<?>> documents = load(file, resource);
		if (documents.size() != 1 || !(documents.get(0) instanceof OriginTrackedMapPropertySource content)) {
			throw invalid(file + " must be one YAML document with 'date' and 'findings'.", null);
		}
		return new BaselineReader(file, content).baseline();
	}

	private static List<PropertySource<?>> load(String file, Resource resource) {
		try {
			return new YamlPropertySourceLoader().load(file, resource);
		}
		catch (IOException ex) {
			throw invalid(file + " cannot be read: " + ex.getMessage(), ex);
		}
		catch (RuntimeException ex) {
			Matcher mark = MARK.matcher(String.valueOf(ex.getMessage()));
			String place = mark.find() ? file + ":" + mark.group(1) + ":" + mark.group(2) : file;
			throw invalid(place + ": expected YAML, but " + ex.getMessage(), ex);
		}
	}

	private Baseline baseline() {
		Map<Integer, List<String>> entries = new TreeMap<>();
		for (String name : this.content.getPropertyNames()) {
			Matcher finding = FINDING.matcher(name);
			if (finding.matches() && finding.group(2) != null && ENTRY.contains(finding.group(2))) {
				entries.computeIfAbsent(Integer.valueOf(finding.group(1)), (index) -> new ArrayList<>()).add(name);
			}
			else if (finding.matches()) {
				throw expected(name, "'rule', 'subject', 'about' and 'fingerprint' below each finding");
			}
			else if (!Set.of(DATE, CLUSTERS).contains(name) && !(FINDINGS.equals(name) && text(name).isEmpty())) {
				throw expected(name, "'date', 'clusters' and a list 'findings'");
			}
		}
		return new Baseline(date(), clusters(),
				entries.entrySet().stream().map((entry) -> entry(entry.getKey(), entry.getValue())).toList());
	}

	private LocalDate date() {
		require(DATE, "'date' at the beginning, for example date: \"2027-01-31\"", null);
		try {
			return LocalDate.parse(text(DATE));
		}
		catch (DateTimeException ex) {
			throw expected(DATE, "a day such as \"2027-01-31\"");
		}
	}

	private boolean clusters() {
		String flag = this.content.containsProperty(CLUSTERS) ? text(CLUSTERS) : "false";
		if (!Set.of("true", "false").contains(flag)) {
			throw expected(CLUSTERS, "true or false");
		}
		return Boolean.parseBoolean(flag);
	}

	private Baseline.Entry entry(int index, List<String> names) {
		String prefix = FINDINGS + "[" + index + "].";
		for (String key : List.of(RULE, SUBJECT, FINGERPRINT)) {
			require(prefix + key, "'" + key + "' in this finding", names.get(0));
		}
		if (!text(prefix + FINGERPRINT).matches(Baseline.Entry.FINGERPRINT)) {
			throw expected(prefix + FINGERPRINT, "16 hexadecimal digits as they were written");
		}
		return new Baseline.Entry(text(prefix + RULE), text(prefix + SUBJECT),
				this.content.containsProperty(prefix + ABOUT) ? text(prefix + ABOUT) : "", text(prefix + FINGERPRINT),
				ValueOrigin.property(PROPERTY, place(prefix + RULE)));
	}

	private String text(String name) {
		return String.valueOf(this.content.getProperty(name));
	}

	private void require(String name, String expected, @Nullable String neighbour) {
		if (!this.content.containsProperty(name) || text(name).isBlank()) {
			String place = (neighbour != null) ? place(neighbour) : this.file;
			throw invalid(place + ": expected " + expected + ".", null);
		}
	}

	private InvalidBaselineException expected(String name, String expected) {
		return invalid(place(name) + ": expected " + expected + ", but found '" + name + ": " + text(name) + "'.",
				null);
	}

	private String place(String name) {
		Origin origin = this.content.getOrigin(name);
		return (origin instanceof TextResourceOrigin text && text.getLocation() != null)
				? this.file + ":" + text.getLocation() : this.file;
	}

	private static InvalidBaselineException invalid(String description, @Nullable Throwable cause) {
		String text = "The baseline of Kafka Guardrails is broken. " + description;
		return (cause != null) ? new InvalidBaselineException(text, ACTION, cause)
				: new InvalidBaselineException(text, ACTION);
	}

}
