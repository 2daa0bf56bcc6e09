package etal.fleet.mutant;

import etal.fleet.mutant.Change.Value;
import java.util.ArrayList;
import java.util.List;
import java.util.function.Predicate;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.AbstractInsnNode;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FieldInsnNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;

/** Changes one method at one place. For one use. */
final class Surgery {
    private final ClassNode owner;
    private final MethodNode method;
    private final CallSurgery calls;

    Surgery(ClassNode owner, MethodNode method) {
        this.owner = owner;
        this.method = method;
        this.calls = new CallSurgery(method);
    }

    /**
     * Makes the change where it fits; false when there is no such place here.
     *
     * @throws NotWoven when there are several, or when it would change nothing
     */
    boolean change(Mutant mutant) {
        return switch (mutant.change()) {
            case Change.Answer(String call, Value value) -> calls.at(mutant, call, node -> calls.answer(node, value));
            case Change.Without(String call) -> calls.at(mutant, call, node -> calls.answer(node, Value.FALSE));
            case Change.AnswerPlus(String call, long more) -> calls.at(mutant, call, node -> calls.plus(node, more));
            case Change.Reversed(String call) -> calls.at(mutant, call, calls::reversed);
            case Change.Then(String call, String next) ->
                calls.at(mutant, call, node -> calls.then(node, owner, mutant, next));
            case Change.Argument(String call, int index, Value value) ->
                calls.at(mutant, call, node -> calls.argument(node, index, value));
            case Change.Swapped(String call, int first, int second) ->
                calls.at(mutant, call, node -> calls.swapped(node, first, second));
            case Change.Branch(String was, String becomes) -> branch(mutant, was, becomes);
            case Change.Constant(String was, long becomes) -> constant(mutant, was, becomes);
            case Change.Text(String was, String becomes) -> text(mutant, was, becomes);
            case Change.Other(String field, String becomes) -> other(mutant, field, becomes);
            case Change.Read(String field, Value value) -> read(mutant, field, value);
            case Change.NotWritten(String field) -> notWritten(mutant, field);
            case Change.Returns(Value value) -> returns(value);
            case Change.Both(Change first, Change second) -> change(mutant.with(first)) && change(mutant.with(second));
            case Change.Same same -> same();
        };
    }

    /** The places that fit; at most one, or the one whose number stands behind {@code #}. */
    static @Nullable AbstractInsnNode only(
            Mutant mutant, MethodNode method, String named, Predicate<AbstractInsnNode> fits) {
        int hash = named.indexOf('#');
        List<AbstractInsnNode> found = new ArrayList<>();
        for (AbstractInsnNode node : method.instructions) {
            if (fits.test(node)) {
                found.add(node);
            }
        }
        if (hash >= 0) {
            int number = Integer.parseInt(named.substring(hash + 1));
            return number <= found.size() ? found.get(number - 1) : null;
        }
        if (found.size() > 1) {
            throw new NotWoven(mutant, found.size() + " places fit " + named);
        }
        return found.isEmpty() ? null : found.getFirst();
    }

    static String bare(String named) {
        return named.contains("#") ? named.substring(0, named.indexOf('#')) : named;
    }

    /** The probe: from here on the mutant was reached. */
    static InsnList reached() {
        var list = new InsnList();
        list.add(new MethodInsnNode(Opcodes.INVOKESTATIC, Weaver.LIVE, "reached", "()V", false));
        return list;
    }

    private void replace(AbstractInsnNode node, InsnList by) {
        InsnList all = reached();
        all.add(by);
        // Two frames need an instruction in between.
        all.add(new InsnNode(Opcodes.NOP));
        method.instructions.insert(node, all);
        method.instructions.remove(node);
    }

    private boolean branch(Mutant mutant, String was, String becomes) {
        AbstractInsnNode found = only(
                mutant,
                method,
                was,
                node -> node instanceof JumpInsnNode && node.getOpcode() == Numbers.jump(bare(was)));
        if (!(found instanceof JumpInsnNode jump)) {
            return false;
        }
        if (bare(was).equals(becomes)) {
            throw new NotWoven(mutant, "it changes nothing");
        }
        var by = new InsnList();
        if (becomes.equals("ALWAYS") || becomes.equals("NEVER")) {
            by.add(new InsnNode(was.startsWith("IF_") ? Opcodes.POP2 : Opcodes.POP));
            by.add(new InsnNode(becomes.equals("ALWAYS") ? Opcodes.ICONST_1 : Opcodes.ICONST_0));
            by.add(new JumpInsnNode(Opcodes.IFNE, jump.label));
        } else {
            by.add(new JumpInsnNode(Numbers.jump(becomes), jump.label));
        }
        replace(jump, by);
        return true;
    }

    private boolean constant(Mutant mutant, String was, long becomes) {
        Long number = Long.valueOf(bare(was));
        AbstractInsnNode found = only(mutant, method, was, node -> number.equals(Numbers.of(node)));
        if (found == null) {
            return false;
        }
        var by = new InsnList();
        by.add(Numbers.isLong(found) ? new LdcInsnNode(becomes) : new LdcInsnNode((int) becomes));
        replace(found, by);
        return true;
    }

    private boolean text(Mutant mutant, String was, String becomes) {
        AbstractInsnNode found = only(
                mutant,
                method,
                was,
                node -> node instanceof LdcInsnNode ldc && ldc.cst instanceof String text && text.contains(was));
        if (!(found instanceof LdcInsnNode ldc)) {
            return false;
        }
        var by = new InsnList();
        by.add(new LdcInsnNode(((String) ldc.cst).replace(was, becomes)));
        replace(found, by);
        return true;
    }

    private boolean other(Mutant mutant, String field, String becomes) {
        AbstractInsnNode found =
                only(mutant, method, field, node -> isField(node, field, Opcodes.GETSTATIC, Opcodes.GETSTATIC));
        if (!(found instanceof FieldInsnNode get)) {
            return false;
        }
        var by = new InsnList();
        by.add(new FieldInsnNode(Opcodes.GETSTATIC, get.owner, becomes, get.desc));
        replace(get, by);
        return true;
    }

    private boolean read(Mutant mutant, String field, Value value) {
        AbstractInsnNode found =
                only(mutant, method, field, node -> isField(node, field, Opcodes.GETFIELD, Opcodes.GETSTATIC));
        if (!(found instanceof FieldInsnNode get)) {
            return false;
        }
        var by = new InsnList();
        if (get.getOpcode() == Opcodes.GETFIELD) {
            by.add(new InsnNode(Opcodes.POP));
        }
        Type type = Type.getType(get.desc);
        by.add(Numbers.push(value, type));
        replace(get, by);
        return true;
    }

    private boolean notWritten(Mutant mutant, String field) {
        AbstractInsnNode found =
                only(mutant, method, field, node -> isField(node, field, Opcodes.PUTFIELD, Opcodes.PUTSTATIC));
        if (!(found instanceof FieldInsnNode put)) {
            return false;
        }
        var by = new InsnList();
        by.add(new InsnNode(Type.getType(put.desc).getSize() == 2 ? Opcodes.POP2 : Opcodes.POP));
        if (put.getOpcode() == Opcodes.PUTFIELD) {
            by.add(new InsnNode(Opcodes.POP));
        }
        replace(put, by);
        return true;
    }

    private static boolean isField(AbstractInsnNode node, String field, int onObject, int fixed) {
        return node instanceof FieldInsnNode access
                && access.name.equals(bare(field))
                && (access.getOpcode() == onObject || access.getOpcode() == fixed);
    }

    private boolean returns(Value value) {
        Type type = Type.getReturnType(method.desc);
        method.instructions.clear();
        method.tryCatchBlocks.clear();
        if (method.localVariables != null) {
            method.localVariables.clear();
        }
        method.instructions.add(reached());
        if (type.getSort() != Type.VOID) {
            method.instructions.add(Numbers.push(value, type));
        }
        method.instructions.add(new InsnNode(type.getOpcode(Opcodes.IRETURN)));
        return true;
    }

    private boolean same() {
        method.instructions.insert(reached());
        return true;
    }
}
