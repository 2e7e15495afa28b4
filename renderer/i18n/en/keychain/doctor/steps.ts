/** One step for the user. `command` is to be typed into a terminal (PowerShell on Windows) exactly as it stands. */
export interface Step {
  readonly text: string
  readonly command?: string
}
