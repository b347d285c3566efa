import { generateKeyPairSync, sign } from 'node:crypto'
import { expect, test } from 'vitest'
import { limits } from '../../src/base/index.ts'
import {
  newBoxSecret,
  openAnswer,
  openRequest,
  publicOf,
  sealAnswer,
  sealRequest,
  type FlaggedItem,
} from '../../src/disclosure/index.ts'
import { fingerprintOf, type Signer } from '../../src/evidence/index.ts'

function signer(name: string): Signer {
  const pair = generateKeyPairSync('ed25519')
  const publicKey = pair.publicKey.export({ type: 'spki', format: 'pem' }).toString()
  return {
    name,
    role: 'test',
    publicKey,
    fingerprint: fingerprintOf(publicKey) ?? '',
    sign: (text) => sign(null, Buffer.from(text), pair.privateKey).toString('base64'),
  }
}

const token = (n: number): string => n.toString(16).padStart(32, '0')
const item = (n: number): FlaggedItem => ({
  token: token(n),
  accounts: ['agent01'],
  days: 5,
  explainedDays: 0,
  first: '',
  last: '',
  tests: ['S1'],
})
const request = (replyTo: string, flagged: readonly FlaggedItem[]) => ({
  workspace: 'w',
  tokenKey: token(7),
  replyTo,
  country: 'MY',
  from: '',
  to: '',
  flagged: [...flagged],
  others: [],
})

test('D5: parcels have one length whatever is in them, and open with the right box alone', async () => {
  const [desk, other] = [await newBoxSecret(), await newBoxSecret()]
  const by = signer('Aisha Rahman')
  const none = await sealRequest(request(await publicOf(other), []), { box: await publicOf(desk), by })
  const many = await sealRequest(
    request(
      await publicOf(other),
      Array.from({ length: 900 }, (_, at) => item(at)),
    ),
    { box: await publicOf(desk), by },
  )
  expect(none.length).toBe(many.length)
  const opened = await openRequest(desk, many)
  expect(opened.request.flagged).toHaveLength(900)
  expect(opened.by.fingerprint).toBe(by.fingerprint)
  await expect(openRequest(other, many)).rejects.toMatchObject({ code: 'parcel-not-ours' })
  await expect(openRequest(desk, `${many.slice(0, 2_000)}A${many.slice(2_001)}`)).rejects.toMatchObject({
    code: 'parcel-not-ours',
  })
  await expect(openRequest(desk, 'token,days\n')).rejects.toMatchObject({ code: 'parcel-unreadable' })
})

test('D5: an answer holds as many tokens whatever was released, and counts only with a signature of the desk', async () => {
  const mine = await newBoxSecret()
  const [farah, stranger] = [signer('Farah Idris'), signer('Somebody Else')]
  const answer = { workspace: 'w', at: '2026-10-07T00:00:00.000Z', released: [token(1), token(2)] }
  const parcel = await sealAnswer(answer, { box: await publicOf(mine), by: farah })
  const opened = await openAnswer(mine, parcel, { persons: [farah] })
  expect(opened.released).toHaveLength(limits.releaseTokens)
  expect(opened.released).toContain(token(1))
  const forged = await sealAnswer(answer, { box: await publicOf(mine), by: stranger })
  await expect(openAnswer(mine, forged, { persons: [farah] })).rejects.toMatchObject({ code: 'parcel-signer' })
  const posed = await sealAnswer(answer, { box: await publicOf(mine), by: { ...stranger, fingerprint: farah.fingerprint } })
  await expect(openAnswer(mine, posed, { persons: [farah] })).rejects.toMatchObject({ code: 'parcel-signature' })
  await expect(openRequest(mine, parcel)).rejects.toMatchObject({ code: 'parcel-unreadable' })
})
