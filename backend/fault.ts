/**
 * Describes an unexpected error for the log: its name, its code and where it was thrown. Never its message: libraries quote their input in
 * messages, and that can be a value.
 */
export function describeFault(error: unknown): string {
  if (!(error instanceof Error)) return 'a value that is no error was thrown'
  const code = 'code' in error && /^[A-Z0-9_]{1,40}$/.test(String(error.code)) ? ` ${String(error.code)}` : ''
  const frames = (error.stack ?? '').split('\n').filter((line) => /^\s+at /.test(line))
  return [`${error.name}${code}`, ...frames.slice(0, 8).map((line) => line.trim())].join(' | ')
}
