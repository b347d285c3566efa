import { readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { bytesSource, contentId, exitCodes, limits, sha256, UserError, type Watch } from '../base/index.ts'
import { addTask, closeTask, note } from '../casefile/index.ts'
import { addExhibit, type Signer } from '../evidence/index.ts'
import { readIris, readTheHive, StixReader, type HandedCase } from '../sharing/index.ts'
import { caseIdFrom, openCase } from './case-store.ts'
import { handedIndicators } from './handed-indicators.ts'
import { newCase } from './new-case.ts'
import { packageVersion } from './package-root.ts'
import { meet, type MetHere } from './subscribe-meet.ts'
import type { Workspace } from './workspace.ts'

/** What a case of another tool brought. */
export interface ImportedCase extends MetHere {
  readonly tool: HandedCase['tool']
  /** The case it was written into. */
  readonly into: string
  readonly exhibit: string
  readonly entries: number
  readonly tasks: number
  /** Observables not said to be bad: they are in the exhibit, and nothing is searched for them. */
  readonly notSearched: number
}

/**
 * Takes the JSON of a case of DFIR-IRIS or TheHive into a case of its own, or the one named: the file as an exhibit, its events, notes and tasks
 * signed by who takes it in, its indicators kept with source and TLP and searched for in all logs at once. The same file again adds nothing.
 */
export async function importCase(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly file: string
  readonly format: 'iris' | 'thehive'
  /** The case to write into; one of the title of the other when absent. */
  readonly into?: string
  /** Search only the logs of this case. */
  readonly caseId?: string
  readonly watch: Watch
}): Promise<ImportedCase> {
  const { workspace, signer, file, format, watch } = options
  const label = basename(file)
  const bytes = readBounded(file)
  const read = (format === 'iris' ? readIris : readTheHive)(parsed(bytes, label), label)
  if (read === undefined)
    throw new UserError({
      code: 'no-handed-case',
      message: `${label} is no case of ${format === 'iris' ? 'DFIR-IRIS: "case" with a name and its lists' : 'TheHive: "title", "severity" and its lists'} were looked for`,
      hint: 'give the JSON of one case, as docs/telling-others.md describes it',
      exitCode: exitCodes.badInput,
    })
  const into = options.into ?? caseIdFrom(`${format} ${read.title}`)
  if (options.into === undefined && !workspaceHas(workspace, into))
    newCase({ workspace, signer, id: into, info: { title: read.title } })
  const hash = sha256(bytes)
  const now = workspace.world.now()
  const act = (place: string): { by: Signer; at: string; id: string } => ({
    by: signer,
    at: now,
    id: contentId('N', { hash, place }),
  })
  const store = openCase(workspace, into)
  let exhibit = ''
  try {
    const added = await addExhibit(store, {
      file: bytesSource(label, bytes),
      name: label,
      kind: 'json',
      role: 'intelligence',
      mode: 'copied',
      acquisition: {
        from: read.tool,
        how: { method: 'received', tool: 'breachline', version: packageVersion() },
        authority: 'unknown',
      },
      by: signer,
      at: now,
      watch,
    })
    exhibit = added.exhibit.number
    const from = (place: string): string => `[${read.tool}, ${exhibit} ${place}]`
    const about = [added.exhibit.number]
    store.db.transaction(() => {
      note(store.db, { ...act('case'), kind: 'note', about, text: `${read.title} ${from('case')}\n${read.description}` })
      for (const { kind, text, happened, place } of read.entries) {
        watch.signal?.throwIfAborted()
        note(store.db, {
          ...act(place),
          kind,
          about,
          text: `${text} ${from(place)}`,
          ...(happened === undefined ? {} : { happened }),
        })
      }
      for (const { text, due, closed, place } of read.tasks) {
        const opened = addTask(store.db, {
          ...act(place),
          about,
          text: `${text} ${from(place)}`,
          ...(due === undefined ? {} : { due }),
        })
        if (closed !== undefined) closeTask(store.db, opened.id, { by: signer, at: now, outcome: closed })
      }
    })
  } finally {
    store.close()
  }
  const { indicators, unread } = handedIndicators(read, label)
  const received = new StixReader(label).done()
  const { told } = await meet({ ...options, from: `file:${label}`, label, received, further: indicators, watch })
  return {
    ...told,
    unread: [...told.unread, ...unread],
    faults: read.faults,
    tool: read.tool,
    into,
    exhibit,
    entries: read.entries.length,
    tasks: read.tasks.length,
    notSearched: read.observables.filter(({ bad }) => !bad).length,
  }
}

function readBounded(file: string): Buffer {
  const info = statSync(file, { throwIfNoEntry: false })
  if (info === undefined || !info.isFile())
    throw new UserError({
      code: 'no-such-path',
      message: `${file} is no file`,
      hint: 'give the JSON of a case of DFIR-IRIS or TheHive',
    })
  if (info.size > limits.documentBytes)
    throw new UserError({
      code: 'file-too-large',
      message: `${basename(file)} is larger than ${limits.documentBytes} bytes`,
      hint: 'export the case without its files',
    })
  return readFileSync(file)
}

function parsed(bytes: Buffer, label: string): unknown {
  try {
    return JSON.parse(bytes.toString('utf8').replace(/^\uFEFF/, ''))
  } catch (cause) {
    throw new UserError({
      code: 'no-handed-case',
      message: `${label} is no complete JSON document`,
      hint: 'export the case again',
      exitCode: exitCodes.badInput,
      cause,
    })
  }
}

function workspaceHas(workspace: Workspace, id: string): boolean {
  return statSync(workspace.path('cases', id, 'case.db'), { throwIfNoEntry: false }) !== undefined
}
