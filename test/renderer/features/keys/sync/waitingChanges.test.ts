import { describe, expect, it } from 'vitest'
import {
  changeLine,
  changeOf,
  creationsOf,
  placesTaken,
  waitingCount,
  waitingNotice,
  waitingText,
} from '../../../../../renderer/features/keys/sync/waitingChanges.ts'
import { change, idOf, key, listOf } from '../samples.ts'

const kinds = ['create', 'enable', 'disable', 'delete'] as const
const connections = ['checking', 'online', 'offline', 'unreachable', 'signed-out'] as const

describe('a pending change in words', () => {
  it('says what will happen and what it is waiting for', () => {
    const disable = change('disable', 'ci', 1)
    expect(connections.map((connection) => waitingText(disable, connection))).toEqual([
      'Will be disabled when online',
      'Is being disabled',
      'Will be disabled when online',
      'Will be disabled when the server answers',
      'Will be disabled after you sign in',
    ])
  })

  it('is never reported as done', () => {
    for (const kind of kinds) {
      for (const connection of connections) {
        for (const sent of [false, true]) {
          expect(waitingText(change(kind, 'ci', 1, { sent }), connection)).toMatch(/^(Will be|Is being|Asked to be) /)
        }
      }
    }
  })

  it('is worded differently once it was sent: it may be done', () => {
    expect(waitingText(change('create', 'ci', null, { sent: true }), 'offline')).toBe('Asked to be created, answer unknown')
    expect(waitingText(change('delete', 'ci', 1, { sent: true }), 'offline')).toBe('Asked to be deleted, answer unknown')
  })

  it('forms one sentence with the name of the key', () => {
    expect(waitingNotice(change('create', 'ci', null), 'offline')).toBe('ci will be created when online')
    expect(waitingNotice(change('create', 'ci', null, { sent: true }), 'offline')).toBe('ci: asked to be created, answer unknown')
  })

  it('has its own verb for each kind', () => {
    expect(new Set(kinds.map((kind) => changeLine(change(kind, 'ci', 1)))).size).toBe(kinds.length)
  })

  it('is counted in plain words', () => {
    expect([waitingCount(1), waitingCount(3)]).toEqual(['1 change is waiting', '3 changes are waiting'])
  })
})

describe('the pending change of a key', () => {
  it('is the last one if there are several, because that one decides', () => {
    const waiting = [change('disable', 'a', 1), change('enable', 'b', 2), change('delete', 'a', 1)]
    expect(changeOf(idOf(1), waiting)?.kind).toBe('delete')
    expect(changeOf(idOf(3), waiting)).toBeNull()
  })

  it('is null if only the creation of a key with the same name is pending', () => {
    const waiting = [change('create', 'a', null)]
    expect(changeOf(idOf(1), waiting)).toBeNull()
    expect(creationsOf(waiting)).toEqual(waiting)
  })
})

describe('the places of an account', () => {
  it('count pending changes: creations take one, deletions free one', () => {
    const waiting = [change('create', 'c', null), change('create', 'd', null), change('delete', 'a', 1)]
    expect(placesTaken(listOf([key('a', 1), key('b', 2)], { waiting }))).toBe(3)
  })
})
