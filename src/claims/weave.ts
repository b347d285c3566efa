import { limits } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { across } from './article-passage.ts'
import { abuseIn } from './abuse.ts'
import { assertionsIn, namesVendor, type Named, type Unnumbered } from './assertion.ts'
import { campaignOf } from './campaign.ts'
import type { Cast } from './form.ts'
import { clocksOf } from './clock.ts'
import { completed, voiced } from './completed.ts'
import { deadlinesIn } from './deadline.ts'
import { defanged } from './defang.ts'
import { demandIn, presses } from './demand.ts'
import { pattern } from './language/languages.ts'
import { pointsOf } from './lexicon/points.ts'
import { knownOf } from './estate.ts'
import { linksIn } from './links.ts'
import { mayBeOrganisation } from './name.ts'
import { pricesIn } from './number.ts'
import { offerIn, sellsIn } from './offer.ts'
import type { Passage } from './passage.ts'
import { readinessFor } from './readiness.ts'
import { ReadingList } from './reading-list.ts'
import { bySubject } from './scope.ts'
import type { Frame, Said } from './sentence.ts'
import { headed, voiceOf } from './speaker.ts'
import type { Course, Voice } from './course.ts'
import { sourcesOf, withVersions } from './source-list.ts'
import type { Assertion, Deadline, Party, Post, Quoted, Statement, Thread } from './thread.ts'

const othersDeadline = pattern('others-deadline')
const asking = pattern('asking')
/** A clock that only an extortionist sets, whoever tells of it. */
const clockOf = /\b(?:timer|countdown)\b/i
const channels = /\b(Telegram|Twitter|BreachForums|RaidForums|leak site|dark ?web forum|Tox|Session|Discord|Facebook)\b/i

/** One thread from its passages in the order of time; assertions are numbered as they appear, the same ones counted once. */
export function threadOf(
  cast: Cast,
  passages: readonly Passage[],
  options: { readonly zone?: string; readonly parties?: readonly Party[]; readonly operator?: string } = {},
): Thread {
  const { zone } = options
  const posts: Post[] = []
  const asserted = new Map<string, { one: Unnumbered; also: Cite[] }>()
  const demands: Quoted[] = []
  const offers: Quoted[] = []
  const deadlines: Deadline[] = []
  const statements: Statement[] = []
  const thirdParties: Quoted[] = []
  const readings = new ReadingList()
  const known = knownOf(options.parties ?? [])
  for (const passage of passages) {
    const course: Course = { actor: cast.actor, ...headVoice(passage, cast) }
    const voices = new Map<Frame, Voice>()
    const spoken = mayGoOn(
      passage.said.map((said) => {
        const voice =
          passage.author === undefined ? (voices.get(said.frame) ?? voiceOf(said.frame, cast, course)) : ownVoice(cast)
        voices.set(said.frame, voice)
        return { said, voice: voice.by === 'press' ? headed(said, course, voice) : voice }
      }),
    )
    const post = postOf(passage, spoken)
    if (post) posts.push(post)
    let count = 0
    const actors = spoken.filter(({ voice }) => voice.by === 'actor').map(({ said }) => said)
    // A forum's post with a price and no demand offers something.
    const market = passage.author !== undefined && passage.document.kind === 'article' && !actors.some((one) => presses(one.flat))
    const sells = sellsIn(actors.map((one) => one.flat)) || (market && actors.some((one) => pricesIn(one.flat).length > 0))
    readings.open()
    const taken = spoken
      .filter(({ said, voice }) => !asks(said, voice))
      .map(({ said, voice, maybe }) => {
        const named = victimsIn(said, cast)
        const read =
          said.flat === passage.about
            ? []
            : readings.read(said, { voice, ...(maybe === undefined ? {} : { maybe }) }, { victims: named, sells, known })
        return { said, voice, named, read, asserted: assertionsIn(said, voice, named).map((one) => voiced(one, read)) }
      })
    const told = new Set(taken.flatMap(({ asserted: own }) => own.map((one) => one.kind)))
    for (const { said, voice, named, read, asserted: own } of taken) {
      const before = demands.length + offers.length + deadlines.length
      const keys: string[] = []
      for (const one of [...own, ...completed(read, { told, asserted: own, own: passage.author !== undefined })]) {
        if ((count += 1) > limits.assertionsPerPost) break
        const key = assertionKey(one)
        keys.push(key)
        const known = asserted.get(key)
        if (!known) asserted.set(key, { one, also: [] })
        else if (known.also.length < limits.citesPerSentence) known.also.push(one.cite)
      }
      if (
        voice.by === 'actor' ||
        clockOf.test(said.flat) ||
        (voice.by === 'press' && bySubject({ by: 'press', flat: said.flat }) === 'actor')
      ) {
        const demand = demandIn(said, sells)
        const offer = demand ? undefined : offerIn(said, sells)
        const at = passage.at ?? passage.reportedAt
        if (demand) demands.push({ ...demand, ...(at ? { at } : {}) })
        if (offer) offers.push({ ...offer, ...(at ? { at } : {}) })
        deadlines.push(...deadlinesIn(said, passage, zone))
      } else {
        if (voice.by !== 'press' && /\s/.test(said.flat)) statements.push(statementOf(said, voice, passage))
        if (othersDeadline.test(said.flat) && !/\bevery\b/i.test(said.flat))
          deadlines.push(...deadlinesIn(said, passage, zone).map((one) => ({ ...one, by: voice.by as Statement['by'] })))
      }
      if (said.flat !== passage.about)
        readings.add(said, voice, {
          read,
          victims: named,
          keys,
          known: demands.length + offers.length + deadlines.length > before,
        })
      if (namesVendor(said.flat)) thirdParties.push({ text: said.text, cite: said.cite })
    }
  }
  const assertions = [...asserted.values()].map(({ one, also }, index): Assertion => ({
    id: `A${index + 1}`,
    ...one,
    ...(also.length > 0 ? { also } : {}),
  }))
  const { actor, victims } = cast
  const numbers = new Map([...asserted.keys()].map((key, index) => [key, `A${index + 1}`]))
  const selling = offers.length > 0 ? { offers } : {}
  const read = readings.numbered(numbers)
  const versions = withVersions(posts)
  const firstPost = versions.map((post) => post.at ?? post.reportedAt).find((time) => time !== undefined)
  const abuse = abuseIn(passages, firstPost)
  const links = versions.flatMap((post) => linksIn(post.text, post.cite))
  const { operator, parties = [] } = options
  const campaign = campaignOf(
    { victims, posts: versions, readings: read },
    { parties, ...(operator === undefined ? {} : { operator }) },
  )
  const thread: Thread = {
    id: `thread:${slug(actor)}`,
    actor,
    victims,
    posts: versions,
    assertions,
    demands,
    deadlines,
    ...selling,
    statements,
    thirdParties,
    readings: read,
    sources: sourcesOf(passages),
    clocks: clocksOf({ deadlines, posts: versions, readings: read }),
    campaign,
    ...(abuse.length > 0 ? { abuse } : {}),
    readiness: readinessFor(read),
    links,
  }
  return withoutLinks(thread)
}

/** Every text of a thread defanged, cites untouched. */
function withoutLinks<T>(value: T): T {
  if (typeof value === 'string') return defanged(value) as T
  if (Array.isArray(value)) return value.map(withoutLinks) as T
  if (typeof value !== 'object' || value === null || ('kind' in value && 'sha256' in value)) return value
  return Object.fromEntries(
    Object.entries(value).map(([key, one]) => [key, key === 'at' || key === 'id' ? one : withoutLinks(one)]),
  ) as T
}

/** Whose words a section's heading announces. */
function headVoice(passage: Passage, cast: Cast): Pick<Course, 'head'> {
  const { head } = passage
  if (head === undefined) return {}
  if (head.role !== undefined) {
    const victim = head.role === 'victim' ? (cast.victims.find((one) => one.standing === 'named')?.name ?? '') : ''
    return { head: { voice: { by: head.role, name: head.name === '' ? victim : head.name, attributed: false }, own: head.own } }
  }
  const form = cast.forms.find(
    (one) => one.form === head.name || one.form.startsWith(`${head.name} `) || head.name.startsWith(`${one.form} `),
  )
  if (form) return { head: { voice: { by: form.role, name: form.name, attributed: false }, own: head.own } }
  // Who publishes in its own name, and is no authority, is hit.
  return head.own && mayBeOrganisation(head.name)
    ? { head: { voice: { by: 'victim', name: head.name, attributed: false }, own: true } }
    : {}
}

/** A report that gave somebody's words may go on with them where nobody is named: whose that would be; never the claim itself. */
function mayGoOn(spoken: readonly { said: Said; voice: Voice }[]): Spoken[] {
  let last: Voice | undefined
  return spoken.map(({ said, voice }) => {
    if (voice.by !== 'press') last = voice
    const goesOn = voice.by === 'press' && last !== undefined && last.by !== 'actor'
    return { said, voice, ...(goesOn ? { maybe: { ...last, attributed: false } as Voice } : {}) }
  })
}

/** A sentence with its voice; `maybe` is whose it could be where nobody is named. */
interface Spoken {
  readonly said: Said
  readonly voice: Voice
  readonly maybe?: Voice
}

function ownVoice(cast: Cast): Voice {
  return { by: 'actor', name: cast.actor, attributed: true }
}

function slug(name: string): string {
  return name
    .toLowerCase()
    .replace(/[^\p{L}\p{N}]+/gu, '-')
    .replace(/^-|-$/g, '')
}

/** A chat's post as it is; of an article's section the words it gives as the actor's, when it tells when or where they were posted. */
function postOf(passage: Passage, spoken: readonly { said: Said; voice: Voice }[]): Post | undefined {
  const times = { ...(passage.at ? { at: passage.at } : {}), ...(passage.reportedAt ? { reportedAt: passage.reportedAt } : {}) }
  if (passage.author !== undefined)
    return {
      ...times,
      channel: passage.channel,
      ...(passage.listed === undefined ? {} : { listed: true }),
      source: passage.reportedAt ? 'reported' : 'actor',
      text: passage.text,
      ...(passage.id ? { id: passage.id } : {}),
      ...(passage.editedAt ? { editedAt: passage.editedAt } : {}),
      ...(passage.repostOf ? { repostOf: passage.repostOf } : {}),
      attachments: passage.attachments,
      cite: passage.cite,
    }
  const words = spoken.filter(({ voice }) => voice.by === 'actor').map(({ said }) => said)
  const channel = words.map((said) => channels.exec(said.flat)?.[1]).find((one) => one !== undefined)
  const first = words[0]
  const last = words.at(-1)
  if (!first || !last || (channel === undefined && !passage.reportedAt)) return undefined
  const text = words.map((said) => said.text).join(' ')
  const pictured = spoken.flatMap(({ said }) => picturedIn(said.flat))
  return {
    ...times,
    channel: channel ?? '',
    source: 'reported',
    text,
    ...(pictured.length > 0 ? { pictured } : {}),
    attachments: [],
    cite: across(first.cite, last.cite),
  }
}

function picturedIn(flat: string): string[] {
  const what =
    /\b(?:screenshot|image|picture|photo)s?\b(?:,? \w+){0,3}? (?:of|depicting|showing|shows)(?: what appears to be)? (?:the |an? )?([^.,;:"]{3,80})/i.exec(
      flat,
    )?.[1]
  return what === undefined ? [] : [what.trim()]
}

/** A question of somebody other than the actor (`Were call records taken?`) says nothing to be so. */
function asks(said: Said, voice: Voice): boolean {
  return voice.by !== 'actor' && (/\?["')\]]*$/.test(said.flat) || asking.test(said.flat))
}

/** Victims a sentence names, in its order. */
function victimsIn(said: Said, cast: Cast): Named[] {
  const found = cast.forms
    .filter((form) => form.role === 'victim' && form.name !== '' && said.flat.includes(form.form))
    .sort((a, b) => said.flat.indexOf(a.form) - said.flat.indexOf(b.form))
  return [...new Map(found.map((form) => [form.name, form])).values()]
}

function statementOf(said: Said, voice: Voice, passage: Passage): Statement {
  const points = pointsOf(said.flat, 'statement')
  const at = passage.at ?? passage.reportedAt
  return {
    by: voice.by as Statement['by'],
    ...(voice.name === undefined || voice.name === '' ? {} : { name: voice.name }),
    text: said.text,
    ...(points.length > 0 ? { points } : {}),
    ...(at ? { at } : {}),
    cite: said.cite,
  }
}

function assertionKey(one: Unnumbered): string {
  const { kind, by, quantity, qualifier, unit, subject, victim, data, standing, strict, points } = one
  return JSON.stringify([
    kind,
    by,
    quantity,
    qualifier,
    unit,
    subject?.toLowerCase().replace(/s$/, ''),
    victim,
    data,
    standing,
    strict,
    points,
  ])
}
