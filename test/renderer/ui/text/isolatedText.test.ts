import { describe, expect, it } from 'vitest'
import { splitSentence } from '../../../../renderer/ui/text/isolatedText.ts'

describe('a sentence with names in it', () => {
  it('is split where its language places the names', () => {
    expect(splitSentence((key, account) => `Delete ${key} of ${account}?`, 2)).toEqual([
      { text: 'Delete ' },
      { part: 0 },
      { text: ' of ' },
      { part: 1 },
      { text: '?' },
    ])
    expect(splitSentence((key, account) => `${account}: ${key} löschen?`, 2)).toEqual([
      { part: 1 },
      { text: ': ' },
      { part: 0 },
      { text: ' löschen?' },
    ])
  })

  it('is one piece if it contains no name', () => expect(splitSentence(() => 'Delete it?', 0)).toEqual([{ text: 'Delete it?' }]))
})
