import { readdirSync } from 'node:fs'
import { join, resolve } from 'node:path'
import { pathToFileURL } from 'node:url'
import { categoryOf, serviceOf } from '../../src/events/windows-source.ts'
import type { Meaning, SourceMap } from '../../src/events/source-map.ts'
import { readFileSync } from 'node:fs'

const eventsRoom = resolve(import.meta.dirname, '../../src/events')

/** Every log source that the readers of events give, as `product/category/service`; `*` where a record says it. */
export async function sourcesOfReaders(): Promise<string[]> {
  const found = new Set<string>()
  const add = ({ product = '', category = '', service = '' }: Partial<Meaning>): void => {
    const told = [product, category, service].map((part) => (part.includes('{') ? '*' : part.toLowerCase()))
    if (told.some((part) => part !== '')) found.add(told.join('/'))
  }
  for (const name of readdirSync(join(eventsRoom, 'sources'))) {
    if (name === 'all.ts') continue
    const room = (await import(pathToFileURL(join(eventsRoom, 'sources', name)).href)) as Record<string, unknown>
    for (const maps of Object.values(room)) {
      if (!Array.isArray(maps)) continue
      for (const map of maps as SourceMap[]) {
        const messages = [{}, ...(map.messages ?? [])]
        const kinds = [{}, ...(map.kinds ?? [])]
        for (const message of messages) for (const kind of kinds) add({ ...map, ...kind, ...message })
      }
    }
  }
  const text = readFileSync(join(eventsRoom, 'windows-source.ts'), 'utf8')
  const services = new Set(
    [...text.matchAll(/'([^']+)'/g)].map(([, channel = '']) => serviceOf(channel)).filter((one) => one !== ''),
  )
  for (const service of services) {
    add({ product: 'windows', service })
    for (let id = 0; id < 10_000; id++)
      for (const type of ['', 'CreateKey', 'DeleteKey']) {
        const category = categoryOf(service, String(id), type)
        if (category === '') continue
        add({ product: 'windows', category, service })
        if (service === 'sysmon') add({ product: 'linux', category, service })
      }
  }
  add({ product: 'windows' })
  add({ category: 'webserver' })
  add({ product: 'postgresql', category: 'database', service: 'pgaudit' })
  return [...found].sort()
}
