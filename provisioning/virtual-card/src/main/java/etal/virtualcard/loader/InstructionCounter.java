package etal.virtualcard.loader;

import org.objectweb.asm.Handle;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/**
 * Has a method say how many of its instructions it executes: once for each stretch without a jump in or out. The cast
 * {@code i2s} is left out. What a call that throws has before it in its stretch is not counted.
 */
final class InstructionCounter extends MethodVisitor {
    private static final String COUNTED = "etal/virtualcard/silicon/Counted";

    private int pending;

    InstructionCounter(MethodVisitor next) {
        super(Opcodes.ASM9, next);
    }

    private void tell() {
        if (pending == 0) {
            return;
        }
        int count = pending;
        pending = 0;
        if (count <= Byte.MAX_VALUE) {
            super.visitIntInsn(Opcodes.BIPUSH, count);
        } else {
            super.visitIntInsn(Opcodes.SIPUSH, count);
        }
        super.visitMethodInsn(Opcodes.INVOKESTATIC, COUNTED, "executed", "(I)V", false);
    }

    @Override
    public void visitInsn(int opcode) {
        if (opcode != Opcodes.I2S) {
            pending++;
        }
        if (opcode >= Opcodes.IRETURN && opcode <= Opcodes.RETURN || opcode == Opcodes.ATHROW) {
            tell();
        }
        super.visitInsn(opcode);
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        pending++;
        tell();
        super.visitJumpInsn(opcode, label);
    }

    @Override
    public void visitTableSwitchInsn(int min, int max, Label otherwise, Label... labels) {
        pending++;
        tell();
        super.visitTableSwitchInsn(min, max, otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        pending++;
        tell();
        super.visitLookupSwitchInsn(otherwise, keys, labels);
    }

    @Override
    public void visitLabel(Label label) {
        tell();
        super.visitLabel(label);
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        pending++;
        super.visitIntInsn(opcode, operand);
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        pending++;
        super.visitVarInsn(opcode, variable);
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        pending++;
        super.visitTypeInsn(opcode, type);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        pending++;
        super.visitFieldInsn(opcode, owner, name, descriptor);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
        pending++;
        super.visitMethodInsn(opcode, owner, name, descriptor, onInterface);
    }

    @Override
    public void visitInvokeDynamicInsn(String name, String descriptor, Handle bootstrap, Object... arguments) {
        throw new IllegalStateException("cards have no invokedynamic: " + name);
    }

    @Override
    public void visitLdcInsn(Object value) {
        pending++;
        super.visitLdcInsn(value);
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        pending++;
        super.visitIincInsn(variable, increment);
    }

    @Override
    public void visitMultiANewArrayInsn(String descriptor, int dimensions) {
        throw new IllegalStateException("cards have no arrays of arrays");
    }
}
