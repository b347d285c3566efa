import { limits } from '../base/index.ts'
import type { Cite } from '../evidence/index.ts'
import { assertionsIn, namesVendor, type Named, type Unnumbered } from './assertion.ts'
import type { Cast } from './cast.ts'
import { deadlinesIn } from './deadline.ts'
import { demandIn } from './demand.ts'
import { pointsOf } from './lexicon/points.ts'
import { offerIn, sellsIn } from './offer.ts'
import { across, type Passage } from './passage.ts'
import type { Frame, Said } from './sentence.ts'
import { headed, voiceOf, type Course, type Voice } from './speaker.ts'
import type { Assertion, Deadline, Post, Quoted, Statement, Thread } from './thread.ts'

const channels = /\b(Telegram|Twitter|BreachForums|RaidForums|leak site|dark ?web forum|Tox|Session|Discord|Facebook)\b/i

/** One thread from its passages in the order of time; assertions are numbered as they appear, the same ones counted once. */
export function threadOf(cast: Cast, passages: readonly Passage[], zone?: string): Thread {
  const posts: Post[] = []
  const asserted = new Map<string, { one: Unnumbered; also: Cite[] }>()
  const demands: Quoted[] = []
  const offers: Quoted[] = []
  const deadlines: Deadline[] = []
  const statements: Statement[] = []
  const thirdParties: Quoted[] = []
  for (const passage of passages) {
    const course: Course = { actor: cast.actor, ...headVoice(passage, cast) }
    const voices = new Map<Frame, Voice>()
    const spoken = passage.said.map((said) => {
      const voice = passage.author === undefined ? (voices.get(said.frame) ?? voiceOf(said.frame, cast, course)) : own(cast)
      voices.set(said.frame, voice)
      return { said, voice: voice.by === 'press' ? headed(said, course, voice) : voice }
    })
    const post = postOf(passage, spoken)
    if (post) posts.push(post)
    let count = 0
    const sells = sellsIn(spoken.filter(({ voice }) => voice.by === 'actor').map(({ said }) => said.flat))
    for (const { said, voice } of spoken) {
      if (asks(said, voice)) continue
      for (const one of assertionsIn(said, voice, victimsIn(said, cast))) {
        if ((count += 1) > limits.assertionsPerPost) break
        const key = assertionKey(one)
        const known = asserted.get(key)
        if (!known) asserted.set(key, { one, also: [] })
        else if (known.also.length < limits.citesPerSentence) known.also.push(one.cite)
      }
      if (voice.by === 'actor') {
        const demand = demandIn(said, sells)
        const offer = demand ? undefined : offerIn(said, sells)
        const at = passage.at ?? passage.reportedAt
        if (demand) demands.push({ ...demand, ...(at ? { at } : {}) })
        if (offer) offers.push({ ...offer, ...(at ? { at } : {}) })
        deadlines.push(...deadlinesIn(said, passage, zone))
      } else if (voice.by !== 'press' && /\s/.test(said.flat)) statements.push(statementOf(said, voice, passage))
      if (namesVendor(said.flat)) thirdParties.push({ text: said.text, cite: said.cite })
    }
  }
  const assertions = [...asserted.values()].map(({ one, also }, index): Assertion => ({
    id: `A${index + 1}`,
    ...one,
    ...(also.length > 0 ? { also } : {}),
  }))
  const { actor, victims } = cast
  const selling = offers.length > 0 ? { offers } : {}
  return {
    id: `thread:${slug(actor)}`,
    actor,
    victims,
    posts,
    assertions,
    demands,
    deadlines,
    ...selling,
    statements,
    thirdParties,
  }
}

/** Whose words a section's heading announces. */
function headVoice(passage: Passage, cast: Cast): Pick<Course, 'head'> {
  const { head } = passage
  if (head === undefined) return {}
  const form = cast.forms.find(
    (one) => one.form === head.name || one.form.startsWith(`${head.name} `) || head.name.startsWith(`${one.form} `),
  )
  if (!form) return {}
  return { head: { voice: { by: form.role, name: form.name, attributed: false }, own: head.own } }
}

function own(cast: Cast): Voice {
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
      source: passage.reportedAt ? 'reported' : 'actor',
      text: passage.text,
      ...(passage.id ? { id: passage.id } : {}),
      ...(passage.editedAt ? { editedAt: passage.editedAt } : {}),
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
  return voice.by !== 'actor' && /\?["')\]]*$/.test(said.flat)
}

/** Victims a sentence names, in its order. */
function victimsIn(said: Said, cast: Cast): Named[] {
  const found = cast.forms
    .filter((form) => form.role === 'victim' && said.flat.includes(form.form))
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
