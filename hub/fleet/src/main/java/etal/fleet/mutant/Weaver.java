package etal.fleet.mutant;

import java.util.ArrayList;
import java.util.List;
import java.util.SortedMap;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassWriter;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;
import org.objectweb.asm.tree.ClassNode;
import org.objectweb.asm.tree.FrameNode;
import org.objectweb.asm.tree.InsnList;
import org.objectweb.asm.tree.InsnNode;
import org.objectweb.asm.tree.JumpInsnNode;
import org.objectweb.asm.tree.LabelNode;
import org.objectweb.asm.tree.LdcInsnNode;
import org.objectweb.asm.tree.MethodInsnNode;
import org.objectweb.asm.tree.MethodNode;
import org.objectweb.asm.tree.VarInsnNode;

/**
 * Weaves the mutants of one class into it: each gets a copy of its method with one place changed, and the method asks at its
 * head whether that mutant is alive. So one set of classes serves all mutants, and is as it was while none is alive.
 */
final class Weaver {
    static final String LIVE = "etal/fleet/mutant/Live";

    private Weaver() {}

    /**
     * The class with the mutants in it, by number.
     *
     * @throws NotWoven when one of them changes nothing, or more than one place fits
     */
    static byte[] weave(byte[] original, SortedMap<Integer, Mutant> mutants) {
        ClassNode result = read(original);
        mutants.forEach((number, mutant) -> {
            MethodNode changed = changed(original, mutant);
            MethodNode method = result.methods.stream()
                    .filter(each -> each.name.equals(changed.name) && each.desc.equals(changed.desc))
                    .findFirst()
                    .orElseThrow();
            changed.name = changed.name.replace('<', '_').replace('>', '_') + "$mutant" + number;
            changed.access = changed.access & Opcodes.ACC_STATIC | Opcodes.ACC_PRIVATE | Opcodes.ACC_SYNTHETIC;
            method.instructions.insert(fork(result, number, changed));
            result.methods.add(changed);
        });
        return write(result);
    }

    /** The class with a step counted at each call of that method. */
    static byte[] withSteps(byte[] original, String method) {
        ClassNode node = read(original);
        for (MethodNode each : node.methods) {
            if (each.name.equals(method)) {
                each.instructions.insert(new MethodInsnNode(Opcodes.INVOKESTATIC, LIVE, "step", "()V", false));
            }
        }
        return write(node);
    }

    private static ClassNode read(byte[] bytes) {
        var node = new ClassNode();
        new ClassReader(bytes).accept(node, 0);
        return node;
    }

    private static byte[] write(ClassNode node) {
        var writer = new ClassWriter(ClassWriter.COMPUTE_MAXS);
        node.accept(writer);
        return writer.toByteArray();
    }

    /** The one method in which the change fits, changed. */
    private static MethodNode changed(byte[] original, Mutant mutant) {
        List<MethodNode> named = new ArrayList<>();
        List<MethodNode> fitting = new ArrayList<>();
        ClassNode owner = read(original);
        for (MethodNode method : owner.methods) {
            boolean constructor = method.name.startsWith("<");
            if (!constructor && of(method.name, mutant.method()) && method.instructions.size() > 0) {
                named.add(method);
                if (new Surgery(owner, method).change(mutant)) {
                    fitting.add(method);
                }
            }
        }
        if (named.isEmpty()) {
            throw new NotWoven(mutant, "there is no such method");
        }
        if (fitting.size() != 1) {
            throw new NotWoven(mutant, fitting.size() + " methods have the place for " + mutant.change());
        }
        return fitting.getFirst();
    }

    private static boolean of(String name, String method) {
        return name.equals(method) || name.startsWith("lambda$" + method + "$");
    }

    /** At a method's head: is that mutant alive, then the copy answers. */
    private static InsnList fork(ClassNode owner, int number, MethodNode copy) {
        boolean fixed = (copy.access & Opcodes.ACC_STATIC) != 0;
        boolean onInterface = (owner.access & Opcodes.ACC_INTERFACE) != 0;
        var head = new InsnList();
        var usual = new LabelNode();
        head.add(new LdcInsnNode(number));
        head.add(new MethodInsnNode(Opcodes.INVOKESTATIC, LIVE, "is", "(I)Z", false));
        head.add(new JumpInsnNode(Opcodes.IFEQ, usual));
        int local = 0;
        if (!fixed) {
            head.add(new VarInsnNode(Opcodes.ALOAD, local++));
        }
        for (Type argument : Type.getArgumentTypes(copy.desc)) {
            head.add(new VarInsnNode(argument.getOpcode(Opcodes.ILOAD), local));
            local += argument.getSize();
        }
        int call = fixed ? Opcodes.INVOKESTATIC : Opcodes.INVOKESPECIAL;
        head.add(new MethodInsnNode(call, owner.name, copy.name, copy.desc, onInterface));
        head.add(new InsnNode(Type.getReturnType(copy.desc).getOpcode(Opcodes.IRETURN)));
        head.add(usual);
        head.add(new FrameNode(Opcodes.F_SAME, 0, null, 0, null));
        // Whatever begins with a frame of its own needs an instruction in between.
        head.add(new InsnNode(Opcodes.NOP));
        return head;
    }
}
