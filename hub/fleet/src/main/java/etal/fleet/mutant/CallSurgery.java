package etal.fleet.mutant;

import etal.fleet.mutant.Change.Value;
import java.util.Arrays;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Predicate;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/** Changes one call of a method. For one use. */
final class CallSurgery {
    private final MethodNode method;

    CallSurgery(MethodNode method) {
        this.method = method;
    }

    /** Changes that call, if it is here. */
    boolean at(Mutant mutant, String call, Consumer<MethodInsnNode> change) {
        AbstractInsnNode found = Surgery.only(mutant, method, call, node -> isCall(node, Surgery.bare(call)));
        if (!(found instanceof MethodInsnNode node)) {
            return false;
        }
        change.accept(node);
        return true;
    }

    private static boolean isCall(AbstractInsnNode node, String call) {
        if (!(node instanceof MethodInsnNode each)) {
            return false;
        }
        String owner = each.owner.substring(Math.max(each.owner.lastIndexOf('/'), each.owner.lastIndexOf('$')) + 1);
        return call.equals(each.name) || call.equals(owner + "." + each.name);
    }

    private static boolean onObject(MethodInsnNode call) {
        return call.getOpcode() != Opcodes.INVOKESTATIC;
    }

    /** Instead of the call: its arguments are kept in locals of their own, from {@code base} on. */
    private InsnList stored(MethodInsnNode call, int base) {
        var list = new InsnList();
        Type[] types = Type.getArgumentTypes(call.desc);
        for (int at = types.length - 1; at >= 0; at--) {
            list.add(new VarInsnNode(types[at].getOpcode(Opcodes.ISTORE), base + 1 + offset(types, at)));
        }
        if (onObject(call)) {
            list.add(new VarInsnNode(Opcodes.ASTORE, base));
        }
        return list;
    }

    private static int offset(Type[] types, int at) {
        int offset = 0;
        for (int each = 0; each < at; each++) {
            offset += types[each].getSize();
        }
        return offset;
    }

    private static VarInsnNode load(Type[] types, int at, int base) {
        return new VarInsnNode(types[at].getOpcode(Opcodes.ILOAD), base + 1 + offset(types, at));
    }

    /** The call is not made. */
    void answer(MethodInsnNode call, Value value) {
        int base = method.maxLocals;
        Type[] types = Type.getArgumentTypes(call.desc);
        Type answer = Type.getReturnType(call.desc);
        InsnList list = Surgery.reached();
        list.add(stored(call, base));
        if (answer.getSort() != Type.VOID) {
            switch (value) {
                case Value.Receiver receiver -> list.add(new VarInsnNode(Opcodes.ALOAD, base));
                case Value.Argument(int index) -> list.add(load(types, index, base));
                default -> list.add(Numbers.push(value, answer));
            }
        }
        list.add(new InsnNode(Opcodes.NOP));
        method.instructions.insert(call, list);
        method.instructions.remove(call);
    }

    /** The call's answer is so much more. */
    void plus(MethodInsnNode call, long more) {
        boolean wide = Type.getReturnType(call.desc).getSort() == Type.LONG;
        InsnList list = Surgery.reached();
        list.add(wide ? new LdcInsnNode(more) : new LdcInsnNode((int) more));
        list.add(new InsnNode(wide ? Opcodes.LADD : Opcodes.IADD));
        method.instructions.insert(call, list);
    }

    /** The call's answer is the other way round. */
    void reversed(MethodInsnNode call) {
        InsnList list = Surgery.reached();
        list.add(new MethodInsnNode(Opcodes.INVOKEINTERFACE, "java/util/List", "reversed", "()Ljava/util/List;", true));
        method.instructions.insert(call, list);
    }

    /** Its answer goes to the next one at once, as well as where it went. */
    void then(MethodInsnNode call, ClassNode owner, Mutant mutant, String next) {
        MethodInsnNode to = first(owner, node -> node instanceof MethodInsnNode && isCall(node, next))
                .map(MethodInsnNode.class::cast)
                .orElseThrow(() -> new NotWoven(mutant, "the class never calls " + next));
        InsnList list = Surgery.reached();
        list.add(new InsnNode(Opcodes.DUP));
        list.add(new VarInsnNode(Opcodes.ALOAD, 0));
        if (!to.owner.equals(owner.name)) {
            String type = "L" + to.owner + ";";
            FieldInsnNode field = first(owner, node -> node instanceof FieldInsnNode get && get.desc.equals(type))
                    .map(FieldInsnNode.class::cast)
                    .orElseThrow(() -> new NotWoven(mutant, "the class has nothing to call " + next + " of"));
            list.add(new FieldInsnNode(Opcodes.GETFIELD, field.owner, field.name, field.desc));
        }
        list.add(new InsnNode(Opcodes.SWAP));
        list.add(new MethodInsnNode(to.getOpcode(), to.owner, to.name, to.desc, to.itf));
        switch (Type.getReturnType(to.desc).getSize()) {
            case 1 -> list.add(new InsnNode(Opcodes.POP));
            case 2 -> list.add(new InsnNode(Opcodes.POP2));
            default -> {}
        }
        method.instructions.insert(call, list);
    }

    private static Optional<AbstractInsnNode> first(ClassNode owner, Predicate<AbstractInsnNode> fits) {
        return owner.methods.stream()
                .flatMap(each -> Arrays.stream(each.instructions.toArray()))
                .filter(fits)
                .findFirst();
    }

    /** The call has another argument. */
    void argument(MethodInsnNode call, int index, Value value) {
        int base = method.maxLocals;
        Type[] types = Type.getArgumentTypes(call.desc);
        var list = new InsnList();
        for (int at = 0; at < types.length; at++) {
            boolean other = value instanceof Value.Argument;
            if (at != index) {
                list.add(load(types, at, base));
            } else if (other) {
                list.add(load(types, ((Value.Argument) value).index(), base));
            } else {
                list.add(Numbers.push(value, types[at]));
            }
        }
        before(call, base, list);
    }

    /** Two arguments change places. */
    void swapped(MethodInsnNode call, int first, int second) {
        int base = method.maxLocals;
        Type[] types = Type.getArgumentTypes(call.desc);
        var list = new InsnList();
        for (int at = 0; at < types.length; at++) {
            list.add(load(types, at == first ? second : at == second ? first : at, base));
        }
        before(call, base, list);
    }

    private void before(MethodInsnNode call, int base, InsnList arguments) {
        InsnList list = Surgery.reached();
        list.add(stored(call, base));
        if (onObject(call)) {
            list.add(new VarInsnNode(Opcodes.ALOAD, base));
        }
        list.add(arguments);
        method.instructions.insertBefore(call, list);
    }
}
