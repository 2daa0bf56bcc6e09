package etal.virtualcard.rules;

import java.util.ArrayDeque;
import java.util.Deque;
import java.util.HashMap;
import java.util.Map;
import java.util.function.Consumer;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.Label;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Follows what lies on the operand stack of one method. Java computes with 32 bits and a card with 16: where the upper
 * half of an intermediate value could be seen (a comparison, an index, a shift to the right, a division, an argument, a
 * result, anything stored), the value must have been cut to a short or byte before. Sums, products and shifts to the left
 * of values that were not cut are fine, for their lower half is right.
 */
final class Arithmetic extends MethodVisitor {
    /** REFERENCE also stands for whatever is no number. */
    private enum Value {
        NARROW,
        WIDE,
        REFERENCE
    }

    private final Consumer<String> broken;
    private final Map<Label, Deque<Value>> waiting = new HashMap<>();
    private @Nullable Deque<Value> stack = new ArrayDeque<>();

    Arithmetic(Consumer<String> broken) {
        super(Opcodes.ASM9);
        this.broken = broken;
    }

    private Deque<Value> stack() {
        if (stack == null) {
            // Behind a jump without a label nothing is executed; javac writes none.
            stack = new ArrayDeque<>();
        }
        return stack;
    }

    private void push(Value value) {
        stack().push(value);
    }

    private Value pop() {
        Value top = stack().poll();
        return top == null ? Value.REFERENCE : top;
    }

    private void popNarrow(String where) {
        if (pop() == Value.WIDE) {
            broken.accept("arithmetic: 32 bits are seen by " + where);
        }
    }

    private void pop(int count) {
        for (int i = 0; i < count; i++) {
            pop();
        }
    }

    private static Value of(Type type) {
        return type.getSort() == Type.OBJECT || type.getSort() == Type.ARRAY ? Value.REFERENCE : Value.NARROW;
    }

    @Override
    public void visitInsn(int opcode) {
        switch (opcode) {
            case Opcodes.ACONST_NULL -> push(Value.REFERENCE);
            case Opcodes.ICONST_M1,
                    Opcodes.ICONST_0,
                    Opcodes.ICONST_1,
                    Opcodes.ICONST_2,
                    Opcodes.ICONST_3,
                    Opcodes.ICONST_4,
                    Opcodes.ICONST_5 -> push(Value.NARROW);
            case Opcodes.BALOAD, Opcodes.SALOAD, Opcodes.AALOAD -> {
                popNarrow("an index");
                pop();
                push(opcode == Opcodes.AALOAD ? Value.REFERENCE : Value.NARROW);
            }
            case Opcodes.BASTORE, Opcodes.SASTORE, Opcodes.AASTORE -> {
                popNarrow("an array");
                popNarrow("an index");
                pop();
            }
            case Opcodes.POP -> pop();
            case Opcodes.POP2 -> pop(2);
            case Opcodes.DUP, Opcodes.DUP2, Opcodes.DUP_X1, Opcodes.DUP_X2, Opcodes.DUP2_X1 -> duplicate(opcode);
            case Opcodes.ARRAYLENGTH -> {
                pop();
                push(Value.NARROW);
            }
            case Opcodes.IRETURN -> {
                popNarrow("a result");
                stack = null;
            }
            case Opcodes.ARETURN, Opcodes.RETURN, Opcodes.ATHROW -> stack = null;
            default -> compute(opcode);
        }
    }

    private void duplicate(int opcode) {
        Value top = pop();
        Value below = opcode == Opcodes.DUP ? Value.REFERENCE : pop();
        switch (opcode) {
            case Opcodes.DUP -> push(top);
            case Opcodes.DUP_X1 -> {
                push(top);
                push(below);
            }
            case Opcodes.DUP2 -> {
                push(below);
                push(top);
                push(below);
            }
            case Opcodes.DUP_X2 -> {
                Value third = pop();
                push(top);
                push(third);
                push(below);
            }
            default -> {
                Value third = pop();
                push(below);
                push(top);
                push(third);
                push(below);
            }
        }
        push(top);
    }

    private void compute(int opcode) {
        switch (opcode) {
            case Opcodes.I2B, Opcodes.I2S -> {
                pop();
                push(Value.NARROW);
            }
            case Opcodes.INEG -> {
                pop();
                push(Value.WIDE);
            }
            case Opcodes.IADD, Opcodes.ISUB, Opcodes.IMUL -> {
                pop(2);
                push(Value.WIDE);
            }
            case Opcodes.ISHL -> {
                popNarrow("a shift's distance");
                pop();
                push(Value.WIDE);
            }
            case Opcodes.ISHR -> {
                popNarrow("a shift's distance");
                popNarrow("a shift to the right");
                push(Value.NARROW);
            }
            case Opcodes.IDIV, Opcodes.IREM -> {
                popNarrow("a division");
                popNarrow("a division");
                push(opcode == Opcodes.IDIV ? Value.WIDE : Value.NARROW);
            }
            case Opcodes.IAND, Opcodes.IOR, Opcodes.IXOR -> {
                Value right = pop();
                Value left = pop();
                push(left == Value.NARROW && right == Value.NARROW ? Value.NARROW : Value.WIDE);
            }
            // Of a negative short a card shifts 16 bits and Java 32: no two results agree.
            default -> broken.accept("arithmetic: instruction " + opcode);
        }
    }

    @Override
    public void visitIntInsn(int opcode, int operand) {
        if (opcode == Opcodes.NEWARRAY) {
            popNarrow("an array's length");
            push(Value.REFERENCE);
        } else {
            push(Value.NARROW);
        }
    }

    @Override
    public void visitVarInsn(int opcode, int variable) {
        switch (opcode) {
            case Opcodes.ILOAD -> push(Value.NARROW);
            case Opcodes.ISTORE -> popNarrow("a variable");
            case Opcodes.ALOAD -> push(Value.REFERENCE);
            default -> pop();
        }
    }

    @Override
    public void visitIincInsn(int variable, int increment) {
        broken.accept("arithmetic: a variable of 32 bits");
    }

    @Override
    public void visitTypeInsn(int opcode, String type) {
        if (opcode == Opcodes.ANEWARRAY) {
            popNarrow("an array's length");
        } else if (opcode != Opcodes.NEW) {
            pop();
        }
        push(opcode == Opcodes.INSTANCEOF ? Value.NARROW : Value.REFERENCE);
    }

    @Override
    public void visitFieldInsn(int opcode, String owner, String name, String descriptor) {
        if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.PUTSTATIC) {
            popNarrow("a field");
        }
        if (opcode == Opcodes.PUTFIELD || opcode == Opcodes.GETFIELD) {
            pop();
        }
        if (opcode == Opcodes.GETFIELD || opcode == Opcodes.GETSTATIC) {
            push(of(Type.getType(descriptor)));
        }
    }

    @Override
    public void visitMethodInsn(int opcode, String owner, String name, String descriptor, boolean onInterface) {
        for (int i = 0; i < Type.getArgumentCount(descriptor); i++) {
            popNarrow("an argument of " + name);
        }
        if (opcode != Opcodes.INVOKESTATIC) {
            pop();
        }
        Type result = Type.getReturnType(descriptor);
        if (result.getSort() != Type.VOID) {
            push(of(result));
        }
    }

    @Override
    public void visitJumpInsn(int opcode, Label label) {
        if (opcode >= Opcodes.IFEQ && opcode <= Opcodes.IFLE
                || opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE) {
            popNarrow("a comparison");
        } else if (opcode != Opcodes.GOTO) {
            pop();
        }
        if (opcode >= Opcodes.IF_ICMPEQ && opcode <= Opcodes.IF_ICMPLE) {
            popNarrow("a comparison");
        } else if (opcode == Opcodes.IF_ACMPEQ || opcode == Opcodes.IF_ACMPNE) {
            pop();
        }
        meet(label);
        if (opcode == Opcodes.GOTO) {
            stack = null;
        }
    }

    @Override
    public void visitTableSwitchInsn(int least, int most, Label otherwise, Label... labels) {
        decide(otherwise, labels);
    }

    @Override
    public void visitLookupSwitchInsn(Label otherwise, int[] keys, Label[] labels) {
        decide(otherwise, labels);
    }

    private void decide(Label otherwise, Label[] labels) {
        popNarrow("a switch");
        meet(otherwise);
        for (Label label : labels) {
            meet(label);
        }
        stack = null;
    }

    /** What lies on the stack when execution goes on at the label; of two ways there, the wider value holds. */
    private void meet(Label label) {
        Deque<Value> known = waiting.get(label);
        Deque<Value> merged = new ArrayDeque<>();
        if (known == null) {
            merged.addAll(stack());
        } else {
            var other = known.iterator();
            for (Value value : stack()) {
                Value there = other.hasNext() ? other.next() : value;
                merged.add(value == Value.WIDE || there == Value.WIDE ? Value.WIDE : value);
            }
        }
        waiting.put(label, merged);
    }

    @Override
    public void visitTryCatchBlock(Label start, Label end, Label handler, @Nullable String type) {
        Deque<Value> caught = new ArrayDeque<>();
        caught.push(Value.REFERENCE);
        waiting.put(handler, caught);
    }

    @Override
    public void visitLabel(Label label) {
        if (stack != null) {
            if (waiting.containsKey(label)) {
                meet(label);
            } else {
                return;
            }
        }
        Deque<Value> known = waiting.get(label);
        stack = known == null ? new ArrayDeque<>() : new ArrayDeque<>(known);
    }
}
