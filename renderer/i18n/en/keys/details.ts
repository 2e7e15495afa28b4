import type { Environment } from '../../../../shared/lists/keys.ts'
import { formsOf } from '../../forms.ts'

const { count, number } = formsOf('en-GB')

/** What a person writes down about a key. */
export const keyDetails = {
  title: 'Details',
  edit: 'Edit details…',
  none: 'Nothing written down: no tags, no user, no expiry, no notes.',
  environment: 'Environment',
  environments: { production: 'Production', test: 'Test', development: 'Development' } satisfies Record<Environment, string>,
  noEnvironment: 'None',
  tags: 'Tags',
  /** A tag is a button. */
  withTag: (tag: string) => `Show keys with the tag ${tag}`,
  user: 'User',
  expires: 'Expires',
  renewal: 'Renew at',
  copyRenewal: 'Copy address',
  copied: 'Address copied',
  notes: 'Notes',
  expiry: {
    over: 'Expired',
    today: 'Expires today',
    in: (days: number) => `Expires in ${count(days, { one: 'day', other: 'days' })}`,
  },
  dialog: {
    title: (key: string) => `Details of ${key}`,
    done: (key: string) => `Details of ${key} saved`,
    save: 'Save',
    tagsHint: 'Separated by commas.',
    tagsFault: (most: number, longest: number) => `Up to ${number(most)} tags, of up to ${number(longest)} characters each.`,
    inUse: 'Tags in use',
    user: 'User or account there',
    userFault: (longest: number) => `One line of up to ${number(longest)} characters.`,
    expires: 'Expires',
    expiresHint: 'The last day on which it works.',
    expiresFault: 'There is no such day.',
    renewal: 'Where to renew it',
    renewalHint: 'An https address. Latchkey copies it and never opens it.',
    renewalOf: (service: string) => `Empty for the address of ${service}.`,
    renewalFault: 'An address starts with https:// and contains no password.',
    notesHint: 'Notes are shown in this window: no place for a value.',
    notesFault: (longest: number, has: number) => `Notes have ${number(longest)} characters at most. These have ${number(has)}.`,
    notesUnseen: 'These notes contain control characters.',
  },
}
