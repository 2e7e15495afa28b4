/** Whether it was refused on arrival, because of its sender or its shape. */
export function isRefused(told: unknown): boolean {
  if (typeof told !== 'object' || told === null || Object.keys(told).length !== 2) return false
  return 'ok' in told && told.ok === false && 'code' in told && told.code === 'input-invalid'
}

/** @returns the value in an answer to `keys.reveal`, as text; null for a refusal, or if the page's side of the bridge threw */
export function revealedIn(told: string): string | null {
  if (!told.startsWith('{"ok":true,')) return null
  return (JSON.parse(told) as { value: { value: string } }).value.value
}
