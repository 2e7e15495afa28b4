/** What a value is wanted for. `main/vault/ports.ts` says what each is. */
export const purposes = ['reveal', 'copy', 'verify', 'sign-in', 'type', 'fill', 'get', 'run', 'inject', 'export'] as const
