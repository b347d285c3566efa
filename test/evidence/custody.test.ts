import fc from 'fast-check'
import { expect, test } from 'vitest'
import { canonicalJson, type Canonical } from '../../src/base/index.ts'
import { chainStart, entryHash, sealEntry, signedText, type CustodyEntry } from '../../src/evidence/custody-entry.ts'
import { appendCustody, custody, entryText } from '../../src/evidence/index.ts'
import { makeKey, signatureHolds, signerOf } from '../../src/evidence/signing-key.ts'
import { aCase, at } from './a-case.ts'

const { person, privateKey } = makeKey({ name: 'Aisha Rahman', role: 'incident lead' })
const signer = signerOf({ name: person.name, role: person.role, privateKey })
const text = fc.string({ unit: 'grapheme', maxLength: 30 })
const detail = fc.dictionary(text, fc.oneof(text, fc.integer(), fc.boolean(), fc.constant(null)), { maxKeys: 6 })
const draft = fc.record({ at: fc.constant('2026-10-06T09:00:00.000000Z'), act: fc.constant('note' as const), detail })

test('every sealed chain links, hashes and verifies; after storing as JSON too', () => {
  fc.assert(
    fc.property(fc.array(draft, { minLength: 1, maxLength: 6 }), (drafts) => {
      let previous: CustodyEntry | undefined
      for (const one of drafts) {
        const entry: CustodyEntry = sealEntry(one, { by: [signer], ...(previous === undefined ? {} : { previous }) })
        expect(entry.prevHash).toBe(previous?.hash ?? chainStart)
        expect(entry.seq).toBe((previous?.seq ?? 0) + 1)
        const stored = { ...entry, detail: JSON.parse(canonicalJson(entry.detail)) as CustodyEntry['detail'] }
        expect(entryHash(stored)).toBe(entry.hash)
        const [signature = ''] = entry.signatures
        expect(signatureHolds({ publicKey: signer.publicKey, text: signedText(entry.hash), signature })).toBe(true)
        expect(signatureHolds({ publicKey: signer.publicKey, text: entry.hash, signature })).toBe(false)
        previous = entry
      }
    }),
    { numRuns: 40 },
  )
})

test('any change of an entry changes its hash', () => {
  const base = sealEntry({ at: '2026-10-06T09:00:00.000000Z', act: 'note', detail: { a: 1 } }, { by: [signer] })
  const changes: Partial<CustodyEntry>[] = [
    { seq: 2 },
    { at: '2026-10-06T09:00:01.000000Z' },
    { act: 'ruling' },
    { exhibit: 'E1' },
    { detail: { a: 2 } },
    { detail: { a: '1' } },
    { by: [] },
    { prevHash: base.hash },
  ]
  const hashes = changes.map((change) => entryHash({ ...base, ...change }))
  expect(new Set([base.hash, ...hashes]).size).toBe(changes.length + 1)
})

test('the canonical form does not depend on the order of keys', () => {
  const shuffled = (value: Record<string, Canonical>): Record<string, Canonical> =>
    Object.fromEntries(Object.entries(value).reverse())
  fc.assert(
    fc.property(detail, (value) => {
      expect(canonicalJson(shuffled(value))).toBe(canonicalJson(value))
    }),
  )
})

test('the hash of a known entry stays what it is', () => {
  const entry = {
    seq: 1,
    at: '2026-10-06T09:00:00.000000Z',
    act: 'note' as const,
    by: [{ name: 'Aisha Rahman', role: 'incident lead', fingerprint: 'ab'.repeat(32) }],
    detail: { text: 'Anruf von Müller', n: 3 },
    prevHash: chainStart,
  }
  expect(entryHash(entry)).toBe('dc267c465e2c1b27887f151aeddaf06c95df2eb4a66ad8795c6d6e542d5f0b20')
})

test('a wrong key or a mangled signature does not hold', () => {
  const other = makeKey({ name: 'Daniel Lim', role: 'privacy officer' })
  const signature = signer.sign('x')
  expect(signatureHolds({ publicKey: signer.publicKey, text: 'x', signature })).toBe(true)
  expect(signatureHolds({ publicKey: other.person.publicKey, text: 'x', signature })).toBe(false)
  expect(signatureHolds({ publicKey: signer.publicKey, text: 'x', signature: `${signature.slice(0, -4)}AAA=` })).toBe(false)
  expect(signatureHolds({ publicKey: signer.publicKey, text: 'x', signature: '' })).toBe(false)
  expect(signatureHolds({ publicKey: 'no key', text: 'x', signature })).toBe(false)
})

test('one key is one person: under a second name it signs nothing in the same chain, and a new role is no new person', () => {
  const { store, aisha, daniel } = aCase()
  const note = (by: typeof aisha): CustodyEntry => appendCustody(store.db, { at, act: 'note', by: [by], detail: {} })
  note(aisha)
  note({ ...aisha, role: 'counsel' })
  note({ ...aisha, name: 'AISHA RAHMAN ' })
  expect(() => note({ ...aisha, name: 'Farid Hamzah' })).toThrow('stands in this chain as that of "Aisha Rahman"')
  expect(() => appendCustody(store.db, { at, act: 'note', by: [daniel, { ...aisha, name: daniel.name }], detail: {} })).toThrow(
    'stands in this chain',
  )
  note(daniel)
  expect(custody(store.db).map(({ by }) => by[0]?.fingerprint)).toEqual([
    ...Array.from({ length: 3 }, () => aisha.fingerprint),
    daniel.fingerprint,
  ])
})

test('a signer is given the entry whose text it signs', () => {
  const { store, aisha } = aCase()
  const seen: unknown[] = []
  const watched = {
    ...aisha,
    sign(said: string, entry?: object) {
      seen.push([said, entry])
      return aisha.sign(said)
    },
  }
  const { hash, signatures, ...entry } = appendCustody(store.db, { at, act: 'note', by: [watched], detail: { id: 'N_1' } })
  expect(seen).toEqual([[entryText(entry), entry]])
  expect(signatureHolds({ publicKey: aisha.publicKey, text: signedText(hash), signature: signatures[0] ?? '' })).toBe(true)
})
