import { createHash } from 'node:crypto'
import { once } from 'node:events'
import { createWriteStream, existsSync, renameSync, rmSync, writeFileSync } from 'node:fs'
import { fileSource, sha256Of, UserError, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import {
  acknowledgementText,
  draftIndex,
  dropDraft,
  keepExtract,
  markScheme,
  recordHash,
  recordOf,
  signManifest,
  type CutCounts,
  type ExtractManifest,
} from '../marks/index.ts'
import type { ExtractJob, NewExtract } from './extract-job.ts'
import type { HandedOut } from './extracts-of.ts'
import type { Item } from './items.ts'
import { registerFile } from './register-file.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/**
 * Writes the extract with its papers, records who handed it out, and registers it as a copy. Throws a `UserError` when another
 * extract has its name or another file stands in its place; nothing half-written stays.
 */
export async function writeExtract(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly copy: NewExtract
  readonly handed: HandedOut
  readonly item: Item
  readonly job: ExtractJob
  readonly watch: Watch
}): Promise<{ counts: CutCounts; manifest: ExtractManifest }> {
  const { workspace, signer, copy, handed, item, job, watch } = options
  const { plan, format } = job
  const draft = `${copy.out}.part`
  try {
    const out = digested(draft)
    const index = digested(draftIndex(handed.folder, plan.extract))
    const counts = await job.cut({ out: (text) => out.write(Buffer.from(text)), index: (bytes) => index.write(bytes) })
    const file = await out.end()
    const { sha256: indexSha256 } = await index.end()
    await refuseOther({ handed, extract: plan.extract, out: copy.out, sha256: file.sha256 })
    const record = recordOf({
      plan,
      counts,
      system: copy.system,
      asOf: copy.asOf,
      keyId: handed.key.id,
      tokenKeyId: handed.tokens.id,
      canaries: job.canaries.rows.flatMap((one) => one.tokens),
      source: { file: item.file, sha256: item.sha256 },
      indexSha256,
    })
    const manifest = signManifest(
      {
        extract: plan.extract,
        holder: copy.holder,
        system: copy.system,
        asOf: copy.asOf,
        cutAt: workspace.world.now(),
        fields: plan.columns.map((column) => column.name),
        fileFormat: format,
        ...(copy.rowFilter === undefined ? {} : { rowFilter: copy.rowFilter }),
        rows: counts.rows,
        canaries: counts.canaries,
        bytes: file.bytes,
        sha256: file.sha256,
        marks: {
          scheme: markScheme,
          keyId: handed.key.id,
          allowed: Object.fromEntries(plan.columns.map(({ name, allowed }) => [name, [...allowed]])),
          record: recordHash(record),
        },
      },
      signer,
    )
    renameSync(draft, copy.out)
    keepExtract(handed.folder, { manifest, record })
    writeFileSync(`${copy.out}.manifest.json`, `${JSON.stringify(manifest, undefined, 2)}\n`, { mode: 0o600 })
    writeFileSync(`${copy.out}.acknowledgement.txt`, acknowledgementText(manifest), { mode: 0o600 })
    recordAct(workspace, {
      act: 'exported',
      by: signer,
      detail: {
        extract: plan.extract,
        holder: copy.holder,
        rows: counts.rows,
        sha256: file.sha256,
        manifest: manifest.signature,
      },
    })
    const meanings = Object.fromEntries(
      Object.entries(copy.meanings ?? {}).filter(([name, meaning]) => manifest.fields.includes(name) && meaning !== 'text'),
    )
    await registerFile({
      workspace,
      signer,
      watch,
      copy: {
        file: copy.out,
        kind: 'extract',
        holder: copy.holder,
        system: copy.system,
        asOf: copy.asOf,
        history: false,
        id: plan.extract,
        ...(copy.meanings === undefined ? {} : { map: meanings }),
        ...(copy.country === undefined ? {} : { country: copy.country }),
        details: {
          fields: manifest.fields,
          format: {
            encoding: 'utf-8',
            ...(format.kind === 'delimited' ? { delimiter: format.delimiter } : {}),
            ...(plan.dates === undefined ? {} : { dates: plan.dates.spelling }),
          },
          ...(copy.rowFilter === undefined ? {} : { rowFilter: copy.rowFilter }),
        },
      },
    })
    return { counts, manifest }
  } finally {
    rmSync(draft, { force: true })
    dropDraft(handed.folder, plan.extract)
  }
}

/** The same extract may be cut again; another one under its name, or over a file that stands there, would replace what was handed out. */
async function refuseOther(next: {
  readonly handed: HandedOut
  readonly extract: string
  readonly out: string
  readonly sha256: string
}): Promise<void> {
  const { handed, extract, out } = next
  const known = handed.extracts.find((one) => one.record.extract === extract)
  if (known !== undefined && known.manifest.sha256 !== next.sha256)
    throw new UserError({
      code: 'extract-known',
      message: `an extract "${extract}" with other bytes was handed out already (${known.manifest.holder}, ${known.manifest.asOf}, ${known.manifest.rows} rows)`,
      hint: 'give this one its own name with --id',
    })
  if (existsSync(out) && (await sha256Of(await fileSource(out))) !== next.sha256)
    throw new UserError({
      code: 'out-exists',
      message: `${out} exists and is another file`,
      hint: 'name another file with --out, or move that one away',
    })
}

/** A file that is hashed while it is written; only this user can read it. */
function digested(path: string): { write(bytes: Buffer): Promise<void>; end(): Promise<{ sha256: string; bytes: number }> } {
  const stream = createWriteStream(path, { mode: 0o600, flush: true })
  const hash = createHash('sha256')
  const failed = once(stream, 'error').then(([error]: unknown[]) => {
    throw error
  })
  failed.catch(() => undefined)
  let bytes = 0
  return {
    async write(more) {
      hash.update(more)
      bytes += more.length
      if (!stream.write(more)) await Promise.race([once(stream, 'drain'), failed])
    },
    async end() {
      stream.end()
      await Promise.race([once(stream, 'close'), failed])
      return { sha256: hash.digest('hex'), bytes }
    },
  }
}
