package io.github.kafkaguardrails.activity;

import java.lang.reflect.Field;
import java.time.Clock;
import java.util.ArrayList;
import java.util.List;

import org.apache.commons.logging.Log;
import org.apache.commons.logging.LogFactory;
import org.apache.kafka.clients.producer.ProducerInterceptor;
import org.springframework.kafka.core.KafkaTemplate;
import org.springframework.util.ReflectionUtils;

import io.github.kafkaguardrails.setup.SendActivity;

/**
 * Observes what templates send: records that are given up, records without a key, and
 * records that are sent while a transaction of something else is open. It remembers
 * topics and class names, never contents, of at most {@value BoundedMap#MAX_KEYS}
 * templates.
 *
 * @since 0.1.0
 */
public final class SendObserver {

	private static final Log logger = LogFactory.getLog(SendObserver.class);

	private final BoundedMap<String, ObservedTemplate> templates;

	/**
	 * An observer.
	 * @param clock tells when a record was given up
	 */
	public SendObserver(Clock clock) {
		this.templates = new BoundedMap<>((name) -> new ObservedTemplate(name, clock));
	}

	/**
	 * Observe a template from now on. Its interceptor, if it has one, is called as
	 * before.
	 * @param <K> type of the key
	 * @param <V> type of the value
	 * @param name bean name
	 * @param template the template
	 */
	public <K, V> void observe(String name, KafkaTemplate<K, V> template) {
		Field field = ReflectionUtils.findField(KafkaTemplate.class, "producerInterceptor");
		ObservedTemplate observed = this.templates.get(name);
		if (field == null || observed == null) {
			logger.debug("Template '" + name + "' is not observed");
			return;
		}
		ReflectionUtils.makeAccessible(field);
		@SuppressWarnings("unchecked") // the type of the field
		ProducerInterceptor<K, V> users = (ProducerInterceptor<K, V>) ReflectionUtils.getField(field, template);
		if (!(users instanceof SendInterceptor)) {
			template.setProducerInterceptor(new SendInterceptor<>(users, observed, template.isTransactional()));
		}
	}

	SendActivity observed() {
		List<SendActivity.Failure> failures = new ArrayList<>();
		List<SendActivity.Keyless> keyless = new ArrayList<>();
		List<SendActivity.InTransaction> inTransactions = new ArrayList<>();
		this.templates.forEach((name, template) -> {
			failures.addAll(template.failures());
			keyless.addAll(template.keyless());
			inTransactions.addAll(template.inTransactions());
		});
		return new SendActivity(failures, keyless, inTransactions);
	}

}
