import { fault, limits, parseIso, type Fault, type Moment } from '../../base/index.ts'
import type { ListedPost } from '../document.ts'
import { plainText } from './plain-text.ts'

type Json = Readonly<Record<string, unknown>>

/** Entries read of one feed; the rest is counted. */
const most = 20_000
/** Titles that trackers cut: RansomLook at 90 characters. */
const cutAt = 90

/**
 * Reads the lists of leak-site trackers: ransomwatch `{post_title, group_name, discovered}`, ransomware.live (with `description`,
 * `website`, `published`, `post_url`; its API says `victim`, `group`, `claim_url`), RansomLook (`link`, `magnet`, `screen`), alone, in an
 * array, or under `posts`, `data`, `victims`, `items`. Undefined when the JSON is none of them. `discovered` and `published` are the
 * tracker's own times: they bound the post and are never its time.
 */
export function readTrackerList(
  bytes: Uint8Array,
  options: { readonly file: string; readonly zone?: string },
): { posts: ListedPost[]; faults: Fault[] } | undefined {
  const { file } = options
  let value: unknown
  try {
    value = JSON.parse(new TextDecoder().decode(bytes)) as unknown
  } catch {
    return undefined
  }
  const list = entriesOf(value)
  if (list === undefined) return undefined
  const faults: Fault[] = []
  const posts: ListedPost[] = []
  for (const [index, entry] of list.slice(0, most).entries()) {
    const group = textOf(entry, 'group_name', 'group')
    const title = plainText(textOf(entry, 'post_title', 'victim', 'title'))
    const where = { file, record: index + 1 }
    if (group === '' || title === '') {
      faults.push(fault('feed-entry-unreadable', 'an entry names no group or no victim', where, 'open the feed by hand', 1))
      continue
    }
    const seen = timeOf(entry, ['discovered', 'discovery_date', 'published', 'attackdate'], options.zone)
    const text = plainText(textOf(entry, 'description', 'activity_description'))
    const { victim, rest } = titleParts(title)
    const links = ['post_url', 'claim_url', 'link', 'website', 'magnet']
      .map((name) => textOf(entry, name))
      .filter((one) => one !== '')
    const screen = textOf(entry, 'screen', 'screenshot')
    if (title.length >= cutAt || /(?:\.\.\.|…)$/.test(title))
      faults.push(
        fault(
          'feed-title-cut',
          'the tracker cut the title of an entry; the name of the victim may be incomplete',
          where,
          'look the entry up',
        ),
      )
    posts.push({
      record: index + 1,
      author: group,
      ...(seen === undefined ? {} : { reportedAt: { ...seen, bound: 'not-later-than' } }),
      channel: 'leak site, by a tracker',
      victim,
      text: [rest === '' ? title : `${victim}: ${rest}`, text, ...links].filter((one) => one !== '').join('\n'),
      attachments: screen === '' ? [] : [screen.split(/[\\/]/).at(-1)?.slice(0, 200) ?? ''],
    })
  }
  if (list.length > most)
    faults.push(
      fault(
        'feed-too-long',
        `the feed has ${list.length} entries; ${most} were read`,
        { file },
        'hand in a shorter period',
        list.length - most,
      ),
    )
  return { posts, faults: faults.slice(0, limits.faultsKept) }
}

function entriesOf(value: unknown): Json[] | undefined {
  const list = Array.isArray(value)
    ? value
    : isObject(value)
      ? (['posts', 'data', 'victims', 'items', 'results'].map((name) => value[name]).find((one) => Array.isArray(one)) ?? [value])
      : []
  const entries = (list as unknown[]).filter(isObject)
  const first = entries[0]
  if (first === undefined) return undefined
  const group = typeof first['group_name'] === 'string' || typeof first['group'] === 'string'
  const title = ['post_title', 'victim', 'title'].some((name) => typeof first[name] === 'string')
  return group && title ? entries : undefined
}

/** `Cobalt Ledger - billing provider, 1.9TB`: the name, and what the actor adds. */
function titleParts(title: string): { victim: string; rest: string } {
  const [, name, rest] = /^(.{3,60}?)\s(?:[-–—|]|:)\s(.{3,})$/u.exec(title) ?? []
  return { victim: name ?? title.replace(/(?:\.\.\.|…)$/, ''), rest: rest ?? '' }
}

function timeOf(entry: Json, names: readonly string[], zone: string | undefined): Moment | undefined {
  for (const name of names) {
    const text = textOf(entry, name).replace(/(\.\d{1,9})\d*$/, '$1')
    const read = text === '' ? undefined : parseIso(text, zone)
    if (read !== undefined) return { ...read, text }
  }
  return undefined
}

function textOf(entry: Json, ...names: readonly string[]): string {
  for (const name of names) {
    const value = entry[name]
    if (typeof value === 'string' && value.trim() !== '') return value.toWellFormed().slice(0, limits.fieldChars).trim()
  }
  return ''
}

function isObject(value: unknown): value is Json {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
}
