let code = $state<string | null>(null)

/** The code of the last error that main did not expect, as main's log has it; null if it was none of main's. */
export const latestFault = {
  get code(): string | null {
    return code
  },
  note(fault: string | null): void {
    code = fault
  },
}
