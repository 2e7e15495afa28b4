/** The choices offered for each setting. A value set in the file itself is added to them. */
export const offered = {
  lockAfterMinutes: [1, 5, 10, 30, 60, null],
  clipboardSeconds: [10, 30, 60, 120, 300],
  approvalMinutes: [5, 15, 30, 60],
  trashDays: [7, 30, 90, 365],
} as const satisfies Record<string, readonly (number | null)[]>

/** The choices in order, plus the current one if it is not among them. Null, which means never, comes last. */
export function withPresent<T extends number | null>(choices: readonly T[], present: T): T[] {
  return [...new Set([...choices, present])].sort((one, other) => (one ?? Infinity) - (other ?? Infinity))
}
