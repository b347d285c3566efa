import { createReadStream, readFileSync, statSync } from 'node:fs'
import { basename } from 'node:path'
import { exitCodes, limits, UserError, type Watch } from '../base/index.ts'
import type { Signer } from '../evidence/index.ts'
import { mispRules, objectStream, StixReader } from '../sharing/index.ts'
import { readIndicators } from './indicators-read.ts'
import { meet, type MetHere } from './subscribe-meet.ts'
import type { Workspace } from './workspace.ts'

/** What a file of shared intelligence held, and what it met here. */
export interface ImportedFile extends MetHere {
  readonly format: 'stix' | 'misp'
  readonly objects: number
  readonly counts: Readonly<Record<string, number>>
  /** False when the file ends too early. */
  readonly whole: boolean
}

/**
 * Takes in a STIX 2.1 bundle of any size, object by object, or a MISP event: keeps indicators and rules with source, date, TLP and
 * PAP, searches all logs at once, and opens a case where they hit.
 */
export async function importShared(options: {
  readonly workspace: Workspace
  readonly signer: Signer
  readonly file: string
  readonly format: 'stix' | 'misp'
  readonly caseId?: string
  readonly watch: Watch
}): Promise<ImportedFile> {
  const { workspace, signer, file, format, watch } = options
  const info = statSync(file, { throwIfNoEntry: false })
  if (info === undefined || !info.isFile())
    throw new UserError({ code: 'no-such-path', message: `${file} is no file`, hint: 'give a STIX 2.1 bundle or a MISP event' })
  const label = basename(file)
  const from = `file:${label}`
  const reader = new StixReader(label)
  let whole = true
  if (format === 'stix') {
    for await (const part of objectStream(createReadStream(file, { highWaterMark: 1024 * 1024 }))) {
      if (part.kind === 'object') reader.add(part.text)
      else if (part.kind === 'skipped') reader.fault(`is ${part.why}`, part.n)
      else whole = part.whole
      if (reader.objects > limits.sharedObjects)
        throw new UserError({
          code: 'too-many-objects',
          message: `more than ${limits.sharedObjects} objects`,
          hint: 'divide the bundle',
        })
      watch.signal?.throwIfAborted()
    }
    if (reader.objects === 0)
      throw new UserError({
        code: 'no-stix',
        message: `${label} holds no STIX objects`,
        hint: 'give {"type": "bundle", "objects": [...]}',
        exitCode: exitCodes.badInput,
      })
  } else if (info.size > limits.documentBytes)
    throw new UserError({
      code: 'file-too-large',
      message: `${label} is larger than ${limits.documentBytes} bytes`,
      hint: 'divide the event',
    })
  const text = format === 'misp' ? readFileSync(file, 'utf8') : ''
  const read = format === 'misp' ? readIndicators(text, label) : undefined
  const rules = format === 'misp' ? rulesOf(text) : []
  if (read?.indicators.length === 0 && rules.length === 0)
    throw new UserError({
      code: 'no-misp',
      message: `${label} holds no attribute that is read`,
      hint: 'give a MISP event as JSON',
      exitCode: exitCodes.badInput,
    })
  const further = (read?.indicators ?? []).map((indicator) => ({ object: `${indicator.kind} ${indicator.value}`, indicator }))
  const stix = reader.done()
  const received = { ...stix, patterns: [...stix.patterns, ...rules] }
  const { told } = await meet({ ...options, workspace, signer, from, label, received, further, watch })
  const unread = [
    ...told.unread,
    ...(read?.unreadable ?? [])
      // They are read as rules.
      .filter(({ why }) => why !== 'an attribute of type sigma is not read')
      .map(({ line, why }) => ({ object: `line ${line}`, why })),
  ]
  return {
    ...told,
    unread,
    format,
    objects: format === 'stix' ? received.objects : further.length + rules.length,
    counts: received.counts,
    whole,
  }
}

function rulesOf(text: string): ReturnType<typeof mispRules> {
  try {
    return mispRules(JSON.parse(text))
  } catch {
    // The reader of indicators says that it is no JSON.
    return []
  }
}
