import { randomBytes } from 'node:crypto'
import { z } from 'zod'
import { canonicalJson, limits, sha256, UserError, type Canonical } from '../base/index.ts'
import { fingerprintOf, signatureHolds, type Person, type Signer } from '../evidence/index.ts'
import { openSealed, seal } from './sealed.ts'

const token = z.string().regex(/^[0-9a-f]{32}$/)
const box = z.string().regex(/^[0-9a-f]{64}$/)
const item = z.strictObject({
  token,
  accounts: z.array(z.string().max(256)).max(20),
  days: z.int().min(0),
  explainedDays: z.int().min(0),
  first: z.string().max(40),
  last: z.string().max(40),
  tests: z.array(z.string().max(8)).max(10),
})

/** A flagged pseudonym with what the desk needs to judge it. */
export type FlaggedItem = z.infer<typeof item>

const request = z.strictObject({
  kind: z.literal('request'),
  workspace: z.string().max(64),
  /** The key that tokens were made with, hex, so that the desk can make those of its orders. */
  tokenKey: token,
  replyTo: box,
  country: z.string().max(2),
  from: z.string().max(40),
  to: z.string().max(40),
  flagged: z.array(item).max(limits.releaseFlagged),
  /** Further subscribers with days without a reason: decided beforehand, so that one round is enough. */
  others: z.array(token).max(limits.releaseTokens),
})
const answer = z.strictObject({
  kind: z.literal('answer'),
  workspace: z.string().max(64),
  at: z.string().max(40),
  /** Released tokens among invented ones: how many were asked about and not released cannot be counted. */
  released: z.array(token).length(limits.releaseTokens),
})
const person = z.object({
  name: z.string().max(200),
  role: z.string().max(200),
  fingerprint: z.string().max(64),
  publicKey: z.string().max(1_000),
})

/** What the analysts' workspace asks the disclosure desk: which of these pseudonyms may be shown? */
export type ReleaseRequest = z.infer<typeof request>

const magic = 'breachline disclosure parcel 1'
const parcelCharacters = 1_048_576

/** A request as a file of constant length that only the desk opens. */
export function sealRequest(
  body: Omit<ReleaseRequest, 'kind'>,
  to: { readonly box: string; readonly by: Signer },
): Promise<string> {
  return sealParcel({ kind: 'request', ...body }, to)
}

/** Opens a request at the desk; the signature is checked, whose it is must be compared by people. */
export async function openRequest(secret: string, text: string): Promise<{ request: ReleaseRequest; by: Person }> {
  const opened = await openParcel(secret, text, request)
  return { request: opened.body, by: opened.by }
}

/** The desk's answer, of constant length: the released tokens and nothing else. */
export function sealAnswer(
  body: { readonly workspace: string; readonly at: string; readonly released: readonly string[] },
  to: { readonly box: string; readonly by: Signer },
): Promise<string> {
  const missing = limits.releaseTokens - body.released.length
  const filled = [...body.released, ...Array.from({ length: missing }, () => randomBytes(16).toString('hex'))]
  return sealParcel({ kind: 'answer', workspace: body.workspace, at: body.at, released: filled.sort() }, to)
}

/** Opens an answer in the analysts' workspace. Throws a `UserError` unless one of the desk's persons signed it. */
export async function openAnswer(
  secret: string,
  text: string,
  desk: { readonly persons: readonly Pick<Person, 'fingerprint'>[] },
): Promise<{ workspace: string; at: string; released: readonly string[]; by: Person }> {
  const { body, by } = await openParcel(secret, text, answer)
  if (!desk.persons.some((one) => one.fingerprint === by.fingerprint))
    throw new UserError({
      code: 'parcel-signer',
      message: 'the answer is signed by somebody who is not on the card of the disclosure desk',
      hint: 'ask the desk who signed, and for its new card if its persons have changed',
    })
  return { ...body, by }
}

async function sealParcel(body: { readonly kind: string } & Canonical, to: { box: string; by: Signer }): Promise<string> {
  const { name, role, fingerprint, publicKey } = to.by
  const whole = JSON.stringify({
    body,
    by: { name, role, fingerprint, publicKey },
    signature: to.by.sign(signedText(body)),
  })
  if (Buffer.byteLength(whole) > parcelCharacters)
    throw new UserError({
      code: 'parcel-too-large',
      message: 'what is flagged does not fit into one parcel',
      hint: 'review a shorter period',
    })
  const sealed = await seal(to.box, whole + ' '.repeat(parcelCharacters - Buffer.byteLength(whole)))
  return `${magic}\n${Buffer.from(sealed).toString('base64')}\n`
}

async function openParcel<Body extends Canonical>(
  secret: string,
  text: string,
  schema: z.ZodType<Body>,
): Promise<{ body: Body; by: Person }> {
  const [first, content = ''] = text.split('\n', 2)
  if (first !== magic || text.length > parcelCharacters * 2) throw noParcel()
  const opened = await openSealed(secret, Buffer.from(content, 'base64'))
  let raw: unknown
  try {
    raw = JSON.parse(opened)
  } catch {
    throw noParcel()
  }
  const read = z.strictObject({ body: schema, by: person, signature: z.string().max(200) }).safeParse(raw)
  if (!read.success) throw noParcel()
  const { body, by, signature } = read.data
  const holds =
    fingerprintOf(by.publicKey) === by.fingerprint &&
    signatureHolds({ publicKey: by.publicKey, text: signedText(body), signature })
  if (!holds)
    throw new UserError({
      code: 'parcel-signature',
      message: 'the signature of the parcel does not hold',
      hint: 'ask for the parcel again, over another way',
    })
  return { body, by }
}

function signedText(body: Canonical): string {
  return `${magic}\n${sha256(canonicalJson(body))}`
}

function noParcel(): UserError {
  return new UserError({
    code: 'parcel-unreadable',
    message: 'this is no parcel of the kind this command takes',
    hint: 'requests come from "disclosure hand-over" and go to "disclosure receive", answers from "disclosure answer" to "disclosure accept"',
  })
}
