package etal.virtualcard.loader;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.commons.ClassRemapper;
import org.objectweb.asm.commons.SimpleRemapper;

/**
 * Rewrites the simulator's own classes: randomness comes from the card that executes, nothing is printed, copies of
 * keys are not kept for ever, a curve is built once, and points are multiplied quickly.
 */
final class SimulatorRewriter {
    private static final String SILICON = "etal/virtualcard/silicon/";
    private static final String SIMULATOR = "com/licel/jcardsim/crypto/";
    private static final String LIBRARY = "com/licel/jcardsim/bouncycastle/";
    private static final String POINT = LIBRARY + "math/ec/ECPoint";
    private static final String POINTS = "(L" + POINT + ";Ljava/math/BigInteger;";
    /** Multiplications of points in the simulator's copy of its library, as owner, name and descriptor. */
    private static final Set<String> MULTIPLICATIONS = Set.of(
            POINT + ".multiply(Ljava/math/BigInteger;)L" + POINT + ";",
            LIBRARY + "math/ec/ECMultiplier.multiply" + POINTS + ")L" + POINT + ";",
            LIBRARY + "math/ec/ECAlgorithms.sumOfTwoMultiplies" + POINTS + POINTS.substring(1) + ")L" + POINT + ";");

    private static final String SECURE_RANDOM = "java/security/SecureRandom";
    private static final Map<String, String> REPLACED = Map.of(
            SIMULATOR + "SecureRandomNullProvider", SILICON + "CardRandom",
            SIMULATOR + "RandomDataImpl", SILICON + "CardRandomData");

    private SimulatorRewriter() {}

    static byte[] rewrite(byte[] original) {
        ClassReader reader = new ClassReader(original);
        if (REPLACED.containsKey(reader.getClassName())) {
            throw new IllegalStateException(reader.getClassName() + " is replaced and must not be loaded");
        }
        ClassWriter writer = new ClassWriter(0);
        boolean isRandom = SECURE_RANDOM.equals(reader.getSuperName());
        ClassVisitor calls = new Calls(writer, reader.getClassName(), isRandom);
        reader.accept(new ClassRemapper(calls, new SimpleRemapper(Opcodes.ASM9, REPLACED)), 0);
        return writer.toByteArray();
    }

    private static final class Calls extends ClassVisitor {
        private final String className;
        private final boolean isRandom;

        Calls(ClassVisitor next, String className, boolean isRandom) {
            super(Opcodes.ASM9, next);
            this.className = className;
            this.isRandom = isRandom;
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String name, String descriptor, String signature, String[] exceptions) {
            MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
            boolean reckons = className.startsWith(LIBRARY + "crypto/");
            boolean copiesKey = className.equals(SIMULATOR + "ByteContainer") && name.equals("getBytes");
            return new Body(next, isRandom, copiesKey, reckons);
        }
    }

    private static final class Body extends MethodVisitor {
        private final boolean isRandom;
        private final boolean copiesKey;
        private final boolean reckons;

        Body(MethodVisitor next, boolean isRandom, boolean copiesKey, boolean reckons) {
            super(Opcodes.ASM9, next);
            this.isRandom = isRandom;
            this.copiesKey = copiesKey;
            this.reckons = reckons;
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            boolean newRandom = opcode == Opcodes.NEW && type.equals(SECURE_RANDOM);
            super.visitTypeInsn(opcode, newRandom ? SILICON + "CardRandom" : type);
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (owner.equals("java/lang/System") && descriptor.equals("Ljava/io/PrintStream;")) {
                super.visitFieldInsn(opcode, SILICON + "Silence", "OUT", descriptor);
            } else {
                super.visitFieldInsn(opcode, owner, name, descriptor);
            }
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            if (name.equals("printStackTrace") && descriptor.equals("()V")) {
                super.visitMethodInsn(
                        Opcodes.INVOKESTATIC, SILICON + "Silence", "drop", "(Ljava/lang/Throwable;)V", false);
            } else if (copiesKey && name.equals("makeTransientByteArray")) {
                super.visitMethodInsn(opcode, SILICON + "Silence", "passingCopy", descriptor, false);
            } else if (name.equals("getDomainParameters") && owner.startsWith(SIMULATOR + "EC")) {
                String onKey = "(L" + SIMULATOR + "ECKeyImpl;" + descriptor.substring(1);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, SILICON + "Curves", "domain", onKey, false);
            } else if (reckons && MULTIPLICATIONS.contains(owner + "." + name + descriptor)) {
                String receiver = opcode == Opcodes.INVOKESTATIC ? "" : "L" + owner + ";";
                String whole = "(" + receiver + descriptor.substring(1);
                super.visitMethodInsn(Opcodes.INVOKESTATIC, SILICON + "FastCurve", name, whole, false);
            } else if (isUnseeded(opcode, owner, name)) {
                if (!descriptor.equals("()V")) {
                    throw new IllegalStateException("the simulator seeds a generator of its own");
                }
                super.visitMethodInsn(opcode, SILICON + "CardRandom", name, descriptor, false);
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
            }
        }

        /** The constructor of a new SecureRandom, and not a subclass calling its superclass's. */
        private boolean isUnseeded(int opcode, String owner, String name) {
            return !isRandom && opcode == Opcodes.INVOKESPECIAL && owner.equals(SECURE_RANDOM) && name.equals("<init>");
        }
    }
}
