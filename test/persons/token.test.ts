import fc from 'fast-check'
import sodium from 'libsodium-wrappers-sumo'
import { expect, test } from 'vitest'
import { tokenKey, tokenOf, tokenParams } from '../../src/persons/index.ts'

test('T1 a token is SipHash-2-4-128 as libsodium computes it, for any key, tag and text', async () => {
  await sodium.ready
  fc.assert(
    fc.property(
      fc.uint8Array({ minLength: 16, maxLength: 16 }),
      fc.string(),
      fc.string({ unit: 'grapheme' }),
      (bytes, tag, text) => {
        const message = Buffer.from(`${tag}\u001f${text.toWellFormed()}`)
        const want = Buffer.from(sodium.crypto_shorthash_siphashx24(message, bytes)).toString('hex')
        expect(tokenOf(tokenKey(bytes), tag, text)).toBe(want)
      },
    ),
    { numRuns: 1_000 },
  )
})

test('T2 the same text under another tag or another key has another token', () => {
  const key = tokenKey(new Uint8Array(16))
  expect(tokenOf(key, 'msisdn', '60123456789')).not.toBe(tokenOf(key, 'imsi', '60123456789'))
  expect(tokenOf(key, 'msisdn', '60123456789')).not.toBe(tokenOf(tokenKey(new Uint8Array(16).fill(1)), 'msisdn', '60123456789'))
})

test('T3 a key has 16 bytes, a public name that is not the key, and two little-endian halves', () => {
  expect(() => tokenKey(new Uint8Array(15))).toThrow('16 bytes')
  const key = tokenKey(Uint8Array.from({ length: 16 }, (_, at) => at))
  expect(key.id).toMatch(/^[0-9a-f]{16}$/)
  expect(key.id).not.toBe('0001020304050607')
  expect(tokenParams(key)).toEqual({ token_k0: '506097522914230528', token_k1: '1084818905618843912' })
})
