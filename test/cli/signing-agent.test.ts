import fc from 'fast-check'
import { afterEach, expect, test } from 'vitest'
import { signingAgent, type SigningAgent } from '../../src/cli/signing-agent.ts'
import { entryText, proofText, type CustodyEntry } from '../../src/evidence/index.ts'
import { makeKey, signatureHolds, signerOf } from '../../src/evidence/signing-key.ts'

const made = makeKey({ name: 'Daniel Tan', role: 'incident lead' })
const signer = signerOf({ name: 'Daniel Tan', role: 'incident lead', privateKey: made.privateKey })
const now = '2026-10-06T09:00:00.000Z'
const challenge = 'c'.repeat(43)
const entry: Omit<CustodyEntry, 'hash' | 'signatures'> = {
  seq: 4,
  at: '2026-10-06T09:00:01.000Z',
  act: 'decision',
  by: [{ name: signer.name, role: signer.role, fingerprint: signer.fingerprint }],
  detail: { id: 'D_1', reason: 'Checked' },
  prevHash: 'a'.repeat(64),
}

let agent: SigningAgent | undefined
afterEach(() => agent?.close())

async function ask(question: unknown, secret = agent?.secret ?? '', method = 'POST'): Promise<{ status: number; text: string }> {
  const response = await fetch(`http://127.0.0.1:${agent?.port ?? 0}/`, {
    method,
    headers: { authorization: `Bearer ${secret}` },
    ...(method === 'GET' ? {} : { body: typeof question === 'string' ? question : JSON.stringify(question) }),
  })
  return { status: response.status, text: await response.text() }
}

test('a key signs one proof and then entries in its own name, and the signatures hold for just those', async () => {
  agent = await signingAgent(signer, () => now)
  expect(await ask({ entry })).toEqual({ status: 403, text: '' })
  const proof = await ask({ challenge })
  expect(signatureHolds({ publicKey: signer.publicKey, text: proofText(challenge), signature: proof.text })).toBe(true)
  expect(await ask({ challenge: 'd'.repeat(43) })).toEqual({ status: 403, text: '' })
  const { status, text } = await ask({ entry })
  expect(status).toBe(200)
  expect(signatureHolds({ publicKey: signer.publicKey, text: entryText(entry), signature: text })).toBe(true)
  expect(signatureHolds({ publicKey: signer.publicKey, text: entryText({ ...entry, seq: 5 }), signature: text })).toBe(false)
  // Nothing that was said holds the key.
  expect(`${proof.text}${text}`).not.toContain('PRIVATE')
})

test('what is not this person’s, not now, or no entry, is not signed', async () => {
  agent = await signingAgent(signer, () => now)
  await ask({ challenge })
  const other = { name: 'Aisha Rahman', role: 'dpo', fingerprint: 'b'.repeat(64) }
  const [own] = entry.by
  for (const question of [
    { entry: { ...entry, by: [other] } },
    { entry: { ...entry, by: [own, other] } },
    { entry: { ...entry, by: [] } },
    { entry: { ...entry, by: [{ ...own, name: 'Aisha Rahman' }] } },
    { entry: { ...entry, by: [{ ...own, fingerprint: 'b'.repeat(64) }] } },
    { entry: { ...entry, at: '2026-10-06T08:49:00.000Z' } },
    { entry: { ...entry, at: '2026-10-06T09:11:00.000Z' } },
    { entry: { ...entry, at: 'soon' } },
    { entry: { ...entry, detail: { share: 0.5 } } },
    { entry: { ...entry, prevHash: 'short' } },
    { entry: { ...entry, more: 1 } },
    { entry, text: 'breachline parcel 1' },
    { text: 'anything' },
    'breachline custody entry 1\nx',
    '{"entry":',
    '',
    `{"entry": "${'x'.repeat(5 * 1024 * 1024)}"}`,
  ])
    expect([JSON.stringify(question).slice(0, 80), await ask(question).catch(() => ({ status: 403, text: '' }))]).toEqual([
      JSON.stringify(question).slice(0, 80),
      { status: 403, text: '' },
    ])
  expect(await ask({ entry }, 'x'.repeat(43))).toEqual({ status: 403, text: '' })
  expect(await ask({ entry }, '')).toEqual({ status: 403, text: '' })
  expect((await ask('', agent.secret, 'GET')).status).toBe(403)
  expect((await ask({ entry })).status).toBe(200)
})

test('whatever else is sent, nothing is signed', async () => {
  agent = await signingAgent(signer, () => now)
  await ask({ challenge })
  const key = fc.constantFrom(...Object.keys(entry))
  await fc.assert(
    fc.asyncProperty(fc.jsonValue(), key, async (value, member) => {
      expect((await ask(value)).status).toBe(403)
      const changed = { ...entry, [member]: value }
      fc.pre(
        JSON.stringify(changed) !== JSON.stringify(entry) &&
          member !== 'detail' &&
          !(member === 'seq' && Number.isSafeInteger(value)) &&
          member !== 'act',
      )
      expect((await ask({ entry: changed })).status).toBe(403)
    }),
    { numRuns: 60 },
  )
})

test('it ends with the command', async () => {
  agent = await signingAgent(signer, () => now)
  agent.close()
  await expect(ask({ challenge })).rejects.toThrow()
})
