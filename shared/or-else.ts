/** @returns what `act` returns, or `otherwise` if it throws anything. For what may be missing, unreadable or invalid at any time. */
export function orElse<T, F>(act: () => T, otherwise: F): T | F {
  try {
    return act()
  } catch {
    return otherwise
  }
}
