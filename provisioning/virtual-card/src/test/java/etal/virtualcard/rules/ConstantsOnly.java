package etal.virtualcard.rules;

import java.util.List;
import java.util.Set;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;

/** A class initializer: the converter runs none, it only takes arrays of constants out of it. */
final class ConstantsOnly extends MethodVisitor {
    private static final Set<Integer> FILLING = Set.of(
            Opcodes.ICONST_M1,
            Opcodes.ICONST_0,
            Opcodes.ICONST_1,
            Opcodes.ICONST_2,
            Opcodes.ICONST_3,
            Opcodes.ICONST_4,
            Opcodes.ICONST_5,
            Opcodes.DUP,
            Opcodes.BASTORE,
            Opcodes.SASTORE,
            Opcodes.RETURN);

    private final String name;
    private final List<String> broken;

    ConstantsOnly(String name, List<String> broken) {
        super(Opcodes.ASM9);
        this.name = name;
        this.broken = broken;
    }

    private void isNoConstant(String what) {
        broken.add("static: " + what + " at class initialization in " + name);
    }

    @Override
    public void visitInsn(int opcode) {
        if (!FILLING.contains(opcode)) {
            isNoConstant("instruction " + opcode);
        }
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        isNoConstant(type);
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String method, String descriptor, boolean onInterface) {
        isNoConstant("call of " + method);
    }

    @Override
    public void visitLdcInsn(Object value) {
        isNoConstant("constant " + value);
    }
}
