// The context switch for AArch64 (AAPCS64): as context_x86_64.S, with x19-x30 and
// d8-d15, which the ABI makes callee-saved; FPCR belongs to the thread.
//
//   void heddle_switch(void** save, void* load)
//   heddle_entry: x19 holds the function, x20 its argument.
#if defined(__aarch64__)
        .text
        .globl  heddle_switch
        .hidden heddle_switch
        .type   heddle_switch, %function
        .p2align 4
heddle_switch:
        .cfi_startproc
        stp     x29, x30, [sp, #-160]!
        .cfi_def_cfa_offset 160
        .cfi_offset x29, -160
        .cfi_offset x30, -152
        stp     x19, x20, [sp, #16]
        stp     x21, x22, [sp, #32]
        stp     x23, x24, [sp, #48]
        stp     x25, x26, [sp, #64]
        stp     x27, x28, [sp, #80]
        stp     d8, d9, [sp, #96]
        stp     d10, d11, [sp, #112]
        stp     d12, d13, [sp, #128]
        stp     d14, d15, [sp, #144]
        .cfi_offset x19, -144
        .cfi_offset x20, -136
        .cfi_offset x21, -128
        .cfi_offset x22, -120
        .cfi_offset x23, -112
        .cfi_offset x24, -104
        .cfi_offset x25, -96
        .cfi_offset x26, -88
        .cfi_offset x27, -80
        .cfi_offset x28, -72
        mov     x9, sp
        str     x9, [x0]
        mov     sp, x1
        ldp     x19, x20, [sp, #16]
        ldp     x21, x22, [sp, #32]
        ldp     x23, x24, [sp, #48]
        ldp     x25, x26, [sp, #64]
        ldp     x27, x28, [sp, #80]
        ldp     d8, d9, [sp, #96]
        ldp     d10, d11, [sp, #112]
        ldp     d12, d13, [sp, #128]
        ldp     d14, d15, [sp, #144]
        ldp     x29, x30, [sp], #160
        .cfi_restore x29
        .cfi_restore x30
        .cfi_restore x19
        .cfi_restore x20
        .cfi_restore x21
        .cfi_restore x22
        .cfi_restore x23
        .cfi_restore x24
        .cfi_restore x25
        .cfi_restore x26
        .cfi_restore x27
        .cfi_restore x28
        .cfi_def_cfa_offset 0
        br      x30
        .cfi_endproc
        .size   heddle_switch, .-heddle_switch

        .globl  heddle_entry
        .hidden heddle_entry
        .type   heddle_entry, %function
        .p2align 4
heddle_entry:
        .cfi_startproc
        .cfi_undefined x30
        mov     x29, xzr
        mov     x0, x20
        blr     x19
        brk     #1
        .cfi_endproc
        .size   heddle_entry, .-heddle_entry
// heddle_call: as in context_x86_64.S.
        .globl  heddle_call
        .hidden heddle_call
        .type   heddle_call, %function
        .p2align 4
heddle_call:
        .cfi_startproc
        .cfi_personality 0x1b, heddle_note_throw
        stp     x29, x30, [sp, #-16]!
        .cfi_def_cfa_offset 16
        .cfi_offset x29, -16
        .cfi_offset x30, -8
        mov     x29, sp
        mov     x9, x0
        mov     x0, x1
        blr     x9
        ldp     x29, x30, [sp], #16
        .cfi_restore x29
        .cfi_restore x30
        .cfi_def_cfa_offset 0
        ret
        .cfi_endproc
        .size   heddle_call, .-heddle_call
#endif
        .section .note.GNU-stack,"",%progbits
