import { createReadStream, createWriteStream } from 'node:fs'
import { rm } from 'node:fs/promises'
import { basename } from 'node:path'
import { pipeline } from 'node:stream/promises'
import { fileSource } from '../base/index.ts'
import { addExhibit, type Signer } from '../evidence/index.ts'
import type { FileRule } from './case-settings.ts'
import { openCase } from './case-store.ts'
import { packageVersion } from './package-root.ts'
import type { ReadSegment } from './watch-desk.ts'
import { countLines } from './watch-lines.ts'
import type { Workspace } from './workspace.ts'

/**
 * Takes a closed segment into a case as an exhibit, with how it was read; gives its number. The same segment is taken in once.
 * Rows are not read without the lines that name their columns: those go in front, and the record says so.
 */
export async function keepSegment(
  { path, source, segment, kind, header, from, to, opened, closed, why }: ReadSegment,
  into: {
    readonly workspace: Pick<Workspace, 'path'>
    readonly caseId: string
    readonly signer: Signer
    readonly rule: Omit<FileRule, 'glob'>
  },
): Promise<string> {
  const { signer, rule } = into
  const store = openCase(into.workspace, into.caseId)
  const whole = header.length === 0 ? path : `${path}.headed`
  try {
    if (whole !== path) await pipeline(withHeader(header, path), createWriteStream(whole, { mode: 0o600 }))
    // With the day: times without a year take it from the name.
    const name = `${basename(source)}.${opened.slice(0, 10)}.segment-${segment}`
    const added = await addExhibit(store, {
      file: await fileSource(whole),
      name,
      kind,
      role: rule.role ?? 'logs',
      mode: 'copied',
      acquisition: {
        by: signer.name,
        when: closed,
        from: `followed source ${source}, segment ${segment}, bytes ${from}-${to}, read from ${opened} to ${closed}, closed: ${why}${whole === path ? '' : `; in front the ${countLines(header)} lines before it that name its columns`}`,
        how: { tool: 'breachline watch', version: packageVersion(), method: 'live-read' },
      },
      by: signer,
      at: closed,
    })
    store.keepGiven({ sha256: added.exhibit.sha256, name, rule, at: closed })
    return added.exhibit.number
  } finally {
    if (whole !== path) await rm(whole, { force: true })
    store.close()
  }
}

async function* withHeader(header: Uint8Array, path: string): AsyncGenerator<Uint8Array> {
  yield header
  yield* createReadStream(path) as AsyncIterable<Uint8Array>
}
