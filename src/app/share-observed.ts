import type { Watch } from '../base/index.ts'
import type { ObservedValue, SharedKind, Tlp } from '../sharing/index.ts'
import { isCommonTool, tlpLevels } from '../sharing/index.ts'
import { attackGroups } from './attack-groups.ts'
import { huntIndicators } from './hunt-indicators.ts'
import { comparable, type Indicator } from './indicators.ts'
import { keptIndicators } from './indicators-kept.ts'
import { isOddPath, isSystemPath } from './share-paths.ts'
import type { CitedRecord, StoryBounds } from './share-records.ts'
import type { Workspace } from './workspace.ts'

const mostValues = 2_000

const madeHere = /^[^.]{5,}[^\\/]*\.(?:exe|dll|sys|ps1|bat|vbs|hta|jsp|jspx|aspx|ashx|asmx|php|phtml|cgi|elf|so|sh|py)$/i
/** Server software component: web shell. */
const webShell = 'T1505.003'
const scripts = /\/([^/]+\.(?:jspx?|aspx|ashx|asmx|php|phtml|cgi))$/i
/** The script that a path climbs to; what stands between is of no interest. */
const climbsTo = /(?:\.|%2e|%252e){2}(?:\/|\\|%2f|%5c|%252f|%255c)/i
const scriptNamed =
  /^(?:[^&;]{0,200}(?:\/|\\|%2f|%5c|%252f|%255c))?([A-Za-z0-9._-]{1,80}\.(?:jspx?|aspx|ashx|asmx|php|phtml|cgi))(?:[&;]|%00|$)/i
const uploads =
  /\/(?:uploads?|files|images?|img|static|media|te?mp|assets)\/(?:[^/]+\/)*([^/]+\.(?:jspx?|aspx|ashx|asmx|php|phtml|cgi))$/i

/**
 * What the records of a story show that could be looked for elsewhere, each value with how often it stands in the story and in the
 * rest of the case's logs.
 */
export async function observedValues(options: {
  readonly workspace: Workspace
  readonly caseId: string
  readonly records: readonly CitedRecord[]
  readonly bounds: StoryBounds
  readonly watch: Watch
}): Promise<ObservedValue[]> {
  const { workspace, caseId, bounds, watch } = options
  const candidates = new Map<
    string,
    Indicator & { readonly kind: SharedKind; readonly steps: Set<number>; readonly times: string[] }
  >()
  const tools = new Set(attackGroups().tools.flatMap((one) => one.images))
  for (const { fields, steps, time, techniques } of options.records)
    for (const [kind, text] of valuesIn(fields, { tools, isWebShell: techniques.includes(webShell) })) {
      const value = comparable(kind, text)
      if (value === undefined || candidates.size >= mostValues) continue
      const key = `${kind} ${value}`
      const one = candidates.get(key) ?? { kind, value, written: value, source: 'story', steps: new Set(), times: [] }
      for (const step of steps) one.steps.add(step)
      if (time !== '') one.times.push(time)
      candidates.set(key, one)
    }
  const all = [...candidates.values()]
  if (all.length === 0) return []
  const search = { workspace, caseId, indicators: all, watch }
  const found = await huntIndicators(search)
  const crowded = new Set(found.more.map((one) => one.indicator))
  // Of values with very many hits only the first are told: what lies before and after the story decides.
  const aside =
    crowded.size === 0
      ? []
      : [
          ...(await huntIndicators({ ...search, indicators: all.filter((one) => crowded.has(one.value)), to: bounds.from })).hits,
          ...(await huntIndicators({ ...search, indicators: all.filter((one) => crowded.has(one.value)), from: bounds.to })).hits,
        ]
  const received = markingsReceived(workspace)
  return all.map((one) => {
    const hits = found.hits.filter((hit) => hit.kind === one.kind && hit.indicator === one.value)
    const inside = hits.filter((hit) => bounds.contains(hit))
    const beside = aside.filter((hit) => hit.kind === one.kind && hit.indicator === one.value && !bounds.contains(hit))
    const times = [...one.times, ...inside.map((hit) => hit.time)].filter((time) => time !== '').sort()
    const marking = received.get(`${one.kind} ${one.value}`)
    return {
      kind: one.kind,
      value: one.value,
      inside: Math.max(inside.length, one.times.length),
      outside: crowded.has(one.value) ? beside.length : hits.length - inside.length,
      first: times[0] ?? '',
      last: times.at(-1) ?? '',
      steps: [...one.steps].sort((a, b) => a - b),
      ...(marking === undefined ? {} : { received: marking }),
    }
  })
}

/** The strictest marking under which peers sent a value. */
function markingsReceived(workspace: Workspace): ReadonlyMap<string, Tlp> {
  const found = new Map<string, Tlp>()
  for (const one of keptIndicators(workspace)) {
    const key = `${one.kind} ${one.value}`
    const marking = tlpLevels.find((level) => level === one.tlp)
    const before = found.get(key)
    if (marking !== undefined && (before === undefined || tlpLevels.indexOf(marking) > tlpLevels.indexOf(before)))
      found.set(key, marking)
  }
  return found
}

function* valuesIn(
  fields: Readonly<Record<string, string>>,
  { tools, isWebShell }: { readonly tools: ReadonlySet<string>; readonly isWebShell: boolean },
): Generator<readonly [SharedKind, string]> {
  const field = (name: string): string => fields[name] ?? ''
  const file = (path: string): string => path.replace(/^.*[\\/]/, '')
  const outgoing = field('Initiated').toLowerCase() === 'true'
  for (const name of [
    'c-ip',
    'IpAddress',
    outgoing ? 'DestinationIp' : 'SourceIp',
    'client',
    'source.ip',
    'src_ip',
    'remote_addr',
    'rhost',
  ])
    if (field(name) !== '') yield ['ip', field(name)]
  for (const name of ['QueryName', outgoing ? 'DestinationHostname' : '']) if (field(name) !== '') yield ['domain', field(name)]
  for (const [url] of field('CommandLine')
    .slice(0, 8_192)
    .matchAll(/https?:\/\/[^\s"'<>|&^]{4,300}/gi))
    yield ['url', url]
  const image = field('Image')
  const isTool = [image, field('OriginalFileName')].some((name) => isCommonTool(file(name)))
  // The same digest stands in the logs of everybody whose administrators use the tool.
  if (image !== '' && !isSystemPath(image) && !isTool)
    for (const [, hash = ''] of field('Hashes').matchAll(/(?:MD5|SHA1|SHA256)=([0-9A-Fa-f]{32,64})/g)) yield ['hash', hash]
  const isMade = (name: string): boolean => madeHere.test(name) && !tools.has(name.toLowerCase())
  const written = field('TargetFilename')
  if (!isSystemPath(written) && isMade(file(written))) yield ['file', file(written)]
  for (const path of [image, field('ImagePath').replaceAll('"', '').split(' ')[0] ?? ''])
    if (isOddPath(path) && isMade(file(path))) yield ['file', file(path)]
  // What a step calls a web shell is one wherever it lies; elsewhere only a script among uploads is odd.
  const script = (isWebShell ? scripts : uploads).exec(field('cs-uri-stem'))?.[1] ?? ''
  if (isMade(script)) yield ['file', script]
  const query = field('cs-uri-query').slice(0, 2_048)
  const climbs = climbsTo.exec(query)
  const placed = climbs === null ? '' : (scriptNamed.exec(query.slice(climbs.index + climbs[0].length))?.[1] ?? '')
  if (isMade(placed)) yield ['file', placed]
}
