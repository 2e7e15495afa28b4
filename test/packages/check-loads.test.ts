import { describe, expect, it } from 'vitest'
import { externalPackages } from '../../scripts/dist/check-loads.mjs'

describe('the packages that a bundle loads by name', () => {
  it('are found in each form in which bundlers write the load', () => {
    const code = [
      'let a=require(`realm`),b=require("node:fs"),c=require("url"),d=require("electron");',
      'import("@node-rs/argon2");(0,e.createRequire)(require("url").pathToFileURL(__filename).href)(`keytar`);',
      'require("./chunk-A1.cjs")',
    ].join('')
    expect(externalPackages(code)).toEqual(['realm', '@node-rs/argon2', 'keytar'])
  })
})
