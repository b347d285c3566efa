import { randomBytes } from 'node:crypto'
import { Hono, type Context } from 'hono'
import { z } from 'zod'
import { exitCodes, UserError } from '../base/index.ts'
import { fingerprintOf, type Signer } from '../evidence/index.ts'
import { body } from './body.ts'
import { farSigner, type FarSigner } from './far-signer.ts'

/** Commands of other persons that act here at the same time. */
const atMost = 16
/** When all places are taken, a command that has been silent for so long leaves its own. */
const idleMs = 15 * 60_000

const request = z.strictObject({
  name: z.string().trim().min(1).max(200),
  role: z.string().max(200),
  publicKey: z.string().max(1_000),
  port: z.int().min(1).max(65_535),
  secret: z.string().regex(/^[A-Za-z0-9_-]{43}$/),
})

interface Acting {
  readonly far: FarSigner
  readonly api: Hono
  seen: number
}

/** Other persons who act through this server, each with a key that stays in their own command. */
export interface Signers {
  /** `POST /` lets a person in who proves to have the key; `DELETE /` ends that. */
  readonly routes: Hono
  /** The API in the name of the person a request comes from; undefined for requests of the person who serves. A `UserError` for nobody let in. */
  apiOf(context: Context): Hono | undefined
  close(): void
}

/** `apiFor` builds the API for a signer, and throws a `UserError` for a person who may not be let in. */
export function signersHere(apiFor: (signer: Signer) => Hono): Signers {
  const acting = new Map<string, Acting>()
  const end = (token: string): void => {
    acting.get(token)?.far.close()
    acting.delete(token)
  }
  const routes = new Hono()
  routes.post('/', async (context) => {
    const { port, secret, ...person } = await body(context, request)
    const fingerprint = fingerprintOf(person.publicKey)
    if (fingerprint === undefined)
      throw new UserError({
        code: 'key-unreadable',
        message: `what was sent for ${person.name} is no Ed25519 public key`,
        hint: 'restore the key from its backup',
      })
    const now = performance.now()
    if (acting.size >= atMost) for (const [token, one] of acting) if (now - one.seen > idleMs) end(token)
    if (acting.size >= atMost)
      throw new UserError({
        code: 'signers-many',
        message: `${acting.size} commands of other persons act through this server`,
        hint: 'wait until one has ended',
        exitCode: exitCodes.environment,
      })
    const far = await farSigner({ person: { ...person, fingerprint }, port, secret })
    try {
      const token = randomBytes(32).toString('base64url')
      acting.set(token, { far, api: apiFor(far.signer), seen: now })
      return context.json({ signer: token })
    } catch (error) {
      far.close()
      throw error
    }
  })
  routes.delete('/', (context) => {
    end(context.req.header(signerHeader) ?? '')
    return context.json({ ended: true })
  })
  return {
    routes,
    apiOf(context) {
      const token = context.req.header(signerHeader)
      if (token === undefined) return undefined
      const one = acting.get(token)
      if (one === undefined)
        throw new UserError({
          code: 'signer-unknown',
          message: 'nobody acts here under what this request carries',
          hint: 'give the command again',
          exitCode: exitCodes.environment,
        })
      one.seen = performance.now()
      return one.api
    },
    close() {
      for (const token of acting.keys()) end(token)
    },
  }
}

/** The header that says on whose behalf a command asks. */
const signerHeader = 'x-breachline-signer'
