import { limits } from '../base/index.ts'
import type { Sentence } from '../evidence/index.ts'
import type { ClaimedTime, HandedOver, Mismatch } from './handed-over.ts'
import { logs, type Need } from './need.ts'
import { dayAfter } from './silent-days.ts'

const dayMs = 86_400_000

/** What does not fit of one item, rule by rule. */
export function handedRules(one: HandedOver, claimed: ClaimedTime): Mismatch[] {
  return [
    ...period(one, claimed),
    ...installed(one, claimed),
    ...newest(one, claimed),
    ...sample(one),
    ...holes(one, claimed),
    ...unreadable(one),
  ]
}

function mismatch(one: HandedOver, rule: Mismatch['rule'], said: Sentence, instead: string): Mismatch {
  const need: Need =
    one.by === undefined && one.kind === 'logs'
      ? logs(instead, one.system ?? one.host)
      : { text: instead, from: 'handed', ...(one.by === undefined ? {} : { about: one.by }) }
  const { host, system } = one
  return {
    rule,
    about: one.name,
    ...(host === undefined ? {} : { host }),
    ...(system === undefined ? {} : { system }),
    text: said.text,
    cites: said.cites.slice(0, limits.citesPerSentence),
    need,
  }
}

/** H1: do its records reach over the days needed? */
function period(one: HandedOver, { needed, known }: ClaimedTime): Mismatch[] {
  if (needed === undefined || one.kind === 'data' || one.from === undefined || one.to === undefined) return []
  const [from, to] = [one.from.slice(0, 10), one.to.slice(0, 10)]
  const claim = `${needed.from} to ${needed.to}`
  const say = (text: string, lacking: string): Mismatch[] => [
    mismatch(
      one,
      'H1',
      { text, cites: one.cites },
      `the records of ${lacking}, from ${one.name.replace(/^the /, '')} or from backups`,
    ),
  ]
  if (to < needed.from || from > needed.to)
    return say(`${capital(one.name)} reach from ${from} to ${to}: of the days needed, ${claim}, nothing is in them.`, claim)
  if (known !== undefined && from > known)
    return say(
      `${capital(one.name)} begin on ${from}, after the claim became known on ${known}: nothing before it can be seen in them.`,
      `${needed.from} to ${known}`,
    )
  if (from > needed.from)
    return say(
      `${capital(one.name)} begin on ${from}: ${stretch(needed.from, dayAfter(from, -1))} of the days needed is not in them.`,
      stretch(needed.from, dayAfter(from, -1)),
    )
  return []
}

/** H2: was it installed anew, or its log begun anew, after the days it should speak of? */
function installed(one: HandedOver, { needed, known }: ClaimedTime): Mismatch[] {
  const begins = one.beginsAnew?.slice(0, 10)
  const day = one.installed ?? begins
  const since = known ?? needed?.to
  if (day === undefined || since === undefined || (needed !== undefined && day <= needed.from)) return []
  const what = one.installed === undefined ? 'number their records from 1 since' : 'was installed anew on'
  const when =
    day >= since
      ? `${what} ${day}, ${daysText(day, since)} the claim became known on ${since}`
      : `${what} ${day}, within the days needed`
  const item = one.installed === undefined || one.kind !== 'logs' ? one.name : `the server that ${one.name} are from`
  const means =
    one.installed === undefined
      ? 'which fits a new installation as well as a log that was cleared or replaced; what was recorded before is not in them'
      : 'what was on it before cannot be seen on it'
  return [
    mismatch(
      one,
      'H2',
      { text: `${capital(item)} ${when}: ${means}.`, cites: one.cites },
      `the state before ${day}: images, backups, snapshots, and who ordered the installation when`,
    ),
  ]
}

/** H3: is the sample newer than the newest data on it? */
function newest(one: HandedOver, { sampleFrom }: ClaimedTime): Mismatch[] {
  if (sampleFrom === undefined || one.newest === undefined || one.newest >= sampleFrom) return []
  const text = `The newest data in ${one.name} are of ${one.newest}, the sample's values are of ${sampleFrom} at the earliest: the sample did not come out of it in this state.`
  return [mismatch(one, 'H3', { text, cites: one.cites }, `data of the same system as of ${sampleFrom} or later`)]
}

/** Below this share of the rows compared the sample is not from there. */
const foundShare = 0.1

/** H4: is the sample in it? */
function sample(one: HandedOver): Mismatch[] {
  if (one.sample === undefined) return []
  const instead = 'the server or table that held these data at the time'
  if (one.sample === 'does not agree') {
    const text = `${capital(one.name)} was compared with the sample and does not agree with it: it is not where the sample came from, or not in the state it then had.`
    return [mismatch(one, 'H4', { text, cites: one.cites }, instead)]
  }
  const { compared, inside } = one.sample
  if (compared === 0 || inside / compared >= foundShare) return []
  const text = `Of ${figure(compared)} rows of the sample compared with ${one.name} ${figure(inside)} are in it: it is not where the sample came from, or not in the state it then had.`
  return [mismatch(one, 'H4', { text, cites: one.cites }, instead)]
}

/** H5: what is missing inside, within the days needed. */
function holes(one: HandedOver, { needed }: ClaimedTime): Mismatch[] {
  if (needed === undefined) return []
  const missing = (one.missing ?? [])
    .map(({ from, to }) => ({ from: later(from, needed.from), to: earlier(to, needed.to) }))
    .filter(({ from, to }) => from <= to)
  const told = missing.map(({ from, to }) =>
    mismatch(
      one,
      'H5',
      {
        text: `${capital(one.name)} hold nothing of ${stretch(from, to)}: for these days the question stays open.`,
        cites: one.cites,
      },
      `records of ${stretch(from, to)} from elsewhere`,
    ),
  )
  const broken = (one.breaks ?? []).filter(({ time }) => time.slice(0, 10) >= needed.from && time.slice(0, 10) <= needed.to)
  const [first] = broken
  if (first === undefined) return told
  const more = broken.length === 1 ? '' : `, and ${broken.length - 1} more such record${broken.length === 2 ? '' : 's'}`
  const text = `${capital(one.name)} ${first.what} on ${first.time.slice(0, 10)}, within the days needed${more}.`
  const cites = broken.map(({ cite }) => cite)
  return [
    ...told,
    mismatch(one, 'H5', { text, cites }, `what was written before, from backups or from where ${one.name} are sent to`),
  ]
}

/** H6: nothing can be told from it. */
function unreadable(one: HandedOver): Mismatch[] {
  if (one.unreadable === undefined) return []
  const text = `Nothing can be told from ${one.name}: ${one.unreadable}.`
  return [mismatch(one, 'H6', { text, cites: one.cites }, `${one.name} in a state that can be read, with the custody since then`)]
}

function daysText(day: string, since: string): string {
  const days = Math.round((Date.parse(day) - Date.parse(since)) / dayMs)
  return days === 0 ? 'the day' : `${days} day${days === 1 ? '' : 's'} after`
}

function stretch(from: string, to: string): string {
  return from === to ? from : `${from} to ${to}`
}

function later(one: string, other: string): string {
  return one > other ? one : other
}

function earlier(one: string, other: string): string {
  return one < other ? one : other
}

function capital(text: string): string {
  return `${text.slice(0, 1).toUpperCase()}${text.slice(1)}`
}

function figure(value: number): string {
  return value.toLocaleString('en-US')
}
