import { randomBytes } from 'node:crypto'
import { existsSync, readFileSync } from 'node:fs'
import { join } from 'node:path'
import { UserError, type Watch } from '../base/index.ts'
import {
  askAbout,
  documentText,
  estimate,
  itemSpec,
  readAnswer,
  readDocument,
  readSet,
  verifyTranscript,
  type Ask,
  type Estimate,
  type Reading,
  type TranscriptCheck,
} from '../vendor-check/index.ts'
import { drawn, recombined } from './vendor-check-controls.ts'
import { bulkFor, documentFile, writeWhole } from './vendor-check-files.ts'
import type { Acting } from './vendor-check-request.ts'
import { allItems } from './vendor-check-table.ts'
import { recordAct } from './workspace-custody.ts'
import type { Workspace } from './workspace.ts'

/** What the operator asks with. Files of controls have the same columns as the sample, or columns named like the kinds. */
export interface NewQuestion {
  readonly case: string
  readonly sample: string
  readonly commitment: string
  readonly handed: string
  readonly never?: string
  /** Controls of each sort at most. */
  readonly controls: number
  readonly columns?: Readonly<Record<string, string>>
  readonly country?: string
  readonly order?: string
  readonly out: string
}

/** The operator's step between the vendor's two: the blinded question. Its secrets stay in the workspace, for this user alone. */
export async function askVendor({ workspace, signer, watch }: Acting, given: NewQuestion): Promise<Ask> {
  const commitment = readDocument('commitment', documentFile(given.commitment), given.commitment)
  if (commitment.case !== given.case)
    throw new UserError({
      code: 'case-differs',
      message: `the commitment is for case "${commitment.case}", not "${given.case}"`,
      hint: 'give the commitment of this case, or ask the vendor to commit for it',
    })
  const spec = itemSpec(commitment.item)
  const country = given.country ?? commitment.country
  const reading = { spec, watch, ...(country === undefined ? {} : { country }) }
  const columns = given.columns === undefined ? {} : { columns: given.columns }
  const control = { ...reading, ...columns, control: true }
  const sample = await allItems({ file: given.sample, ...reading, ...columns })
  const handedRows = await allItems({ file: given.handed, ...control })
  const outside = new Map([...handedRows.items].filter(([item]) => !sample.items.has(item)))
  const handed = drawn(outside, given.controls)
  const strangers =
    given.never === undefined
      ? recombined(handedRows.items, given.controls)
      : (await allItems({ file: given.never, ...control })).items
  const never = drawn(
    new Map([...strangers].filter(([item]) => !sample.items.has(item) && !handedRows.items.has(item))),
    given.controls,
  )
  const bulk = await bulkFor(sample.items.size)
  try {
    const { ask, state } = await askAbout({
      commitment,
      questions: { sample: { ...sample, handed: handedRows.items.size - outside.size }, handed, never },
      ...(given.order === undefined ? {} : { order: given.order }),
      at: workspace.world.now(),
      random: (bytes) => randomBytes(bytes),
      bulk,
    })
    const folder = folderOf(workspace, ask.id)
    writeWhole(join(folder, 'state.json'), state)
    writeWhole(join(folder, 'ask.json'), documentText(ask))
    recordAct(workspace, {
      act: 'exported',
      by: signer,
      detail: {
        what: 'vendor-check question',
        case: given.case,
        ask: ask.id,
        commitment: commitment.id,
        sample: sample.sha256,
        items: ask.elements.length,
        order: given.order,
      },
    })
    writeWhole(given.out, documentText(ask))
    return ask
  } finally {
    await bulk.close()
  }
}

function folderOf(workspace: Workspace, ask: string): string {
  return workspace.path('vendor-check', ask.slice(0, 32))
}

/** What an answer gave, with the numbers behind its sentences. */
export interface VendorAnswer extends Omit<Reading, 'transcript'> {
  readonly case: string
  readonly sizes: Ask['sizes']
  readonly estimate: Estimate
  readonly sentences: readonly string[]
  /** Id of the transcript, and where it was written. */
  readonly transcript: { readonly id: string; readonly file: string }
}

/** The operator's last step: reads the answer against the set and what was kept, and writes the transcript. */
export async function readVendorAnswer(
  { workspace, signer, watch }: Acting,
  given: { readonly answer: string; readonly set: string; readonly out: string },
): Promise<VendorAnswer> {
  const answer = readDocument('answer', documentFile(given.answer), given.answer)
  const folder = folderOf(workspace, answer.ask)
  const [askFile, stateFile] = [join(folder, 'ask.json'), join(folder, 'state.json')]
  if (!existsSync(askFile) || !existsSync(stateFile))
    throw new UserError({
      code: 'question-unknown',
      message: `no question ${answer.ask.slice(0, 16)} was asked from this workspace`,
      hint: 'read the answer in the workspace that made the question (--workspace)',
    })
  const ask = readDocument('ask', documentFile(askFile), askFile)
  const set = readSet(readFileSync(given.set), given.set)
  const bulk = await bulkFor(ask.elements.length * 80)
  try {
    const state = readFileSync(stateFile, 'utf8')
    const { hits, transcript, rows } = await readAnswer({ ask, answer, state, set, at: workspace.world.now(), bulk, watch })
    writeWhole(given.out, documentText(transcript))
    recordAct(workspace, {
      act: 'verified',
      by: signer,
      detail: {
        what: 'vendor-check answer',
        case: ask.commitment.case,
        ask: ask.id,
        answer: answer.id,
        transcript: transcript.id,
        ...hits,
      },
    })
    return {
      case: ask.commitment.case,
      hits,
      sizes: ask.sizes,
      estimate: estimate(hits, ask.sizes),
      sentences: transcript.sentences,
      transcript: { id: transcript.id, file: given.out },
      ...(rows === undefined ? {} : { rows }),
    }
  } finally {
    await bulk.close()
  }
}

/** Checks a transcript without workspace or secret. */
export async function verifyVendorCheck(file: string, watch: Watch): Promise<TranscriptCheck> {
  const transcript = readDocument('transcript', documentFile(file), file)
  const bulk = await bulkFor(transcript.ask.elements.length * 80)
  try {
    return await verifyTranscript(transcript, { bulk, watch })
  } finally {
    await bulk.close()
  }
}
