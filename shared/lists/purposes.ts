/**
 * What a value is wanted for. In our own windows: `reveal`, `copy`, `verify`, `sign-in` to an account, `export`, `type` into another
 * program's window. By others: `fill` into a site's field, `get` to print it, `run` for a child process, `inject` into a text, `login` by a
 * tool at a site.
 */
export const purposes = ['reveal', 'copy', 'verify', 'sign-in', 'type', 'fill', 'get', 'run', 'inject', 'login', 'export'] as const
export type Purpose = (typeof purposes)[number]
