package etal.virtualcard;

import static org.junit.jupiter.api.Assertions.assertEquals;
import static org.junit.jupiter.api.Assertions.assertFalse;

import etal.applet.FoodCard;
import java.io.IOException;
import java.io.InputStream;
import java.net.URISyntaxException;
import java.nio.file.FileSystem;
import java.nio.file.FileSystems;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.stream.Stream;
import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.Handle;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * The applet keeps to what a card's converter takes, though no converter can be had from a public repository: no
 * {@code int}, {@code long}, {@code char} or floating point, no strings, no lambdas, no class but its own, the card's API
 * and {@code Object}. What results of arithmetic are narrowed to is left to the converter.
 */
class AppletRulesTest {
    private static final Set<String> PLAIN = Set.of("java/lang/Object", "[B", "[S");
    private static final Set<Integer> NOT_ON_CARDS = Set.of(
            Opcodes.IALOAD,
            Opcodes.LALOAD,
            Opcodes.FALOAD,
            Opcodes.DALOAD,
            Opcodes.CALOAD,
            Opcodes.I2L,
            Opcodes.I2F,
            Opcodes.I2D,
            Opcodes.I2C,
            Opcodes.LADD,
            Opcodes.LSUB,
            Opcodes.LMUL,
            Opcodes.MONITORENTER);

    @Test
    void the_applet_keeps_to_the_java_card_rules() throws Exception {
        List<String> broken = new ArrayList<>();
        int classes = 0;
        for (byte[] bytes : classFiles()) {
            ClassReader reader = new ClassReader(bytes);
            reader.accept(new Rules(reader.getClassName(), broken), ClassReader.SKIP_FRAMES);
            classes++;
        }
        assertEquals(List.of(), broken);
        assertFalse(classes < 10, "the classes of the applet were not found");
    }

    @Test
    void the_rules_notice_a_class_of_ours() throws Exception {
        List<String> broken = new ArrayList<>();
        try (InputStream in = AppletRulesTest.class.getResourceAsStream("VirtualCard.class")) {
            if (in == null) {
                throw new AssertionError("no class file");
            }
            new ClassReader(in.readAllBytes()).accept(new Rules("VirtualCard", broken), ClassReader.SKIP_FRAMES);
        }
        assertFalse(broken.isEmpty());
    }

    private static List<byte[]> classFiles() throws IOException, URISyntaxException {
        Path place = Path.of(FoodCard.class
                .getProtectionDomain()
                .getCodeSource()
                .getLocation()
                .toURI());
        if (Files.isDirectory(place)) {
            return classFiles(place);
        }
        try (FileSystem jar = FileSystems.newFileSystem(place)) {
            return classFiles(jar.getPath("/"));
        }
    }

    private static List<byte[]> classFiles(Path root) throws IOException {
        List<byte[]> files = new ArrayList<>();
        try (Stream<Path> all = Files.list(root.resolve("etal/applet"))) {
            for (Path file : all.sorted().toList()) {
                files.add(Files.readAllBytes(file));
            }
        }
        return files;
    }

    private static final class Rules extends ClassVisitor {
        private final String name;
        private final List<String> broken;

        Rules(String name, List<String> broken) {
            super(Opcodes.ASM9);
            this.name = name;
            this.broken = broken;
        }

        private void check(boolean holds, String what) {
            if (!holds) {
                broken.add(name + ": " + what);
            }
        }

        private void checkDescriptor(String descriptor) {
            String primitives = descriptor.replaceAll("L[^;]*;", "");
            check(!primitives.matches(".*[IJFDC].*"), descriptor);
        }

        private void checkOwner(String owner) {
            boolean known = PLAIN.contains(owner)
                    || owner.startsWith("etal/applet/")
                    || owner.startsWith("[Letal/applet/")
                    || owner.startsWith("javacard");
            check(known, owner);
        }

        @Override
        public @Nullable FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            checkDescriptor(descriptor);
            return null;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            checkDescriptor(descriptor);
            return new Body();
        }

        private final class Body extends MethodVisitor {
            Body() {
                super(Opcodes.ASM9);
            }

            @Override
            public void visitMethodInsn(
                    int opcode, String owner, String method, String descriptor, boolean onInterface) {
                checkOwner(owner);
                checkDescriptor(descriptor);
            }

            @Override
            public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
                checkOwner(owner);
                checkDescriptor(descriptor);
            }

            @Override
            public void visitTypeInsn(int opcode, String type) {
                checkOwner(type);
            }

            @Override
            public void visitIntInsn(int opcode, int operand) {
                boolean array = opcode == Opcodes.NEWARRAY;
                check(!array || operand == Opcodes.T_BYTE || operand == Opcodes.T_SHORT, "array of " + operand);
            }

            @Override
            public void visitInsn(int opcode) {
                check(!NOT_ON_CARDS.contains(opcode), "instruction " + opcode);
            }

            @Override
            public void visitLdcInsn(Object value) {
                check(false, "constant " + value);
            }

            @Override
            public void visitInvokeDynamicInsn(
                    String method, String descriptor, Handle bootstrap, Object... arguments) {
                check(false, "lambda " + method);
            }
        }
    }
}
