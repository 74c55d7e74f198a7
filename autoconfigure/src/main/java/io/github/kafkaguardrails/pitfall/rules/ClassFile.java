package io.github.kafkaguardrails.pitfall.rules;

import java.io.BufferedInputStream;
import java.io.DataInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/**
 * The texts and the classes that a class mentions. They are read from the class file, so
 * that the class is neither loaded nor initialized: what it may do then is not ours to
 * start.
 *
 * @param texts every string constant, those of fields included
 * @param parents names of its superclass and interfaces
 * @param classes names of all classes that it refers to
 */
record ClassFile(Set<String> texts, Set<String> parents, Set<String> classes) {

	private static final int MAGIC = 0xCAFEBABE;

	/**
	 * Read a class file.
	 * @param className binary name of the class
	 * @param classLoader class loader that sees it
	 * @return empty when there is no such file or it cannot be read
	 */
	static Optional<ClassFile> read(String className, ClassLoader classLoader) {
		try (InputStream file = classLoader.getResourceAsStream(className.replace('.', '/') + ".class")) {
			return (file != null) ? Optional.of(read(new DataInputStream(new BufferedInputStream(file))))
					: Optional.empty();
		}
		catch (IOException ex) {
			return Optional.empty();
		}
	}

	private static ClassFile read(DataInputStream input) throws IOException {
		if (input.readInt() != MAGIC) {
			throw new IOException("No class file");
		}
		input.readInt(); // version
		int size = input.readUnsignedShort();
		Map<Integer, String> utf8 = new HashMap<>();
		Set<Integer> texts = new HashSet<>();
		Map<Integer, Integer> classes = new HashMap<>();
		for (int i = 1; i < size; i++) {
			int tag = input.readUnsignedByte();
			switch (tag) {
				case 1 -> utf8.put(i, input.readUTF());
				case 7 -> classes.put(i, input.readUnsignedShort());
				case 8 -> texts.add(input.readUnsignedShort());
				case 5, 6 -> {
					input.readLong();
					i++; // longs and doubles take two places
				}
				case 3, 4, 9, 10, 11, 12, 17, 18 -> input.readInt();
				case 15 -> input.skipNBytes(3);
				case 16, 19, 20 -> input.readUnsignedShort();
				default -> throw new IOException("Unknown constant " + tag);
			}
		}
		input.readInt(); // access flags and the class itself
		Set<Integer> parents = new HashSet<>(Set.of(input.readUnsignedShort()));
		int interfaces = input.readUnsignedShort();
		for (int i = 0; i < interfaces; i++) {
			parents.add(input.readUnsignedShort());
		}
		return new ClassFile(look(utf8, texts), names(utf8, classes, parents), names(utf8, classes, classes.keySet()));
	}

	private static Set<String> names(Map<Integer, String> utf8, Map<Integer, Integer> classes, Set<Integer> indexes) {
		return look(utf8, indexes.stream().map((index) -> classes.getOrDefault(index, 0)).collect(Collectors.toSet()))
			.stream()
			.map((name) -> name.replace('/', '.'))
			.collect(Collectors.toSet());
	}

	private static Set<String> look(Map<Integer, String> utf8, Set<Integer> indexes) {
		return indexes.stream().map((index) -> utf8.getOrDefault(index, "")).collect(Collectors.toSet());
	}

}
