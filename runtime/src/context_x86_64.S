// The context switch for x86-64 (System V). See fiber.h for the C++ side.
//
//   void heddle_switch(void** save, void* load)
//
// Pushes the six callee-saved registers, stores the stack pointer in *save, takes
// `load` for the stack pointer and pops the same six from there. It ends in a jump,
// not in `ret`: the return would always be mispredicted. MXCSR and the x87 control
// word are left alone: they belong to the thread, as in Go (setting them costs 70 ns).
//
//   heddle_entry
//
// Where a fresh stack starts: r12 holds the function, r13 its argument. Its caller is
// declared undefined, so every backtrace of a goroutine ends here.
#if defined(__x86_64__)
        .text
        .globl  heddle_switch
        .hidden heddle_switch
        .type   heddle_switch, @function
        .p2align 4
heddle_switch:
        .cfi_startproc
        pushq   %rbp
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbp, 0
        pushq   %rbx
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %rbx, 0
        pushq   %r12
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r12, 0
        pushq   %r13
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r13, 0
        pushq   %r14
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r14, 0
        pushq   %r15
        .cfi_adjust_cfa_offset 8
        .cfi_rel_offset %r15, 0
        movq    %rsp, (%rdi)
        movq    %rsi, %rsp
        popq    %r15
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r15
        popq    %r14
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r14
        popq    %r13
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r13
        popq    %r12
        .cfi_adjust_cfa_offset -8
        .cfi_restore %r12
        popq    %rbx
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbx
        popq    %rbp
        .cfi_adjust_cfa_offset -8
        .cfi_restore %rbp
        popq    %rcx
        .cfi_adjust_cfa_offset -8
        .cfi_register %rip, %rcx
        jmpq    *%rcx
        .cfi_endproc
        .size   heddle_switch, .-heddle_switch

        .globl  heddle_entry
        .hidden heddle_entry
        .type   heddle_entry, @function
        .p2align 4
heddle_entry:
        .cfi_startproc
        .cfi_undefined %rip
        xorl    %ebp, %ebp
        movq    %r13, %rdi
        callq   *%r12
        ud2
        .cfi_endproc
        .size   heddle_entry, .-heddle_entry
// heddle_call(function, argument): function(argument), and should an exception be about to
// leave it, heddle_note_throw is asked first, while the stack still is as it was.
        .globl  heddle_call
        .hidden heddle_call
        .type   heddle_call, @function
        .p2align 4
heddle_call:
        .cfi_startproc
        .cfi_personality 0x1b, heddle_note_throw
        subq    $8, %rsp
        .cfi_adjust_cfa_offset 8
        movq    %rdi, %rax
        movq    %rsi, %rdi
        callq   *%rax
        addq    $8, %rsp
        .cfi_adjust_cfa_offset -8
        retq
        .cfi_endproc
        .size   heddle_call, .-heddle_call
#endif
        .section .note.GNU-stack,"",@progbits
