import type { Weighed } from './act.ts'
import type { EstateObjects } from './estate-objects.ts'
import { categoriesOf } from './estate-objects.ts'
import { episodes, gathered, groupedBy, type Item } from './gathered.ts'
import { meaning } from './read-items.ts'
import { boundsText, listed, meansText, spanText, times, underText } from './words.ts'

/** Less than this is told as part of no transfer. */
const leastBytes = 1_000_000
/** Names looked up that could carry this much, in so many different records, are told. */
const leastNames = 100_000

/** What left: bytes sent outside by host and destination, responses of web servers, names looked up. */
export function transfers(acts: readonly Weighed[], objects: EstateObjects): Item[] {
  const flows = groupedBy(
    acts.filter((act) => act.via === 'flow'),
    (act) => `${act.host}\n${act.peer}`,
  )
    .flatMap(episodes)
    .flatMap((group): Item[] => {
      const [{ host, peer }] = group as [Weighed]
      // Several sensors may count the same bytes.
      const counts = groupedBy(group, (act) => act.how).map(total)
      const low = Math.max(...counts)
      const high = counts.reduce((sum, one) => sum + one, 0)
      if (low < leastBytes) return []
      const { cites, ...shared } = gathered(group)
      const bytes = {
        low,
        high,
        basis: 'bytes counted on the way, headers and encryption included; what was packed unpacks to more',
      }
      return [
        {
          what: `transfer from ${host} to ${peer}`,
          kind: 'transfer',
          text: `${boundsText(bytes, 'bytes')} went from ${host} to ${peer}${underText(shared.accounts)}${spanText(shared.first, shared.last)} (${times(shared.records, 'record')}); what they held is not recorded.`,
          cites,
          data: { certainty: 'left', host, ...shared, peers: [peer], categories: [], bytes },
        },
      ]
    })
  return [...flows, ...responses(acts, objects), ...names(acts)]
}

function responses(acts: readonly Weighed[], objects: EstateObjects): Item[] {
  const web = acts.filter((act) => act.via === 'web')
  return groupedBy(web, (act) => `${act.host}\n${objects.find('web', act.host, act.name)?.id ?? act.name}`).flatMap(
    (group): Item[] => {
      const [{ host, name }] = group as [Weighed]
      const object = objects.find('web', host, name)
      const bytes = { high: total(group), basis: 'sizes of the responses in the web log, headers included' }
      if (object === undefined && bytes.high < leastBytes) return []
      const { cites, ...shared } = gathered(group)
      const held = object === undefined ? ' What they held is not recorded.' : meansText(categoriesOf(object), object.sensitivity)
      return [
        {
          what: `${name === '' ? '/' : name} on ${host}`,
          kind: object === undefined ? 'transfer' : 'interface',
          text: `${host} answered ${times(shared.records, 'request')} under ${name === '' ? '/' : name} from ${listed(shared.peers)}${spanText(shared.first, shared.last)} with ${boundsText(bytes, 'bytes')}.${held}`,
          cites,
          data: { certainty: 'left', host, ...shared, ...meaning(object), bytes },
        },
      ]
    },
  )
}

function names(acts: readonly Weighed[]): Item[] {
  const lookups = acts.filter((act) => act.via === 'dns')
  return groupedBy(lookups, (act) => `${act.host}\n${act.peer}`).flatMap((group): Item[] => {
    const [{ host, peer }] = group as [Weighed]
    const bytes = { high: total(group), basis: 'lengths of the names looked up; at most that much can have been carried in them' }
    if (bytes.high < leastNames) return []
    const { cites, ...shared } = gathered(group)
    return [
      {
        what: `names under ${peer} from ${host}`,
        kind: 'transfer',
        text: `${host} looked up ${times(shared.records, 'long name')} under ${peer}${spanText(shared.first, shared.last)}: ${boundsText(bytes, 'bytes')} can have left in them; that they carried data is not recorded.`,
        cites,
        data: { certainty: 'could be reached', host, ...shared, categories: [], bytes },
      },
    ]
  })
}

function total(group: readonly Weighed[]): number {
  return group.reduce((sum, act) => sum + act.bytes, 0)
}
