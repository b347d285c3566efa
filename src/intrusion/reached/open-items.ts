import type { Story } from '../story.ts'
import type { Weighed } from './act.ts'
import { categoriesOf, type EstateObjects } from './estate-objects.ts'
import { gathered, groupedBy, type Item } from './gathered.ts'
import { meaning } from './read-items.ts'
import { listed, meansText, times, underText } from './words.ts'

/** Objects that lay open to a story without a record that it read them: what is read there every day anyway, and what lies on its hosts. */
export function openObjects(options: {
  readonly story: Story
  readonly usual: readonly Weighed[]
  readonly objects: EstateObjects
  /** Items told already: their objects are not open but reached. */
  readonly told: readonly Item[]
}): Item[] {
  const { story, usual, objects, told } = options
  const done = new Set(told.flatMap((one) => (one.data.object === undefined ? [] : [one.data.object])))
  const items: Item[] = []
  const known = usual.flatMap((act) => {
    const object = act.via === 'database' || act.via === 'share' ? objects.find(act.via, act.host, act.name) : undefined
    return object === undefined || done.has(`object:${object.id}`) ? [] : [{ ...act, object }]
  })
  for (const group of groupedBy(known, (act) => `${act.host}\n${(act as (typeof known)[number]).object.id}`)) {
    const [{ host, name, usualDays, object }] = group as [(typeof known)[number]]
    const { cites, ...shared } = gathered(group)
    done.add(`object:${object.id}`)
    items.push({
      what: `${name} on ${host}`,
      kind: 'open',
      text: `${name} on ${host} could be reached: ${times(shared.records, 'record')} of reading it from ${listed(shared.peers)}${underText(shared.accounts)} fall into the time of this story, but the same is read there on ${times(usualDays, 'other day')}; whose reading it was is not recorded.${meansText(categoriesOf(object), object.sensitivity)}`,
      cites,
      data: { certainty: 'could be reached', host, ...shared, ...meaning(object) },
    })
  }
  for (const { name: host, cites } of story.hosts.filter((one) => one.status === 'compromised'))
    for (const object of objects.on(host)) {
      if (done.has(`object:${object.id}`)) continue
      done.add(`object:${object.id}`)
      items.push({
        what: `${object.name} on ${host}`,
        kind: 'open',
        text: `${object.name} could be reached: it lies on ${host}, which is compromised; no record of reading it was found in this story's time.${meansText(categoriesOf(object), object.sensitivity)}`,
        cites: [...(object.cite === undefined ? [] : [object.cite]), ...cites.slice(0, 3)],
        data: { certainty: 'could be reached', host, accounts: [], peers: [], records: 0, ...meaning(object) },
      })
    }
  return items
}
