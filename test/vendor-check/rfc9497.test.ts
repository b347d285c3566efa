import { ristretto255, ristretto255_oprf } from '@noble/curves/ed25519.js'
import { beforeAll, expect, test } from 'vitest'
import {
  batchHolds,
  deriveKey,
  evaluateBatch,
  finalize,
  hashToGroup,
  inverse,
  isElement,
  isScalar,
  multiply,
  ready,
  scalarOf,
  timesBase,
} from '../../src/vendor-check/suite.ts'

// RFC 9497, appendix A.1.2: ristretto255-SHA512, mode VOPRF.
const key = {
  seed: 'a3'.repeat(32),
  info: 'test key',
  secret: 'e6f73f344b79b379f1a0dd37e07ff62e38d9f71345ce62ae3a9bc60b04ccd909',
  public: 'c803e2cc6b05fc15064549b5920659ca4a77b2cca6f04f6b357009335476ad4e',
}
const vectors = [
  {
    name: '1, batch of 1',
    proof:
      'ddef93772692e535d1a53903db24367355cc2cc78de93b3be5a8ffcc6985dd066d4346421d17bf5117a2a1ff0fcb2a759f58a539dfbe857a40bce4cf49ec600d',
    items: [
      {
        input: '00',
        blind: '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706',
        blinded: '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
        evaluated: 'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
        output:
          'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
      },
    ],
  },
  {
    name: '2, batch of 1',
    proof:
      '401a0da6264f8cf45bb2f5264bc31e109155600babb3cd4e5af7d181a2c9dc0a67154fabf031fd936051dec80b0b6ae29c9503493dde7393b722eafdf5a50b02',
    items: [
      {
        input: '5a'.repeat(17),
        blind: '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706',
        blinded: 'cc0b2a350101881d8a4cba4c80241d74fb7dcbfde4a61fde2f91443c2bf9ef0c',
        evaluated: '60a59a57208d48aca71e9e850d22674b611f752bed48b36f7a91b372bd7ad468',
        output:
          '8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6',
      },
    ],
  },
  {
    name: '3, batch of 2',
    proof:
      'cc203910175d786927eeb44ea847328047892ddf8590e723c37205cb74600b0a5ab5337c8eb4ceae0494c2cf89529dcf94572ed267473d567aeed6ab873dee08',
    items: [
      {
        input: '00',
        blind: '64d37aed22a27f5191de1c1d69fadb899d8862b58eb4220029e036ec4c1f6706',
        blinded: '863f330cc1a1259ed5a5998a23acfd37fb4351a793a5b3c090b642ddc439b945',
        evaluated: 'aa8fa048764d5623868679402ff6108d2521884fa138cd7f9c7669a9a014267e',
        output:
          'b58cfbe118e0cb94d79b5fd6a6dafb98764dff49c14e1770b566e42402da1a7da4d8527693914139caee5bd03903af43a491351d23b430948dd50cde10d32b3c',
      },
      {
        input: '5a'.repeat(17),
        blind: '222a5e897cf59db8145db8d16e597e8facb80ae7d4e26d9881aa6f61d645fc0e',
        blinded: '90a0145ea9da29254c3a56be4fe185465ebb3bf2a1801f7124bbbadac751e654',
        evaluated: 'cc5ac221950a49ceaa73c8db41b82c20372a4c8d63e5dded2db920b7eee36a2a',
        output:
          '8a9a2f3c7f085b65933594309041fc1898d42d0858e59f90814ae90571a6df60356f4610bf816f27afdd84f47719e480906d27ecd994985890e5f539e7ea74b6',
      },
    ],
  },
] as const

const bytes = (hex: string): Uint8Array => Buffer.from(hex, 'hex')
const hex = (data: Uint8Array): string => Buffer.from(data).toString('hex')

beforeAll(ready)

test('V3: the key of seed and info is that of the RFC', () => {
  const pair = deriveKey(bytes(key.seed), key.info)
  expect([hex(pair.secret), hex(pair.public)]).toEqual([key.secret, key.public])
})

test.each(vectors)('test vector $name', ({ items, proof }) => {
  for (const one of items) {
    expect(hex(multiply(bytes(one.blind), hashToGroup(bytes(one.input))))).toBe(one.blinded)
    expect(hex(multiply(bytes(key.secret), bytes(one.blinded)))).toBe(one.evaluated)
    const element = multiply(inverse(bytes(one.blind)), bytes(one.evaluated))
    expect(hex(finalize(bytes(one.input), element))).toBe(one.output)
  }
  const claim = {
    publicKey: bytes(key.public),
    elements: items.map((one) => bytes(one.blinded)),
    evaluated: items.map((one) => bytes(one.evaluated)),
    proof: bytes(proof),
  }
  expect(batchHolds(claim)).toBe(true)
  expect(batchHolds({ ...claim, publicKey: timesBase(bytes(key.public)) })).toBe(false)
  const broken = Buffer.from(claim.proof)
  broken[3] = (broken[3] ?? 0) ^ 1
  expect(batchHolds({ ...claim, proof: broken })).toBe(false)
  expect(batchHolds({ ...claim, proof: claim.proof.subarray(1) })).toBe(false)
})

test('libsodium and noble give the same bytes at every step, by turns of either', () => {
  const { voprf } = ristretto255_oprf
  const pair = deriveKey(new Uint8Array(32).fill(7), 'count case')
  for (let n = 0; n < 40; n += 1) {
    const input = Buffer.from(`[["msisdn","6012${n}"],["name","${'x'.repeat(n)}"]]`)
    const mine = finalize(input, multiply(pair.secret, hashToGroup(input)))
    // blinded by noble, evaluated by libsodium, opened by both
    const asked = voprf.blind(input)
    const evaluated = multiply(pair.secret, asked.blinded)
    const both = evaluateBatch(pair, [asked.blinded])
    expect(hex(both.evaluated[0] as Uint8Array)).toBe(hex(evaluated))
    expect(hex(voprf.finalize(input, asked.blind, evaluated, asked.blinded, pair.public, both.proof))).toBe(hex(mine))
    expect(hex(finalize(input, multiply(inverse(asked.blind), evaluated)))).toBe(hex(mine))
  }
})

test('the identity, other encodings and other lengths are no elements', () => {
  expect(isElement(new Uint8Array(32))).toBe(false)
  expect(isElement(new Uint8Array(32).fill(0xff))).toBe(false)
  expect(isElement(new Uint8Array(31))).toBe(false)
  // 2^255 - 18 = the prime + 1: the encoding of 1 that is not the smallest
  const large = new Uint8Array(32).fill(0xff)
  large[0] = 0xee
  large[31] = 0x7f
  expect(isElement(large)).toBe(false)
  expect(isElement(ristretto255.Point.BASE.toBytes())).toBe(true)
})

test('a scalar has one encoding', () => {
  const order = bytes('edd3f55c1a631258d69cf7a2def9de1400000000000000000000000000000010')
  expect(isScalar(order)).toBe(false)
  expect(isScalar(new Uint8Array(32))).toBe(false)
  expect(isScalar(scalarOf(new Uint8Array(64).fill(9)))).toBe(true)
})
