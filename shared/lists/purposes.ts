/** What a value is wanted for. `Purpose` in `main/vault/model/requester.ts` describes each. */
export const purposes = ['reveal', 'copy', 'verify', 'sign-in', 'type', 'fill', 'get', 'run', 'inject', 'export'] as const
