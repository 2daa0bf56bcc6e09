package etal.virtualcard.loader;

import java.util.Map;
import java.util.Set;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Weaves an applet so that every write to memory passes through {@link etal.virtualcard.silicon.Writes} or
 * {@link etal.virtualcard.silicon.Keys}. Total by construction: a call into the Java Card API that takes an array and is
 * neither rewritten nor known to read only stops the weaving.
 */
final class AppletWeaver {
    private static final String WRITES = "etal/virtualcard/silicon/Writes";
    private static final String KEYS = "etal/virtualcard/silicon/Keys";
    private static final String COUNTED = "etal/virtualcard/silicon/Counted";

    /** Static calls that only change their owner. */
    private static final Set<String> STATIC_WRITES = Set.of(
            "javacard/framework/Util.arrayCopy([BS[BSS)S",
            "javacard/framework/Util.arrayCopyNonAtomic([BS[BSS)S",
            "javacard/framework/Util.arrayFillNonAtomic([BSSB)S",
            "javacard/framework/Util.setShort([BSS)S",
            "javacard/framework/JCSystem.makeTransientByteArray(SB)[B",
            "javacard/framework/JCSystem.beginTransaction()V",
            "javacard/framework/JCSystem.commitTransaction()V",
            "javacard/framework/JCSystem.abortTransaction()V");

    /** Calls on an object that become static ones with the object in front. */
    private static final Set<String> KEY_WRITES = Set.of(
            "javacard/security/AESKey.setKey([BS)V",
            "javacard/security/ECPublicKey.setW([BSS)V",
            "javacard/security/ECPrivateKey.setS([BSS)V",
            "javacard/security/ECKey.setFieldFP([BSS)V",
            "javacard/security/ECKey.setA([BSS)V",
            "javacard/security/ECKey.setB([BSS)V",
            "javacard/security/ECKey.setG([BSS)V",
            "javacard/security/ECKey.setR([BSS)V",
            "javacard/security/ECKey.setK(S)V",
            "javacard/security/Key.clearKey()V",
            "javacard/security/KeyPair.genKeyPair()V",
            "javacard/security/ECPublicKey.getW([BS)S",
            "javacard/security/MessageDigest.doFinal([BSS[BS)S",
            "javacardx/crypto/Cipher.doFinal([BSS[BS)S",
            "javacard/security/Signature.sign([BSS[BS)S",
            "javacard/security/KeyAgreement.generateSecret([BSS[BS)S",
            "javacard/security/RandomData.generateData([BSS)V");

    /** Calls that write to no array of the applet's, and are counted: {@link Tally}. */
    private static final Set<String> COUNTED_READS = Set.of(
            "javacard/security/MessageDigest.update([BSS)V",
            "javacard/security/Signature.init(Ljavacard/security/Key;B)V",
            "javacard/security/Signature.update([BSS)V",
            "javacard/security/Signature.verify([BSS[BSS)Z",
            "javacard/security/KeyAgreement.init(Ljavacard/security/PrivateKey;)V",
            "javacardx/crypto/Cipher.init(Ljavacard/security/Key;B)V",
            "javacardx/crypto/Cipher.init(Ljavacard/security/Key;B[BSS)V");

    private static final Set<String> COUNTED_STATIC_READS =
            Set.of("javacard/framework/Util.arrayCompare([BS[BSS)B", "javacard/framework/Util.getShort([BS)S");

    /** Calls with arrays that read them only. */
    private static final Set<String> READS = Set.of("javacard/framework/APDU.sendBytesLong([BSS)V");

    private static final Map<Integer, String> STORES = Map.of(
            Opcodes.BASTORE, "storeByte(Ljava/lang/Object;II)V",
            Opcodes.SASTORE, "storeShort([SII)V",
            Opcodes.AASTORE, "storeReference([Ljava/lang/Object;ILjava/lang/Object;)V");

    private static final Set<Integer> STORES_NOT_ON_CARDS =
            Set.of(Opcodes.IASTORE, Opcodes.LASTORE, Opcodes.FASTORE, Opcodes.DASTORE, Opcodes.CASTORE);

    private AppletWeaver() {}

    /** @param transactions false for a control: begin, commit and abort are left out, and no copy is whole, as if the card had none */
    static byte[] weave(byte[] original, boolean transactions) {
        ClassReader reader = new ClassReader(original);
        ClassWriter writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        reader.accept(
                new ClassVisitor(Opcodes.ASM9, writer) {
                    @Override
                    public MethodVisitor visitMethod(
                            int access, String name, String descriptor, String signature, String[] exceptions) {
                        MethodVisitor next = super.visitMethod(access, name, descriptor, signature, exceptions);
                        // A class initializer only lays out constants, which belong to the code and not to a card.
                        return name.equals("<clinit>")
                                ? next
                                : new InstructionCounter(new Body(next, name.equals("<init>"), transactions));
                    }
                },
                0);
        return writer.toByteArray();
    }

    private static final class Body extends MethodVisitor {
        private final boolean inConstructor;
        private final boolean transactions;

        Body(MethodVisitor next, boolean inConstructor, boolean transactions) {
            super(Opcodes.ASM9, next);
            this.inConstructor = inConstructor;
            this.transactions = transactions;
        }

        private void call(String owner, String nameAndDescriptor) {
            int split = nameAndDescriptor.indexOf('(');
            super.visitMethodInsn(
                    Opcodes.INVOKESTATIC,
                    owner,
                    nameAndDescriptor.substring(0, split),
                    nameAndDescriptor.substring(split),
                    false);
        }

        @Override
        public void visitInsn(int opcode) {
            if (STORES_NOT_ON_CARDS.contains(opcode)) {
                throw new IllegalStateException("the applet stores a type that cards do not have");
            }
            String store = STORES.get(opcode);
            if (store == null) {
                super.visitInsn(opcode);
            } else {
                call(WRITES, store);
            }
        }

        @Override
        public void visitIntInsn(int opcode, int operand) {
            super.visitIntInsn(opcode, operand);
            if (opcode == Opcodes.NEWARRAY) {
                super.visitInsn(Opcodes.DUP);
                call(WRITES, "allocated(Ljava/lang/Object;)V");
            }
        }

        @Override
        public void visitTypeInsn(int opcode, String type) {
            if (opcode == Opcodes.NEW) {
                call(WRITES, "allocated()V");
            }
            super.visitTypeInsn(opcode, type);
            if (opcode == Opcodes.ANEWARRAY) {
                super.visitInsn(Opcodes.DUP);
                call(WRITES, "allocated(Ljava/lang/Object;)V");
            }
        }

        @Override
        public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
            if (opcode == Opcodes.PUTSTATIC) {
                throw new IllegalStateException("the applet writes the static field " + name);
            }
            // Installation is one transaction of the card's own, so constructors need no journal.
            if (opcode == Opcodes.PUTFIELD && !inConstructor) {
                super.visitInsn(Opcodes.DUP2);
                super.visitInsn(Opcodes.POP);
                super.visitLdcInsn(name);
                call(WRITES, "beforeField(Ljava/lang/Object;Ljava/lang/String;)V");
            }
            super.visitFieldInsn(opcode, owner, name, descriptor);
        }

        @Override
        public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
            String call = owner + "." + name + descriptor;
            if (!transactions && call.startsWith("javacard/framework/JCSystem.") && name.endsWith("Transaction")) {
                // Nothing on the stack, nothing left there: the call is simply not made.
                return;
            }
            if (!transactions && call.equals("javacard/framework/Util.arrayCopy([BS[BSS)S")) {
                call(WRITES, "arrayCopyNonAtomic" + descriptor);
                return;
            }
            if (STATIC_WRITES.contains(call)) {
                call(WRITES, name + descriptor);
            } else if (KEY_WRITES.contains(call)) {
                call(KEYS, name + "(L" + owner + ";" + descriptor.substring(1));
            } else if (COUNTED_READS.contains(call)) {
                call(COUNTED, name + "(L" + owner + ";" + descriptor.substring(1));
            } else if (COUNTED_STATIC_READS.contains(call)) {
                call(COUNTED, name + descriptor);
            } else if (owner.startsWith("javacard") && descriptor.contains("[") && !READS.contains(call)) {
                if (!call.equals("javacard/framework/APDU.getBuffer()[B")) {
                    throw new IllegalStateException("no model of what " + call + " does to memory");
                }
                super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
                super.visitInsn(Opcodes.DUP);
                call(WRITES, "buffer(Ljava/lang/Object;)V");
            } else {
                super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
            }
        }
    }
}
