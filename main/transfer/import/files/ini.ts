/** A line of an INI file. What quotes, comments behind a value and variables mean is different in each program. */
export interface IniEntry {
  /** From 1. */
  readonly line: number
  /** The section's name, empty above the first. */
  readonly section: string
  readonly name: string
  /** As it is in the file, without blanks around it; null for a line that is neither `name = value` nor a section. */
  readonly value: string | null
  /** Below another entry, to which it belongs. */
  readonly indented: boolean
}

/** Reads the entries of an INI file whose line ends are LF. Lines that begin with `#` or `;` are comments. */
export function* iniEntries(text: string): Generator<IniEntry> {
  let section = ''
  for (const [at, whole] of text.split('\n').entries()) {
    const trimmed = whole.trim()
    if (trimmed === '' || trimmed.startsWith('#') || trimmed.startsWith(';')) continue
    const head = /^\[([^\]]*)\]/.exec(trimmed)?.[1]
    if (head !== undefined) {
      section = head.trim()
      continue
    }
    const equals = trimmed.indexOf('=')
    yield {
      line: at + 1,
      section,
      name: equals < 0 ? '' : trimmed.slice(0, equals).trim(),
      value: equals <= 0 ? null : trimmed.slice(equals + 1).trim(),
      indented: /^\s/.test(whole),
    }
  }
}
