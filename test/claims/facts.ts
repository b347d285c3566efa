import { readdirSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { expect } from 'vitest'
import { momentText, type Fault, type Moment } from '../../src/base/index.ts'
import { claimDocuments, readClaims, type ClaimDocument, type Thread } from '../../src/claims/index.ts'
import type { Cite } from '../../src/evidence/index.ts'

/** Reads every `in*` file of a folder (or the files named) the way the product does. */
export async function readFolder(
  folder: string,
  pick: (name: string) => boolean = (name) => name.startsWith('in'),
): Promise<{ documents: ClaimDocument[]; threads: Thread[]; faults: Fault[]; bytes: Map<string, Buffer> }> {
  const documents: ClaimDocument[] = []
  const faults: Fault[] = []
  const bytes = new Map<string, Buffer>()
  for (const file of readdirSync(folder).filter(pick).sort()) {
    const content = readFileSync(join(folder, file))
    const read = await claimDocuments({ file, bytes: content })
    faults.push(...read.faults)
    for (const document of read.documents) {
      documents.push(document)
      bytes.set(document.sha256, content)
    }
  }
  const claims = readClaims(documents)
  return { documents, threads: claims.threads, faults: [...faults, ...claims.faults], bytes }
}

/** A thread as facts: names, numbers, times and keys, without the sentences of the sources. */
export function factsOf(thread: Thread): unknown {
  const time = (at: Moment | undefined) => (at ? momentText(at) : undefined)
  return plain({
    id: thread.id,
    actor: thread.actor,
    victims: thread.victims.map((one) => `${one.name}: ${one.standing}`),
    posts: thread.posts.map((one) => ({
      source: one.source,
      channel: one.channel,
      at: time(one.at),
      reportedAt: time(one.reportedAt),
      editedAt: time(one.editedAt),
      attachments: one.attachments.length > 0 ? one.attachments.map((file) => file.file) : undefined,
      pictured: one.pictured,
    })),
    assertions: thread.assertions.map(({ text: _text, cite: _cite, also, ...one }) => ({
      ...one,
      places: 1 + (also?.length ?? 0),
    })),
    demands: thread.demands.map((one) => ({ points: one.points, quantity: one.quantity, unit: one.unit, at: time(one.at) })),
    offers: thread.offers?.map((one) => ({ points: one.points, quantity: one.quantity, unit: one.unit, at: time(one.at) })),
    deadlines: thread.deadlines.map((one) => ({ every: one.every, from: time(one.from), at: time(one.at) })),
    statements: thread.statements.map((one) => ({ by: one.by, name: one.name, points: one.points, at: time(one.at) })),
    thirdParties: thread.thirdParties.length,
  })
}

function plain(value: unknown): unknown {
  return JSON.parse(JSON.stringify(value)) as unknown
}

/** Lines that were broken for their length, read as one. */
function unwrapped(text: string): string {
  return text.replace(/[ \t\r]{0,20}\n[ \t]{0,20}(?:> ?)?[ \t]{0,20}/g, ' ')
}

/** Every cite of a thread opens: its bytes are the text, its record exists. */
export function expectCitesOpen(
  thread: Thread,
  read: { bytes: Map<string, Buffer>; documents: readonly ClaimDocument[] },
): number {
  let count = 0
  const check = (cite: Cite, text: string, verbatim: boolean) => {
    count += 1
    if (cite.kind !== 'exhibit') throw new Error('a claim cites exhibits only')
    const content = read.bytes.get(cite.sha256)
    if (!content) throw new Error(`no exhibit ${cite.file}`)
    if (cite.at.kind === 'bytes') {
      expect(cite.at.to).toBeLessThanOrEqual(content.length)
      expect(cite.at.to).toBeGreaterThan(cite.at.from)
      if (verbatim) expect(unwrapped(content.subarray(cite.at.from, cite.at.to).toString('utf8'))).toBe(text)
    } else if (cite.at.kind === 'record') {
      const { n } = cite.at
      const chat = read.documents.find((one) => one.kind === 'chat' && one.sha256 === cite.sha256)
      const posts = chat?.kind === 'chat' ? chat.chats.flatMap((one) => one.posts) : []
      expect(posts.find((one) => one.record === n)?.text).toContain(text)
    }
  }
  const html = (cite: Cite) => cite.kind === 'exhibit' && cite.file.endsWith('.html')
  for (const one of [...thread.assertions, ...thread.demands, ...thread.deadlines, ...thread.statements, ...thread.thirdParties])
    check(one.cite, one.text, !html(one.cite))
  for (const post of thread.posts) check(post.cite, post.source === 'actor' ? post.text : '', false)
  return count
}
