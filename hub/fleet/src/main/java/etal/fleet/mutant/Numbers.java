package etal.fleet.mutant;

import etal.fleet.mutant.Change.Value;
import java.util.List;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.IntInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;

/** Bytecode by name and number: the jumps, what an instruction puts on the stack, and what puts a value there. */
final class Numbers {
    private static final List<String> NAMES = List.of(
            "IFEQ",
            "IFNE",
            "IFLT",
            "IFGE",
            "IFGT",
            "IFLE",
            "IF_ICMPEQ",
            "IF_ICMPNE",
            "IF_ICMPLT",
            "IF_ICMPGE",
            "IF_ICMPGT",
            "IF_ICMPLE",
            "IF_ACMPEQ",
            "IF_ACMPNE");

    private Numbers() {}

    /** The instruction of that name. */
    static int jump(String name) {
        return switch (name) {
            case "IFNULL" -> Opcodes.IFNULL;
            case "IFNONNULL" -> Opcodes.IFNONNULL;
            default -> Opcodes.IFEQ + NAMES.indexOf(name);
        };
    }

    /** The whole number that an instruction puts on the stack, null if it does something else. */
    static @Nullable Long of(AbstractInsnNode node) {
        int code = node.getOpcode();
        if (code >= Opcodes.ICONST_M1 && code <= Opcodes.ICONST_5) {
            return (long) code - Opcodes.ICONST_0;
        }
        if (code == Opcodes.LCONST_0 || code == Opcodes.LCONST_1) {
            return (long) code - Opcodes.LCONST_0;
        }
        if (node instanceof IntInsnNode small && code != Opcodes.NEWARRAY) {
            return (long) small.operand;
        }
        if (node instanceof LdcInsnNode ldc && (ldc.cst instanceof Integer || ldc.cst instanceof Long)) {
            return ((Number) ldc.cst).longValue();
        }
        return null;
    }

    static boolean isLong(AbstractInsnNode node) {
        return node.getOpcode() == Opcodes.LCONST_0
                || node.getOpcode() == Opcodes.LCONST_1
                || node instanceof LdcInsnNode ldc && ldc.cst instanceof Long;
    }

    /** Puts a value of that type on the stack. */
    static InsnList push(Value value, Type type) {
        var list = new InsnList();
        boolean reference = type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY;
        if (value instanceof Value.Empty) {
            String owner = type.getInternalName();
            String method = owner.equals("java/util/List") ? "of" : "empty";
            list.add(new MethodInsnNode(
                    Opcodes.INVOKESTATIC, owner, method, "()" + type.getDescriptor(), method.equals("of")));
        } else if (reference) {
            list.add(new InsnNode(Opcodes.ACONST_NULL));
        } else {
            long number = value instanceof Value.Number(long given) ? given : 0;
            list.add(type.getSort() == Type.LONG ? new LdcInsnNode(number) : new LdcInsnNode((int) number));
        }
        return list;
    }
}
