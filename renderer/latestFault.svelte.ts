let code = $state<string | null>(null)

/** The code of main's last unexpected error, as in main's log. Null if the error was not main's. */
export const latestFault = {
  get code(): string | null {
    return code
  },
  note(fault: string | null): void {
    code = fault
  },
}
