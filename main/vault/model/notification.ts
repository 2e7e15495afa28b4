/** Something that happened unseen, kept until it is dismissed. The contract of the window describes each kind. */
export interface News {
  readonly accountId: string
  readonly id: string
  readonly what:
    | 'made'
    | 'enabled'
    | 'disabled'
    | 'gone'
    | 'back'
    | 'created'
    | 'not-created'
    | 'not-created-name-taken'
    | 'not-created-full'
    | 'not-created-refused'
    | 'not-changed-gone'
    | 'not-deleted-enabled'
    | 'not-created-restored'
    | 'not-enabled-restored'
    | 'not-disabled-restored'
    | 'not-deleted-restored'
    | 'cache-rebuilt'
    | 'older-file'
  readonly keyId: string | null
  readonly name: string
  readonly at: number
}
