import { areEqualDetails, type KeyDetails, parseDetails, type TypedDetail } from '../../../../shared/key-details.ts'
import type { Environment } from '../../../../shared/lists/keys.ts'

/** What a person is writing down about a key. */
export class DetailsForm {
  /** Separated by commas. */
  tags = $state('')
  environment = $state<Environment | 'none'>('none')
  user = $state('')
  expires = $state('')
  renewal = $state('')
  notes = $state('')

  readonly #before: KeyDetails

  constructor({ notes, tags, environment, user, expires, renewal }: KeyDetails) {
    this.#before = { notes, tags, environment, user, expires, renewal }
    this.tags = tags.join(', ')
    this.environment = environment ?? 'none'
    this.user = user ?? ''
    this.expires = expires ?? ''
    this.renewal = renewal ?? ''
    this.notes = notes ?? ''
  }

  get typed(): KeyDetails {
    const { notes, user, expires, renewal } = this
    return { notes, user, expires, renewal, tags: this.tags.split(','), environment: this.environment === 'none' ? null : this.environment }
  }

  /** The field that cannot be stored as it is; null if all can. */
  get fault(): TypedDetail | null {
    const parsed = parseDetails(this.typed)
    return 'fault' in parsed ? parsed.fault : null
  }

  get isChanged(): boolean {
    const parsed = parseDetails(this.typed)
    return 'fault' in parsed || !areEqualDetails(parsed.details, this.#before)
  }

  /** Puts a tag in the place of what is being typed after the last comma. */
  complete(tag: string): void {
    const before = this.tags.split(',').slice(0, -1)
    this.tags = `${[...before.map((part) => part.trim()), tag].join(', ')}, `
  }
}
