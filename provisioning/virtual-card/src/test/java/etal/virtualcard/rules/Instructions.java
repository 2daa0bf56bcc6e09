package etal.virtualcard.rules;

import java.util.Set;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** Each instruction of a method: those that a card has not are broken rules, the others are told on. */
abstract class Instructions extends MethodVisitor {
    private static final Set<Integer> ON_CARDS = Set.of(
            Opcodes.ACONST_NULL,
            Opcodes.ICONST_M1,
            Opcodes.ICONST_0,
            Opcodes.ICONST_1,
            Opcodes.ICONST_2,
            Opcodes.ICONST_3,
            Opcodes.ICONST_4,
            Opcodes.ICONST_5,
            Opcodes.BALOAD,
            Opcodes.SALOAD,
            Opcodes.AALOAD,
            Opcodes.BASTORE,
            Opcodes.SASTORE,
            Opcodes.AASTORE,
            Opcodes.POP,
            Opcodes.POP2,
            Opcodes.DUP,
            Opcodes.DUP_X1,
            Opcodes.DUP_X2,
            Opcodes.DUP2,
            Opcodes.DUP2_X1,
            Opcodes.IADD,
            Opcodes.ISUB,
            Opcodes.IMUL,
            Opcodes.IDIV,
            Opcodes.IREM,
            Opcodes.INEG,
            Opcodes.ISHL,
            Opcodes.ISHR,
            Opcodes.IAND,
            Opcodes.IOR,
            Opcodes.IXOR,
            Opcodes.I2B,
            Opcodes.I2S,
            Opcodes.ARRAYLENGTH,
            Opcodes.ATHROW,
            Opcodes.IRETURN,
            Opcodes.ARETURN,
            Opcodes.RETURN);

    private static final Set<Integer> VARIABLES = Set.of(Opcodes.ILOAD, Opcodes.ALOAD, Opcodes.ISTORE, Opcodes.ASTORE);

    private final Consumer<String> broken;

    Instructions(Consumer<String> broken) {
        super(Opcodes.ASM9);
        this.broken = broken;
    }

    abstract void allocates();

    abstract void names(String type);

    abstract void calls(String owner, String method, String descriptor);

    abstract void field(String owner, String descriptor);

    private void check(boolean holds, String what) {
        if (!holds) {
            broken.accept(what);
        }
    }

    @Override
    public void visitInsn(int opcode) {
        check(ON_CARDS.contains(opcode), "instruction: " + opcode);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        check(VARIABLES.contains(opcode), "instruction: " + opcode);
        check(variable < 256, "instruction: too many variables");
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            allocates();
            check(
                    operand == Opcodes.T_BYTE || operand == Opcodes.T_SHORT || operand == Opcodes.T_BOOLEAN,
                    "types: array of kind " + operand);
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        names(type);
        check(opcode != Opcodes.INSTANCEOF, "instruction: instanceof");
        if (opcode == Opcodes.NEW || opcode == Opcodes.ANEWARRAY) {
            allocates();
        }
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String field, String descriptor) {
        field(owner, descriptor);
        check(opcode != Opcodes.PUTSTATIC, "static: " + field + " is written");
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean onInterface) {
        calls(owner, method, descriptor);
    }

    @Override
    public void visitLdcInsn(Object value) {
        check(false, "constant: " + value.getClass().getSimpleName() + " " + value);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        check(false, "types: " + descriptor);
    }

    @Override
    public void visitInvokeDynamicInsn(String method, String descriptor, Handle bootstrap, Object... arguments) {
        check(false, "instruction: invokedynamic " + method);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        // None but the one that chips throw over a signature; a finally would catch anything.
        check("javacard/security/CryptoException".equals(type), "exception: " + type + " is caught");
    }
}
