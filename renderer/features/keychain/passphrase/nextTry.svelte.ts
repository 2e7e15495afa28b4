import { ask } from '../../../bridge.ts'
import { seconds } from '../../../time/clock.ts'
import { secondsUntil } from '../../../time/elapsed.ts'

/** When a passphrase may be tried next, which main says: wrong ones put it off. */
export class NextTry {
  at = $state.raw<number | null>(null)

  /** Seconds from now; 0 where it may be tried at once. */
  readonly left: number = $derived.by(() => (this.at === null ? 0 : secondsUntil(this.at, seconds.now)))
  readonly waits: boolean = $derived(this.left > 0)

  /** What main does not tell holds nobody up: it refuses what comes too soon. */
  async ask(): Promise<void> {
    this.at = await ask('keychain.nextTry', null).then(
      ({ at }) => at,
      () => null,
    )
  }
}
