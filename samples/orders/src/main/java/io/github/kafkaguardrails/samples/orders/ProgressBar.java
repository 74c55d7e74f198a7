package io.github.kafkaguardrails.samples.orders;

import java.io.Console;
import java.io.PrintStream;
import java.lang.reflect.Method;
import java.util.Locale;

import org.springframework.util.ReflectionUtils;

/**
 * A progress bar. On a terminal it is one line that is drawn again and again, elsewhere
 * it is a line for each fifth of the way.
 */
class ProgressBar {

	private static final int WIDTH = 40;

	private static final int STEPS_WITHOUT_TERMINAL = 5;

	private final String label;

	private final PrintStream out;

	private final boolean terminal;

	private int shown;

	ProgressBar(String label, PrintStream out, boolean terminal) {
		this.label = label;
		this.out = out;
		this.terminal = terminal;
	}

	/** A progress bar on the standard output. */
	static ProgressBar onStandardOutput(String label) {
		return new ProgressBar(label, System.out, isTerminal());
	}

	@SuppressWarnings("SystemConsoleNull") // from Java 22 on the console has to be asked
	private static boolean isTerminal() {
		Console console = System.console();
		Method question = ReflectionUtils.findMethod(Console.class, "isTerminal");
		return console != null
				&& (question == null || Boolean.TRUE.equals(ReflectionUtils.invokeMethod(question, console)));
	}

	/** Show that so many steps of all are done. */
	void show(int done, int all) {
		int steps = this.terminal ? WIDTH : STEPS_WITHOUT_TERMINAL;
		int step = (int) ((long) steps * done / all);
		if (step == this.shown) {
			return;
		}
		this.shown = step;
		int filled = WIDTH * step / steps;
		String bar = String.format(Locale.ROOT, "%-10s [%s%s] %,d of %,d", this.label, "#".repeat(filled),
				"-".repeat(WIDTH - filled), done, all);
		if (this.terminal) {
			this.out.print("\r" + bar + ((done == all) ? "\n" : ""));
		}
		else {
			this.out.println(bar);
		}
		this.out.flush();
	}

}
