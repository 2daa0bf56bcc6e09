package etal.virtualcard.rules;

import java.util.ArrayList;
import java.util.LinkedHashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.TreeSet;
import org.jspecify.annotations.Nullable;
import org.objectweb.asm.ClassReader;
import org.objectweb.asm.ClassVisitor;
import org.objectweb.asm.FieldVisitor;
import org.objectweb.asm.MethodVisitor;
import org.objectweb.asm.Opcodes;
import org.objectweb.asm.Type;

/**
 * Reads an applet's class files and says what in them a Java Card 3.0.5 card or its converter would not take, each line
 * beginning with the rule's name: version, class, types, api, instruction, constant, exception, static, arithmetic,
 * allocation.
 */
final class AppletRules {
    /** Java 8: the oldest that today's compiler writes; the converter's tools of 3.1 and later take it for 3.0.5. */
    private static final int VERSION_MAX = Opcodes.V1_8;

    private static final int FIELD_FLAGS_NOT_ON_CARDS = Opcodes.ACC_VOLATILE | Opcodes.ACC_TRANSIENT | Opcodes.ACC_ENUM;
    private static final int METHOD_FLAGS_NOT_ON_CARDS =
            Opcodes.ACC_SYNCHRONIZED | Opcodes.ACC_NATIVE | Opcodes.ACC_STRICT | Opcodes.ACC_SYNTHETIC;

    /** From where the runtime environment enters an installed applet. */
    private static final Set<String> ENTRANCES = Set.of("process", "select", "deselect", "getShareableInterfaceObject");

    private final Set<String> own = new LinkedHashSet<>();
    private final List<String> broken = new ArrayList<>();
    private final Map<String, Set<String>> calls = new TreeMap<>();
    private final Set<String> allocate = new TreeSet<>();
    private final Set<String> entrances = new TreeSet<>();

    private AppletRules() {}

    /** What is broken; empty for an applet that keeps to the rules. */
    static List<String> check(List<byte[]> classFiles) {
        AppletRules rules = new AppletRules();
        List<ClassReader> readers = classFiles.stream().map(ClassReader::new).toList();
        readers.forEach(reader -> rules.own.add(reader.getClassName()));
        readers.forEach(reader -> reader.accept(rules.new Reading(reader.getClassName()), ClassReader.SKIP_FRAMES));
        rules.checkReach();
        return rules.broken;
    }

    /** Nothing that takes memory is reached once the applet is installed. */
    private void checkReach() {
        Set<String> seen = new TreeSet<>(entrances);
        List<String> next = new ArrayList<>(entrances);
        while (!next.isEmpty()) {
            String method = next.removeLast();
            if (allocate.contains(method)) {
                broken.add("allocation: " + method + " can be reached after installation");
            }
            for (String called : calls.getOrDefault(method, Set.of())) {
                if (seen.add(called)) {
                    next.add(called);
                }
            }
        }
    }

    private final class Reading extends ClassVisitor {
        private final String name;

        Reading(String name) {
            super(Opcodes.ASM9);
            this.name = name;
        }

        private void check(boolean holds, String what) {
            if (!holds) {
                broken.add(what + " in " + name);
            }
        }

        private void checkType(Type type, String where) {
            boolean holds = switch (type.getSort()) {
                case Type.VOID, Type.BOOLEAN, Type.BYTE, Type.SHORT -> true;
                case Type.ARRAY -> type.getDimensions() == 1 && isArrayElement(type.getElementType());
                case Type.OBJECT ->
                    own.contains(type.getInternalName()) || JavaCardApi.TYPES.contains(type.getInternalName());
                default -> false;
            };
            check(holds, "types: " + type.getDescriptor() + " " + where);
        }

        private boolean isArrayElement(Type type) {
            int sort = type.getSort();
            return sort == Type.BOOLEAN || sort == Type.BYTE || sort == Type.SHORT || sort == Type.OBJECT;
        }

        private void checkDescriptor(String descriptor, String where) {
            if (descriptor.startsWith("(")) {
                for (Type argument : Type.getArgumentTypes(descriptor)) {
                    checkType(argument, where);
                }
                checkType(Type.getReturnType(descriptor), where);
            } else {
                checkType(Type.getType(descriptor), where);
            }
        }

        @Override
        public void visit(
                int version,
                int access,
                String className,
                @Nullable String signature,
                @Nullable String superName,
                String @Nullable [] interfaces) {
            check((version & 0xFFFF) <= VERSION_MAX, "version: " + (version & 0xFFFF));
            check(signature == null, "class: generic");
            check(interfaces == null || interfaces.length == 0, "class: interfaces");
            check((access & (Opcodes.ACC_ENUM | Opcodes.ACC_RECORD | Opcodes.ACC_ANNOTATION)) == 0, "class: kind");
            boolean known = "java/lang/Object".equals(superName) || "javacard/framework/Applet".equals(superName);
            check(known || own.contains(String.valueOf(superName)), "class: extends " + superName);
        }

        @Override
        public FieldVisitor visitField(
                int access, String field, String descriptor, @Nullable String signature, @Nullable Object value) {
            checkDescriptor(descriptor, "of field " + field);
            check((access & FIELD_FLAGS_NOT_ON_CARDS) == 0, "class: flags of field " + field);
            if ((access & Opcodes.ACC_STATIC) != 0) {
                // Static memory outlives deletion of an applet and is shared by all of its instances.
                boolean constant = (access & Opcodes.ACC_FINAL) != 0
                        && (value != null || descriptor.equals("[B") || descriptor.equals("[S"));
                check(constant, "static: " + field);
            }
            return new FieldVisitor(Opcodes.ASM9) {};
        }

        @Override
        public MethodVisitor visitMethod(
                int access, String method, String descriptor, @Nullable String signature, String @Nullable [] thrown) {
            checkDescriptor(descriptor, "of method " + method);
            check((access & METHOD_FLAGS_NOT_ON_CARDS) == 0, "class: flags of method " + method);
            check(!method.equals("finalize"), "class: finalize");
            check(thrown == null || thrown.length == 0, "exception: thrown by " + method);
            String self = name + "." + method + descriptor;
            if (ENTRANCES.contains(method)) {
                entrances.add(self);
            }
            MethodVisitor body = method.equals("<clinit>")
                    ? new ConstantsOnly(name, broken)
                    : new Body(self, what -> broken.add(what + " in " + name + "." + method));
            Arithmetic arithmetic = new Arithmetic(what -> broken.add(what + " in " + name + "." + method));
            return new Both(body, arithmetic);
        }

        /** What is asked of each instruction. */
        private final class Body extends Instructions {
            private final String self;

            Body(String self, java.util.function.Consumer<String> broken) {
                super(broken);
                this.self = self;
            }

            @Override
            void allocates() {
                allocate.add(self);
            }

            @Override
            void names(String type) {
                checkType(Type.getObjectType(type), "named");
            }

            @Override
            void calls(String owner, String method, String descriptor) {
                if (own.contains(owner) && !(method.equals("register") || method.equals("selectingApplet"))) {
                    calls.computeIfAbsent(self, caller -> new TreeSet<>()).add(owner + "." + method + descriptor);
                } else {
                    // The applet's own class is the owner of what it inherits from Applet.
                    String declared = own.contains(owner) ? "javacard/framework/Applet" : owner;
                    String called = declared + "." + method + descriptor;
                    check(JavaCardApi.METHODS.contains(called), "api: " + called);
                    if (JavaCardApi.ALLOCATE.contains(called)) {
                        allocate.add(self);
                    }
                }
            }

            @Override
            void field(String owner, String descriptor) {
                check(own.contains(owner), "api: a field of " + owner);
                checkDescriptor(descriptor, "of a field");
            }
        }
    }
}
