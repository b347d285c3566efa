import { join } from 'node:path'
import { fileSource, parseIso, sha256, sha256Of, UserError, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { evidenceRequest } from '../vendor-check/index.ts'
import { caseIds, openCase } from './case-store.ts'
import { writeWhole } from './vendor-check-files.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** Who does it, where. */
export interface Acting {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly watch: Watch
}

/** A request for records as a person states it; days are `YYYY-MM-DD`. */
export interface NewRequest {
  readonly case: string
  readonly vendor: string
  /** Who asks; the case's operator when absent. */
  readonly operator?: string
  readonly from: string
  readonly to: string
  readonly artefacts: readonly string[]
  readonly sha256: string
  readonly rows?: number
  readonly due: string
  /** Folder for the letter and the document. */
  readonly out: string
}

/** Writes the request and records that it was made. Gives the paths. Throws a `UserError` for a day, hash or period that is not well formed. */
export function requestEvidence(acting: Acting, request: NewRequest): { readonly letter: string; readonly document: string } {
  const { workspace, signer } = acting
  for (const day of [request.from, request.to, request.due])
    if (!/^\d{4}-\d{2}-\d{2}$/.test(day) || parseIso(day) === undefined) refuse(`"${day}" is no day`, 'write it as 2026-09-30')
  if (request.from > request.to) refuse('the period ends before it begins', 'write it as 2026-01-01..2026-09-30')
  if (!/^[0-9a-f]{64}$/.test(request.sha256))
    refuse('the hash of the sample is no SHA-256', 'give 64 hexadecimal digits, or the file with --sample')
  const known = caseIds(workspace).includes(request.case)
  const operator = request.operator ?? (known ? operatorOf(workspace, request.case) : '')
  const { sha256: hash, rows, out, ...terms } = request
  const { letter, document } = evidenceRequest({
    ...terms,
    operator,
    sample: { sha256: hash, ...(rows === undefined ? {} : { rows }) },
    at: workspace.world.now(),
  })
  const name = `evidence-request-${request.vendor
    .toLowerCase()
    .replaceAll(/[^a-z0-9]+/g, '-')
    .slice(0, 60)}`
  const paths = { letter: join(out, `${name}.md`), document: join(out, `${name}.json`) }
  const text = `${JSON.stringify(document, undefined, 2)}\n`
  writeWhole(paths.letter, letter)
  writeWhole(paths.document, text)
  recordAct(workspace, {
    act: 'exported',
    by: signer,
    detail: {
      what: 'evidence request',
      case: request.case,
      vendor: request.vendor,
      due: request.due,
      letter: sha256(letter),
      document: sha256(text),
    },
  })
  return paths
}

function refuse(message: string, hint: string): never {
  throw new UserError({ code: 'request-wrong', message, hint, exitCode: 2 })
}

function operatorOf(workspace: Workspace, id: string): string {
  const store = openCase(workspace, id)
  try {
    return store.info().operator
  } finally {
    store.close()
  }
}

/** SHA-256 of a sample, for a letter that names it. */
export async function hashOfSample(file: string): Promise<string> {
  return sha256Of(await fileSource(file))
}
