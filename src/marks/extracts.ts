import {
  createReadStream,
  existsSync,
  mkdirSync,
  readdirSync,
  readFileSync,
  renameSync,
  rmSync,
  statSync,
  writeFileSync,
} from 'node:fs'
import { join } from 'node:path'
import { fault, type Fault } from '../base/index.ts'
import { acknowledgementText, type Acknowledged } from './acknowledgement.ts'
import { manifestHolds, parseManifest, type ExtractManifest } from './manifest.ts'
import { markScheme, recordHash, type ExtractRecord } from './record.ts'

/** An extract whose marks can be read: its papers and its index. */
export interface MarkedExtract {
  readonly manifest: ExtractManifest
  readonly record: ExtractRecord
  readonly acknowledged?: Acknowledged
  /** The bytes of the index, from the beginning. */
  index(): AsyncIterable<Uint8Array>
}

/** Where the draft of an extract's index is written before the extract is kept. */
export function draftIndex(folder: string, extract: string): string {
  const draft = draftOf(folder, extract)
  rmSync(draft, { recursive: true, force: true })
  mkdirSync(draft, { recursive: true, mode: 0o700 })
  return join(draft, 'index.bin')
}

/** Keeps an extract under `folder`: its draft with record, manifest and acknowledgement text becomes `folder/ID` in one step. */
export function keepExtract(
  folder: string,
  papers: { readonly manifest: ExtractManifest; readonly record: ExtractRecord },
): void {
  const { manifest, record } = papers
  const draft = draftOf(folder, manifest.extract)
  const home = join(folder, manifest.extract)
  write(join(draft, 'record.json'), `${JSON.stringify(record, undefined, 2)}\n`)
  write(join(draft, 'manifest.json'), `${JSON.stringify(manifest, undefined, 2)}\n`)
  write(join(draft, 'acknowledgement.txt'), acknowledgementText(manifest))
  rmSync(home, { recursive: true, force: true })
  renameSync(draft, home)
}

/** Removes a draft that came to nothing. */
export function dropDraft(folder: string, extract: string): void {
  rmSync(draftOf(folder, extract), { recursive: true, force: true })
}

/** Records what a recipient returned. */
export function keepAcknowledged(folder: string, acknowledged: Acknowledged): void {
  write(join(folder, acknowledged.extract, 'acknowledged.json'), `${JSON.stringify(acknowledged, undefined, 2)}\n`)
}

/** The extracts handed out, by id. One whose papers do not belong together is a fault and left out. */
export function listExtracts(folder: string): { readonly extracts: readonly MarkedExtract[]; readonly faults: readonly Fault[] } {
  const extracts: MarkedExtract[] = []
  const faults: Fault[] = []
  if (!existsSync(folder)) return { extracts, faults }
  for (const id of readdirSync(folder).sort()) {
    const home = join(folder, id)
    if (id.startsWith('.') || !existsSync(join(home, 'manifest.json'))) continue
    const one = openExtract(home)
    if (one !== undefined && one.manifest.extract === id) extracts.push(one)
    else
      faults.push(
        fault(
          'extract-papers-wrong',
          'The signature, the record or the index of the extract is not the one it was cut with.',
          { file: join(id, 'manifest.json') },
          'Restore the folder from a backup of the workspace; its marks were not read.',
        ),
      )
  }
  return { extracts, faults }
}

function openExtract(home: string): MarkedExtract | undefined {
  const manifest = parseManifest(json(join(home, 'manifest.json')))
  const record = json(join(home, 'record.json')) as ExtractRecord | undefined
  const index = join(home, 'index.bin')
  if (manifest === undefined || record === undefined || !existsSync(index)) return undefined
  if (record.scheme !== markScheme || recordHash(record) !== manifest.marks.record || !manifestHolds(manifest)) return undefined
  if (statSync(index).size !== record.index.bytes) return undefined
  const acknowledged = json(join(home, 'acknowledged.json')) as Acknowledged | undefined
  return {
    manifest,
    record,
    ...(acknowledged === undefined ? {} : { acknowledged }),
    index: () => createReadStream(index, { highWaterMark: 1024 * 1024 }),
  }
}

function draftOf(folder: string, extract: string): string {
  return join(folder, `.${extract}.part`)
}

function json(path: string): unknown {
  try {
    return JSON.parse(readFileSync(path, 'utf8')) as unknown
  } catch {
    return undefined
  }
}

function write(path: string, text: string): void {
  writeFileSync(`${path}.new`, text, { mode: 0o600, flush: true })
  renameSync(`${path}.new`, path)
}
