import { afterEach, beforeEach, describe, expect, it, vi } from 'vitest'
import type { Diagnosis } from '../../../../../preload/contract.ts'
import { keychainDialogs } from '../../../../../renderer/features/keychain/dialogs.svelte.ts'
import { Doctor, openDoctor } from '../../../../../renderer/features/keychain/doctor/doctor.svelte.ts'

const locked: Diagnosis = { keychain: 'os', provider: 'gnome-keyring-d', desktop: 'gnome', findings: ['locked'], keys: [] }
const fine: Diagnosis = { ...locked, findings: ['fine'] }

let examine: ReturnType<typeof vi.fn>

beforeEach(() => {
  examine = vi.fn().mockResolvedValue({ ok: true, value: locked })
  vi.stubGlobal('window', { latchkey: { calls: { 'keychain.examine': examine } } })
})

afterEach(() => {
  keychainDialogs.close()
})

describe('the keychain doctor', () => {
  it('can be opened from anywhere', () => {
    openDoctor()
    expect(keychainDialogs.shown).toBe('doctor')
  })

  it('shows nothing before its first examination', () => {
    const doctor = new Doctor()
    expect([doctor.diagnosis, doctor.fine]).toEqual([null, false])
  })

  it('shows a finding, and a different one after another examination', async () => {
    const doctor = new Doctor()
    await doctor.examine()
    expect([doctor.diagnosis, doctor.fine]).toEqual([locked, false])
    examine.mockResolvedValue({ ok: true, value: fine })
    await doctor.examine()
    expect([doctor.diagnosis, doctor.fine]).toEqual([fine, true])
  })

  it('keeps the previous finding on the screen during an examination, which runs once however often the button is pressed', async () => {
    const doctor = new Doctor()
    await doctor.examine()
    const again = doctor.examine()
    expect([doctor.examining, doctor.diagnosis]).toEqual([true, locked])
    expect(await doctor.examine()).toBe(false)
    expect(await again).toBe(true)
    expect(examine).toHaveBeenCalledTimes(2)
  })

  it('removes the previous finding if the examination fails', async () => {
    const doctor = new Doctor()
    await doctor.examine()
    examine.mockResolvedValue({ ok: false, code: 'internal' })
    await doctor.examine()
    expect([doctor.diagnosis, doctor.refusal, doctor.fine]).toEqual([null, 'internal', false])
  })
})
