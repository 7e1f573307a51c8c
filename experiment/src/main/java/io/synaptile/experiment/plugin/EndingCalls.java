/* SPDX-License-Identifier: Apache-2.0 */
package io.synaptile.experiment.plugin;

import java.lang.classfile.ClassFile;
import java.lang.classfile.ClassHierarchyResolver;
import java.lang.classfile.ClassHierarchyResolver.ClassHierarchyInfo;
import java.lang.classfile.ClassModel;
import java.lang.classfile.ClassTransform;
import java.lang.classfile.CodeBuilder;
import java.lang.classfile.CodeElement;
import java.lang.classfile.Opcode;
import java.lang.classfile.constantpool.MemberRefEntry;
import java.lang.classfile.constantpool.PoolEntry;
import java.lang.classfile.instruction.ConstantInstruction;
import java.lang.classfile.instruction.InvokeDynamicInstruction;
import java.lang.classfile.instruction.InvokeInstruction;
import java.lang.constant.ClassDesc;
import java.lang.constant.ConstantDesc;
import java.lang.constant.DirectMethodHandleDesc;
import java.lang.constant.DynamicCallSiteDesc;
import java.lang.constant.MethodHandleDesc;
import java.lang.constant.MethodTypeDesc;
import java.util.Arrays;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/**
 * Rewrites the classes of plug-ins as they are loaded: calls of the methods in {@link Ending#METHODS}, and references to them
 * ({@code System::exit}), go to {@link Ending}; what reflection finds by a name passes through it. This contains faults and is no
 * wall against malice: native code, and code that a plug-in loads by itself, are not seen.
 */
final class EndingCalls {
    private static final ClassDesc ENDING = ClassDesc.of(Ending.class.getName());

    /** By class, methods whose results are looked through; each name stands for all its overloads. */
    private static final Map<String, Set<String>> LOOKUPS = Map.of(
            "java.lang.Class", Set.of("getMethod", "getDeclaredMethod", "getMethods", "getDeclaredMethods"),
            "java.lang.invoke.MethodHandles$Lookup", Set.of("findStatic", "findVirtual", "bind"));

    private EndingCalls() {}

    /**
     * The class without such calls; itself if it has none.
     *
     * @param loader knows the classes that this one names
     * @throws IllegalArgumentException if it is no class file
     */
    static byte[] replaced(byte[] classFile, ClassLoader loader) {
        // A class that is missing may be missing: the plug-in can still avoid it.
        ClassHierarchyResolver resolver =
                ClassHierarchyResolver.ofResourceParsing(loader).orElse(_ -> ClassHierarchyInfo.ofInterface());
        ClassFile format = ClassFile.of(ClassFile.ClassHierarchyResolverOption.of(resolver));
        ClassModel model = format.parse(classFile);
        for (PoolEntry entry : model.constantPool()) {
            if (entry instanceof MemberRefEntry member && concerns(member)) {
                return format.transformClass(model, ClassTransform.transformingMethodBodies(EndingCalls::replace));
            }
        }
        return classFile;
    }

    private static boolean concerns(MemberRefEntry member) {
        String owner = member.owner().asInternalName().replace('/', '.');
        String name = member.name().stringValue();
        return Stream.of(Ending.METHODS, LOOKUPS)
                .anyMatch(methods -> methods.getOrDefault(owner, Set.of()).contains(name));
    }

    private static boolean in(Map<String, Set<String>> methods, ClassDesc owner, String name) {
        return owner.isClassOrInterface()
                && methods.getOrDefault(owner.packageName() + "." + owner.displayName(), Set.of())
                        .contains(name);
    }

    private static void replace(CodeBuilder code, CodeElement element) {
        switch (element) {
            case InvokeInstruction call
            when in(Ending.METHODS, call.owner().asSymbol(), call.name().stringValue()) ->
                code.invokestatic(
                        ENDING,
                        call.name().stringValue(),
                        type(call.owner().asSymbol(), call.typeSymbol(), call.opcode() == Opcode.INVOKESTATIC));
            case InvokeInstruction call
            when in(LOOKUPS, call.owner().asSymbol(), call.name().stringValue()) -> {
                ClassDesc found = call.typeSymbol().returnType();
                code.with(call).invokestatic(ENDING, "allowed", MethodTypeDesc.of(found, found));
            }
            case InvokeDynamicInstruction call ->
                code.invokedynamic(replaced(call.invokedynamic().asSymbol()));
            case ConstantInstruction.LoadConstantInstruction load
            when load.constantValue() instanceof DirectMethodHandleDesc handle -> code.loadConstant(replaced(handle));
            default -> code.with(element);
        }
    }

    private static DynamicCallSiteDesc replaced(DynamicCallSiteDesc site) {
        ConstantDesc[] arguments = Arrays.stream(site.bootstrapArgs())
                .map(argument -> argument instanceof DirectMethodHandleDesc handle ? replaced(handle) : argument)
                .toArray(ConstantDesc[]::new);
        return site.withArgs(arguments);
    }

    private static ConstantDesc replaced(DirectMethodHandleDesc handle) {
        if (!in(Ending.METHODS, handle.owner(), handle.methodName())) {
            return handle;
        }
        boolean isStatic = handle.kind() == DirectMethodHandleDesc.Kind.STATIC;
        MethodTypeDesc type = MethodTypeDesc.ofDescriptor(handle.lookupDescriptor());
        return MethodHandleDesc.ofMethod(
                DirectMethodHandleDesc.Kind.STATIC, ENDING, handle.methodName(), type(handle.owner(), type, isStatic));
    }

    /** Of the method in {@link Ending}: the object comes first, and a class that need not exist is any object. */
    private static MethodTypeDesc type(ClassDesc owner, MethodTypeDesc type, boolean isStatic) {
        MethodTypeDesc all = isStatic ? type : type.insertParameterTypes(0, owner);
        return in(Map.of("sun.misc.Signal", Set.of("raise")), owner, "raise")
                ? all.changeParameterType(0, ClassDesc.of("java.lang.Object"))
                : all;
    }
}
