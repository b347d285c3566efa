import { fault, type Fault, type JsonFields, limits, objectOf, sha256, UserError } from '../base/index.ts'
import type { Advisory, AdvisorySource } from './advisory.ts'
import { dayOf } from './json-fields.ts'
import { csafHead, isCsaf, readCsaf } from './read-csaf.ts'
import { isKev, readKev } from './read-kev.ts'
import { isStix, readStix } from './read-stix.ts'

/** What a file of advisories holds. */
export interface ReadAdvisories {
  readonly source: AdvisorySource
  readonly advisories: readonly Advisory[]
  /** Entries that were not read, with their place. */
  readonly faults: readonly Fault[]
}

/**
 * Reads the KEV catalogue, a CSAF 2.0 advisory, a STIX 2.1 bundle, or text with CVE ids in it (a list, a bulletin). Throws a `UserError` for a
 * document that is none of them, or holds no CVE id at all.
 */
export function readAdvisories(bytes: Uint8Array, file: string): ReadAdvisories {
  if (bytes.length > limits.documentBytes)
    throw unreadable(file, `has ${bytes.length} bytes, more than ${limits.documentBytes}`, 'divide it')
  const text = new TextDecoder().decode(bytes)
  const faults: Fault[] = []
  const faulty = (entry: number): void => {
    if (faults.length < limits.faultsKept)
      faults.push(
        fault(
          'advisory-entry',
          'an entry without a CVE id or product is left out',
          { file, record: entry },
          'correct it, or do without it',
        ),
      )
  }
  const of = (kind: AdvisorySource['kind'], name: string, date?: string): AdvisorySource => ({
    kind,
    name,
    file,
    sha256: sha256(bytes),
    ...(date === undefined ? {} : { date }),
  })
  const document = /^\uFEFF?\s*\{/.test(text) ? parsed(text, file) : undefined
  let advisories: Advisory[]
  let source: AdvisorySource
  if (document === undefined) {
    source = of('list', file)
    advisories = listed(text, source)
  } else if (isKev(document)) {
    source = of('kev', 'CISA KEV', dayOf(document['dateReleased']))
    advisories = readKev(document, source, faulty)
  } else if (isCsaf(document)) {
    const { name, date } = csafHead(document)
    source = of('csaf', name ?? file, date)
    advisories = readCsaf(document, source, faulty)
  } else if (isStix(document)) {
    source = of('stix', file)
    advisories = readStix(document, source)
  } else
    throw unreadable(
      file,
      'is neither a KEV catalogue, a CSAF advisory nor a STIX bundle',
      'give one of these, or text with CVE ids',
    )
  if (advisories.length === 0)
    throw unreadable(file, 'names no CVE id', 'give a KEV catalogue, a CSAF advisory, a STIX bundle, or text with CVE ids')
  return { source, advisories, faults }
}

/** CVE ids in a text, each once, by the line they stand in first. */
function listed(text: string, source: AdvisorySource): Advisory[] {
  const found = new Map<string, number>()
  let line = 0
  for (const row of text.split('\n')) {
    line += 1
    for (const [id] of row.slice(0, limits.fieldChars).matchAll(/\bCVE-\d{4}-\d{4,19}\b/gi))
      if (!found.has(id.toUpperCase())) found.set(id.toUpperCase(), line)
  }
  return [...found].map(([cve, entry]) => ({
    cve,
    title: cve,
    source,
    entry,
    concerned: [],
    exploited: false,
    ransomware: false,
    actions: [],
  }))
}

function parsed(text: string, file: string): JsonFields {
  let nesting = 0
  for (let at = 0, quoted = false; at < text.length; at += 1) {
    const char = text[at]
    if (quoted) {
      if (char === '\\') at += 1
      else if (char === '"') quoted = false
    } else if (char === '"') quoted = true
    else if (char === '{' || char === '[') nesting += 1
    else if (char === '}' || char === ']') nesting -= 1
    if (nesting > limits.depth)
      throw unreadable(file, `is nested deeper than ${limits.depth}`, 'ask its publisher for a sound file')
  }
  try {
    return objectOf(JSON.parse(text.replace(/^\uFEFF/, '')))
  } catch {
    throw unreadable(file, 'is no complete JSON document', 'fetch it again')
  }
}

function unreadable(file: string, what: string, hint: string): UserError {
  return new UserError({ code: 'advisory-unreadable', message: `${file} ${what}`, hint })
}
