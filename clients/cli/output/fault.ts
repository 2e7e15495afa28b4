import { type Exit, exitStatus } from './exit-status.ts'

/** Why the command failed. Its text is all that is printed, and never contains a value. */
export class Fault extends Error {
  override readonly name = 'Fault'

  /** @param next what to do about it, a sentence */
  constructor(
    readonly exit: Exit,
    what: string,
    readonly next: string | null = null,
  ) {
    super(what)
  }
}

/** The command line, or a file that it names, is invalid. */
export function usage(what: string, next: string | null = null): Fault {
  return new Fault(exitStatus.usage, what, next)
}

/** The program that listens there does not speak this command's protocol. */
export function unexpectedAnswer(): Fault {
  return new Fault(exitStatus.fault, 'What answered is not a Latchkey that this command knows.', 'Update both to the same version.')
}

/** The app refused with one of its codes. */
export class Refused extends Error {
  override readonly name = 'Refused'

  constructor(readonly code: string) {
    super(code)
  }
}
