/** What a data object is: what its patterns are compared with follows from it. */
export const objectKinds = ['database', 'table', 'share', 'folder', 'file', 'api', 'bucket'] as const

/** How bad its loss is, as the operator states it; `crown-jewel` is the worst case. */
export const sensitivities = ['low', 'medium', 'high', 'crown-jewel'] as const

export type ObjectKind = (typeof objectKinds)[number]
export type Sensitivity = (typeof sensitivities)[number]

/** A body of data that lies somewhere: a table, a share, an interface; with what it says of persons. */
export interface DataObject {
  readonly kind: 'object'
  readonly id: string
  readonly name: string
  readonly type: ObjectKind
  /** Id or name of its system, whose hosts hold it; or hosts of its own. */
  readonly system?: string
  readonly hosts?: readonly string[]
  /** Names and paths under which logs write it, `*` for anything; its name when absent. */
  readonly patterns?: readonly string[]
  /** Categories of personal data: `cdr`, `identity`, `location`, `credentials`, `billing`, `payment`. */
  readonly data: readonly string[]
  readonly sensitivity?: Sensitivity
  readonly rows?: number
  readonly bytes?: number
}

/** Which fields of a data object and of systems decide where it lies. */
interface Located {
  readonly id: string
  readonly name: string
  readonly hosts: readonly string[]
}

/** Hosts on which a data object lies, short and in lower case: its own, else those of its system; none = not stated. */
export function hostsOfObject(object: Pick<DataObject, 'system' | 'hosts'>, systems: readonly Located[]): readonly string[] {
  const { system } = object
  const wanted = system?.toLowerCase()
  const held = systems.filter((one) => one.id.toLowerCase() === wanted || one.name.toLowerCase() === wanted)
  const hosts = (object.hosts ?? []).length > 0 ? (object.hosts ?? []) : held.flatMap((one) => one.hosts)
  return [...new Set(hosts.map((host) => host.toLowerCase().split('.')[0] ?? ''))].filter((host) => host !== '').sort()
}

/**
 * Does a name or path of a log mean this object? Without case, `/` and `\` the same. A pattern fits the whole name, or its end after a
 * `.`, `/` or `:`; for shares, folders, interfaces and buckets also a whole beginning, so that what lies below belongs to it.
 */
export function namesObject(object: Pick<DataObject, 'name' | 'patterns' | 'type'>, name: string): boolean {
  const text = plain(name)
  if (text === '') return false
  const below = object.type === 'share' || object.type === 'folder' || object.type === 'api' || object.type === 'bucket'
  const patterns = (object.patterns ?? []).length > 0 ? (object.patterns ?? []) : [object.name]
  return patterns.some((pattern) => {
    const wanted = plain(pattern)
    return starts(text, wanted).some(
      (from) =>
        fits(text.slice(from), wanted) || (below && fits(text.slice(from), `${wanted}${wanted.endsWith('/') ? '*' : '/*'}`)),
    )
  })
}

/** Places at which a pattern may begin: the start of the name, and after each separator. */
function starts(text: string, pattern: string): number[] {
  if (pattern.startsWith('*')) return [0]
  const places = [0]
  for (let at = 0; at < text.length && places.length < 64; at++) if ('./:'.includes(text[at] ?? '')) places.push(at + 1)
  return places
}

/** Compares a text with a pattern in which `*` stands for anything; takes time in proportion to both. */
function fits(text: string, pattern: string): boolean {
  const parts = pattern.split('*')
  const [first = ''] = parts
  if (parts.length === 1) return text === pattern
  const last = parts.at(-1) ?? ''
  if (!text.startsWith(first) || text.length < first.length + last.length || !text.endsWith(last)) return false
  let at = first.length
  for (const part of parts.slice(1, -1)) {
    const found = text.indexOf(part, at)
    if (found < 0) return false
    at = found + part.length
  }
  return at <= text.length - last.length
}

function plain(name: string): string {
  return name.trim().toLowerCase().replaceAll('\\', '/').replaceAll('"', '').slice(0, 2_000)
}
