import { describe, expect, it } from 'vitest'
import { registrableDomain } from '../../../main/outlets/public-suffixes.ts'

describe('the registrable domain', () => {
  it.each([
    ['example.com', 'example.com'],
    ['a.b.example.com', 'example.com'],
    ['a.example.co.uk', 'example.co.uk'],
    ['xn--bcher-kva.de', 'xn--bcher-kva.de'],
    ['www.xn--55qx5d.cn', 'www.xn--55qx5d.cn'],
    // Rules with exceptions, and suffixes below suffixes.
    ['www.city.kawasaki.jp', 'city.kawasaki.jp'],
    ['a.b.kawasaki.jp', 'a.b.kawasaki.jp'],
    ['a.www.ck', 'www.ck'],
    // The private section: each holder has a domain of their own.
    ['docs.ada.github.io', 'ada.github.io'],
    ['ada.vercel.app', 'ada.vercel.app'],
    ['bucket.s3.amazonaws.com', 'bucket.s3.amazonaws.com'],
  ])('of %s is %s', (host, domain) => {
    expect(registrableDomain(host)).toBe(domain)
  })

  it.each(['com', 'co.uk', 'xn--p1ai', 'b.kawasaki.jp', 'foo.ck', 'github.io', 'vercel.app', 's3.amazonaws.com'])(
    'of the suffix %s is none',
    (host) => {
      expect(registrableDomain(host)).toBe(null)
    },
  )

  it.each(['localhost', 'app.localhost', 'intranet', 'git.corp', 'printer.local', '127.0.0.1', '10.0.0.1', '[::1]', '::1', ''])(
    'of %j, of which the list knows nothing, is none',
    (host) => {
      expect(registrableDomain(host)).toBe(null)
    },
  )
})
