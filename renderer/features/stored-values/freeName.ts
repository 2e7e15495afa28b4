/** @returns the name, with the lowest number from 2 on that makes it differ from all taken names, whatever their case */
export function freeName(wanted: string, taken: readonly string[]): string {
  const used = new Set(taken.map((name) => name.toLowerCase()))
  for (let number = 1; ; number += 1) {
    const name = number === 1 ? wanted : `${wanted}-${number}`
    if (!used.has(name.toLowerCase())) return name
  }
}
