const offered = [10, 30, 60, 120, 300]

/** Seconds to choose from, with the present choice among them also where it is none of ours. */
export function timesWith(present: number): number[] {
  return [...new Set([...offered, present])].sort((one, other) => one - other)
}

/** As `30 s` or `2 min`. */
export function timeWords(seconds: number): string {
  return seconds >= 60 && seconds % 60 === 0 ? `${seconds / 60} min` : `${seconds} s`
}
