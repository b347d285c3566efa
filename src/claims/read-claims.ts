import { fault, limits, type Fault } from '../base/index.ts'
import { castOf, claimantOf, mostFrequent } from './cast.ts'
import { documentKey, documentName, type ClaimDocument } from './document.ts'
import { foldName, organisationKey } from './name.ts'
import type { Passage } from './passage.ts'
import { pattern } from './language/languages.ts'
import { passagesOf } from './passages-of.ts'
import { repostsIn } from './repost.ts'
import type { Party, Reading, Thread } from './thread.ts'
import { threadOf } from './weave.ts'

const matter = pattern('matter')
const deeds: ReadonlySet<Reading['kind']> = new Set(['access', 'possession', 'defacement', 'insider-help', 'sale', 'threat'])

/**
 * Joins documents about claims into threads, one per actor (names compared without case and letters written as digits); a campaign
 * stands in where no actor is named; a document that names neither joins the one thread about the same victim.
 * In: parsed documents in any order; `zone` is assumed for times that articles state without one; `parties` are vendors, suppliers and
 * systems of the estate, `operator` its name. Out: threads sorted by id,
 * and faults for documents that hold no claim. Same documents, same threads.
 */
export function readClaims(
  documents: readonly ClaimDocument[],
  options: { readonly zone?: string; readonly parties?: readonly Party[]; readonly operator?: string } = {},
): { threads: Thread[]; faults: Fault[] } {
  const faults: Fault[] = []
  const unique = [
    ...new Map(
      documents.map((document) => [
        document.kind === 'picture' ? `${documentKey(document)} ${document.file}` : `${documentKey(document)} ${document.kind}`,
        document,
      ]),
    ).values(),
  ]
  const read = passagesOf(unique, options.zone)
  const copies = repostsIn(read)
  // A copy on another channel belongs to the thread of whoever said it first.
  const passages = read.map((passage): Passage => {
    const original = copies.get(passage)
    if (original?.author === undefined) return passage
    const same = passage.author !== undefined && foldName(passage.author) === foldName(original.author)
    return { ...passage, ...(same ? {} : { author: original.author }), repostOf: original.cite }
  })
  const groups = new Map<string, { names: string[]; passages: Passage[] }>()
  const unnamed: Passage[][] = []
  for (const unit of unitsOf(passages)) {
    const name = unit[0]?.author || claimantOf(unit)
    if (name === undefined || foldName(name) === '') {
      unnamed.push(unit)
      continue
    }
    const group = groups.get(foldName(name)) ?? { names: [], passages: [] }
    group.names.push(...(unit[0]?.author ? [name] : namesLike(name, unit)))
    for (const passage of unit) group.passages.push(passage)
    groups.set(foldName(name), group)
  }
  const about = new Map([...groups].map(([key, group]) => [key, victimKeys(group.passages, mostFrequent(group.names))]))
  for (const unit of unnamed) {
    const key = placeOf(unit, about)
    const group = groups.get(key) ?? { names: [''], passages: [] }
    for (const passage of unit) group.passages.push(passage)
    groups.set(key, group)
  }
  const threads: Thread[] = []
  const held = new Set<string>()
  for (const { names, passages: own } of groups.values()) {
    const actor = mostFrequent(names)
    const ordered = own.sort(inTime)
    const thread = threadOf(castOf(actor, ordered), ordered, options)
    if (!hasClaim(thread)) continue
    threads.push(bounded(thread, own[0] === undefined ? '' : documentName(own[0].document), faults))
    for (const passage of own) held.add(documentKey(passage.document))
  }
  for (const document of unique) {
    if (document.kind !== 'picture' && !held.has(documentKey(document))) faults.push(nothing(documentName(document)))
  }
  threads.sort((a, b) => (a.id !== b.id ? (a.id < b.id ? -1 : 1) : a.actor < b.actor ? -1 : 1))
  const ids = new Map<string, number>()
  for (const [index, thread] of threads.entries()) {
    const count = (ids.get(thread.id) ?? 0) + 1
    ids.set(thread.id, count)
    // Two names that differ in signs alone would share an id.
    if (count > 1) threads[index] = { ...thread, id: `${thread.id}-${count}` }
  }
  faults.sort((a, b) => (a.where.file < b.where.file ? -1 : 1))
  return { threads, faults: faults.slice(0, limits.faultsKept) }
}

/** A whole article, or all posts of one author. */
function unitsOf(passages: readonly Passage[]): Passage[][] {
  const units = new Map<string, Passage[]>()
  for (const passage of passages) {
    const key = `${documentKey(passage.document)} ${passage.author === undefined ? '' : foldName(passage.author)}`
    const unit = units.get(key)
    if (unit) unit.push(passage)
    else units.set(key, [passage])
  }
  return [...units.values()]
}

function namesLike(name: string, unit: readonly Passage[]): string[] {
  return castOf(name, unit)
    .forms.filter((form) => form.role === 'actor')
    .flatMap(({ form }) =>
      unit.flatMap(({ text }) =>
        text
          .split(form)
          .slice(1)
          .map(() => form),
      ),
    )
    .concat(name)
}

/** A document without a claimant: to the one thread about its victim, else to the thread of nobody (key ''). */
function placeOf(unit: readonly Passage[], about: ReadonlyMap<string, ReadonlySet<string>>): string {
  const keys = victimKeys(unit, '')
  const found = [...about].filter(([, others]) => [...keys].some((key) => others.has(key)))
  return found.length === 1 ? (found[0]?.[0] ?? '') : ''
}

function victimKeys(passages: readonly Passage[], actor: string): Set<string> {
  return new Set(castOf(actor, passages).victims.map((victim) => organisationKey(victim.name)))
}

function inTime(a: Passage, b: Passage): number {
  const x = (a.at ?? a.reportedAt)?.at ?? '9999'
  const y = (b.at ?? b.reportedAt)?.at ?? '9999'
  if (x !== y) return x < y ? -1 : 1
  const [m, n] = [documentKey(a.document), documentKey(b.document)]
  if (m !== n) return m < n ? -1 : 1
  return a.order - b.order
}

function hasClaim(thread: Thread): boolean {
  if (thread.actor === '' && !isMatter(thread)) return false
  const assertions = thread.assertions.filter((one) => thread.actor !== '' || one.kind !== 'count')
  const read = (thread.readings ?? []).some((one) => one.kind !== 'unread' && (one.kind !== 'quantity' || thread.actor !== ''))
  const placed =
    thread.victims.length > 0 || thread.posts.every((post) => post.source === 'reported' || post.channel === thread.actor)
  if ((read && placed) || thread.posts.some((post) => post.listed === true)) return true
  return assertions.length + thread.demands.length + thread.deadlines.length + thread.statements.length > 0
}

/** Of a text that names no claimant: that it tells of a deed, or speaks of a breach at all. A quarter's report and a job advert do neither. */
function isMatter(thread: Thread): boolean {
  const readings = thread.readings ?? []
  if (readings.some((one) => deeds.has(one.kind)) || thread.posts.some((post) => post.listed === true)) return true
  if (readings.some((one) => one.kind === 'denial' && (one.by === 'authority' || one.by === 'researcher'))) return true
  if (thread.demands.length > 0 || (thread.offers ?? []).length > 0) return true
  return [...readings, ...thread.statements, ...thread.assertions].some((one) => matter.test(one.text))
}

/** Keeps a thread at a size that people can read; what is left out is a fault. */
function bounded(thread: Thread, file: string, faults: Fault[]): Thread {
  const most = limits.claimsPerThread
  const { assertions, demands, deadlines, statements, thirdParties, offers } = thread
  const lists = { assertions, demands, offers: offers ?? [], deadlines, statements, thirdParties }
  if ((thread.readings?.length ?? 0) >= most) {
    const cut = `sentence by sentence only the first ${most} readings are kept`
    faults.push(fault('claim-readings-cut', cut, { file }, 'hand in a shorter part of the export'))
  }
  const lost = Object.values(lists).reduce((sum, list) => sum + Math.max(0, list.length - most), 0)
  if (lost === 0) return thread
  const what = `the thread holds more than ${most} assertions, demands, deadlines or statements; the later ones are left out`
  faults.push(fault('claim-too-many', what, { file }, 'hand in a shorter part of the export', lost))
  return {
    ...thread,
    assertions: assertions.slice(0, most),
    demands: demands.slice(0, most),
    ...(offers ? { offers: offers.slice(0, most) } : {}),
    deadlines: deadlines.slice(0, most),
    statements: statements.slice(0, most),
    thirdParties: thirdParties.slice(0, most),
  }
}

function nothing(file: string): Fault {
  return fault(
    'claim-not-found',
    'the file was read, but nothing in it was recognised as a claim',
    { file },
    'read it by hand, and write a note if it matters',
  )
}
