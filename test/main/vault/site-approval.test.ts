import { describe, expect, it } from 'vitest'
import { dropPairing } from '../../../main/vault/pairings.ts'
import type { Approval } from '../../../main/vault/ports.ts'
import { release } from '../../../main/vault/release.ts'
import { addSite, removeSite, sitesOf } from '../../../main/vault/sites.ts'
import { localHouse, newKey } from './house.ts'
import { codeRejected } from './refused.ts'
import { origin, pairedSite } from './requesters.ts'

describe('a site that asks for a value', () => {
  const answers: Approval[] = ['once', 'for-a-while', 'always']

  it('gets it if the key was given to it, and the person allows it', async () => {
    const { house, account } = await localHouse()
    const { key, value } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, 'console.example.com', false)
    house.approver.answer = 'once'
    const requester = pairedSite(house)
    const secret = await release(house.opened, account.id, key.id, { purpose: 'fill', requester })
    expect(secret.expose()).toBe(value)
    expect(house.approver.asked).toMatchObject([{ purpose: 'fill', requester, detail: null }])
  })

  it.each([
    'https://evil.example',
    'https://example.com',
    'https://www.console.example.com',
    'https://console.example.com:8443',
    'http://console.example.com',
    'null',
    '',
  ])('is refused at %j, without a question, whatever it is that asks', async (at) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, false)
    house.approver.answer = 'always'
    const requester = pairedSite(house, at)
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('site-refused')
    expect(house.approver.asked).toEqual([])
  })

  it('is refused the key of another site', async () => {
    const { house, account } = await localHouse()
    const [ours, theirs] = [await newKey(house, account, 'ours'), await newKey(house, account, 'theirs')]
    addSite(house.opened, account.id, ours.key.id, origin, false)
    addSite(house.opened, account.id, theirs.key.id, 'https://evil.example', false)
    house.approver.answer = 'always'
    const requester = pairedSite(house, 'https://evil.example')
    expect(await codeRejected(release(house.opened, account.id, ours.key.id, { purpose: 'fill', requester }))).toBe('site-refused')
    expect(house.approver.asked).toEqual([])
  })

  it('is refused through a browser that is not paired', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, false)
    house.approver.answer = 'always'
    const requester = { ...pairedSite(house), pairing: 'ffffffffffffffff' }
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('pairing-needed')
    expect(house.approver.asked).toEqual([])
  })

  it.each(answers)('gets nothing when the key was taken from it while the person answered %s', async (answer) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, false)
    house.approver.answer = async () => {
      for (const site of sitesOf(house.opened, account.id, key.id)) removeSite(house.opened, account.id, site.id)
      return answer
    }
    const requester = pairedSite(house)
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('site-refused')
    expect(house.opened.cache.grants(account.id)).toEqual([])
  })

  it.each(answers)('gets nothing when its browser was unpaired while the person answered %s', async (answer) => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    addSite(house.opened, account.id, key.id, origin, false)
    const requester = pairedSite(house)
    house.approver.answer = async () => (dropPairing(house.opened, requester.pairing), answer)
    expect(await codeRejected(release(house.opened, account.id, key.id, { purpose: 'fill', requester }))).toBe('pairing-needed')
    expect(house.opened.cache.grants(account.id)).toEqual([])
  })

  it('gets nothing by an answer for always once the key was taken from it', async () => {
    const { house, account } = await localHouse()
    const { key } = await newKey(house, account)
    const site = addSite(house.opened, account.id, key.id, origin, false)
    house.approver.answer = 'always'
    const want = { purpose: 'fill', requester: pairedSite(house) } as const
    await release(house.opened, account.id, key.id, want)
    removeSite(house.opened, account.id, site.id)
    expect(await codeRejected(release(house.opened, account.id, key.id, want))).toBe('site-refused')
  })
})
