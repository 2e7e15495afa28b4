/** What a value is wanted for. `Purpose` in `main/vault/model/requester.ts` says what each is. */
export const purposes = ['reveal', 'copy', 'verify', 'sign-in', 'type', 'fill', 'get', 'run', 'inject', 'export'] as const
