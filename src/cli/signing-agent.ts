import { createHash, randomBytes, timingSafeEqual } from 'node:crypto'
import { createServer, type IncomingMessage } from 'node:http'
import { z } from 'zod'
import type { Canonical } from '../base/index.ts'
import { entryText, proofText, type CustodyEntry, type Signer } from '../evidence/index.ts'

/** A key at work for one command: the process that serves asks it here for signatures. */
export interface SigningAgent {
  readonly port: number
  /** What the process that serves must send; new for every command. */
  readonly secret: string
  close(): void
}

const mostBytes = 4 * 1024 * 1024
/** An entry is signed when its time is this close to now on the same machine. */
const nearMs = 10 * 60_000

const person = z.strictObject({ name: z.string(), role: z.string(), fingerprint: z.string() })
const entrySchema = z.strictObject({
  seq: z.int().min(1),
  at: z.string(),
  act: z.string(),
  exhibit: z.string().exactOptional(),
  by: z.array(person).min(1).max(2),
  detail: z.record(z.string(), z.unknown()),
  prevHash: z.string().regex(/^[0-9a-f]{64}$/),
})
const questionSchema = z.union([
  z.strictObject({ challenge: z.string().regex(/^[A-Za-z0-9_-]{43}$/) }),
  z.strictObject({ entry: entrySchema }),
])

/**
 * Listens on 127.0.0.1 and signs with the person's key, until closed: one proof that the key is at hand, and entries of custody in this person's name,
 * made now. An entry carries its number and the hash of the one before, so that its signature fits one place of one chain.
 */
export async function signingAgent(signer: Signer, now: () => string): Promise<SigningAgent> {
  const secret = randomBytes(32).toString('base64url')
  let proved = false
  const server = createServer((request, response) => {
    void textOf(request).then((text) => {
      const known = request.method === 'POST' && same(request.headers.authorization ?? '', `Bearer ${secret}`)
      const signature = known && text !== undefined ? signed(text) : undefined
      response
        .writeHead(signature === undefined ? 403 : 200, { 'content-type': 'text/plain', connection: 'close' })
        .end(signature ?? '')
    })
  })
  const port = await new Promise<number>((resolve, reject) => {
    server.once('error', reject)
    server.listen({ port: 0, host: '127.0.0.1' }, () => {
      const address = server.address()
      resolve(typeof address === 'object' && address !== null ? address.port : 0)
    })
  })
  return {
    port,
    secret,
    close() {
      server.closeAllConnections()
      server.close()
    },
  }

  function signed(text: string): string | undefined {
    const question = questionSchema.safeParse(parsed(text)).data
    if (question === undefined) return undefined
    if ('challenge' in question) {
      if (proved) return undefined
      proved = true
      return signer.sign(proofText(question.challenge))
    }
    const entry = question.entry as typeof question.entry & Pick<CustodyEntry, 'act'> & { detail: Record<string, Canonical> }
    const ours = entry.by.every(({ name, fingerprint }) => fingerprint === signer.fingerprint && name === signer.name)
    const near = Math.abs(Date.parse(entry.at) - Date.parse(now())) <= nearMs
    return proved && ours && near ? textSigned(signer, entry) : undefined
  }
}

/** Undefined for what no entry can hold, such as a fraction. */
function textSigned(signer: Signer, entry: Parameters<typeof entryText>[0]): string | undefined {
  try {
    return signer.sign(entryText(entry))
  } catch {
    return undefined
  }
}

function parsed(text: string): unknown {
  try {
    return JSON.parse(text)
  } catch {
    return undefined
  }
}

async function textOf(request: IncomingMessage): Promise<string | undefined> {
  const parts: Buffer[] = []
  let bytes = 0
  try {
    for await (const part of request as AsyncIterable<Buffer>) {
      bytes += part.length
      if (bytes > mostBytes) return undefined
      parts.push(part)
    }
  } catch {
    return undefined
  }
  return Buffer.concat(parts).toString('utf8')
}

function same(given: string, wanted: string): boolean {
  const digest = (text: string): Buffer => createHash('sha256').update(text).digest()
  return timingSafeEqual(digest(given), digest(wanted))
}
