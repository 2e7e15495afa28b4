import { describe, expect, it } from 'vitest'
import { freeName } from '../../../../renderer/features/stored-values/freeName.ts'

describe('a suggested name', () => {
  it.each([
    [[], 'github'],
    [['other'], 'github'],
    [['GitHub'], 'github-2'],
    [['github', 'github-2', 'github-4'], 'github-3'],
  ])('is free beside %j', (taken, name) => {
    expect(freeName('github', taken)).toBe(name)
  })
})
