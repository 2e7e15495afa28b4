import { describe, expect, it } from 'vitest'
import { filled, manual } from '../../../scripts/dist/deb/stage.mjs'

describe('what is laid out in a Debian package', () => {
  it('has its words filled in, and what is no word of ours left as it is', () => {
    expect(filled('@NAME@ @VERSION@ a@b.c @OTHER@', { NAME: 'latchkey', VERSION: '1.2.3' })).toBe('latchkey 1.2.3 a@b.c @OTHER@')
  })

  it('has a manual that is what the command says of itself, and no orders to man', () => {
    const text = manual('latchkey COMMAND\n.TH is no order\n  --json  a\\b\n', '1.2.3')
    expect(text).toContain('latchkey COMMAND\n\\&.TH is no order\n  \\-\\-json  a\\eb\n.fi')
  })
})
