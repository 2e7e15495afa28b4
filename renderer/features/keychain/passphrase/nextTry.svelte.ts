import { ask } from '../../../bridge.ts'
import { seconds } from '../../../time/clock.ts'
import { secondsUntil } from '../../../time/elapsed.ts'

/** When the next passphrase attempt is allowed. Main decides this after wrong attempts. */
export class NextTry {
  at = $state.raw<number | null>(null)

  /** Seconds from now. 0 if an attempt is allowed at once. */
  readonly left: number = $derived.by(() => (this.at === null ? 0 : secondsUntil(this.at, seconds.now)))
  readonly waits: boolean = $derived(this.left > 0)

  /** If main does not answer, the form stays enabled: main refuses attempts that come too early anyway. */
  async ask(): Promise<void> {
    this.at = await ask('keychain.nextTry', null).then(
      ({ at }) => at,
      () => null,
    )
  }
}
