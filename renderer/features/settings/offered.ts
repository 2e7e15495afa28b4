/** What each setting is offered as; a choice that was made otherwise, in the file itself, stands among them. */
export const offered = {
  lockAfterMinutes: [1, 5, 10, 30, 60, null],
  clipboardSeconds: [10, 30, 60, 120, 300],
  approvalMinutes: [5, 15, 30, 60],
  trashDays: [7, 30, 90, 365],
} as const satisfies Record<string, readonly (number | null)[]>

/** In order, with the present choice among them also where it is none of ours; null, which is never, comes last. */
export function withPresent<T extends number | null>(choices: readonly T[], present: T): T[] {
  return [...new Set([...choices, present])].sort((one, other) => (one ?? Infinity) - (other ?? Infinity))
}
