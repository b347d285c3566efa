import { Parser } from 'htmlparser2'
import { fault, limits } from '../base/index.ts'
import { idOf } from './read-sbom.ts'
import type { RawEntry } from './object-remarks.ts'
import { checkEntries, type CheckedEntries } from './schema.ts'

interface Host {
  address: string
  name: string
  readonly ports: Record<string, string>[]
}

/** Is this text the XML that nmap writes (`nmap -oX`)? */
export function isNmap(text: string): boolean {
  return /<nmaprun\b/.test(text.slice(0, 4_096))
}

/**
 * Open ports of a scan by nmap (`-oX`) as endpoints: host name where the scan resolved one, else the address; port, protocol, service, product,
 * version and CPE where it told them. `seen` is the day of the scan. Closed and filtered ports are left out.
 */
export function readNmap(text: string, file: string): CheckedEntries {
  const raws: RawEntry[] = []
  const ids = new Map<string, number>()
  let seen: string | undefined
  let host: Host | undefined
  let port: Record<string, string> | undefined
  let open = false
  let cpe = ''
  let inCpe = false
  let ended = false
  const parser = new Parser(
    {
      onopentag(name, attributes) {
        const of = (key: string): string => (attributes[key] ?? '').slice(0, 500)
        if (name === 'nmaprun' && /^\d{1,11}$/.test(of('start')))
          seen = new Date(Number(of('start')) * 1_000).toISOString().slice(0, 10)
        else if (name === 'host') host = { address: '', name: '', ports: [] }
        else if (name === 'address' && host !== undefined && host.address === '' && of('addrtype') !== 'mac')
          host.address = of('addr')
        else if (name === 'hostname' && host !== undefined && host.name === '') host.name = of('name')
        else if (name === 'port') {
          port = { port: of('portid'), protocol: of('protocol') }
          open = false
        } else if (name === 'state' && port !== undefined) open = of('state') === 'open'
        else if (name === 'service' && port !== undefined)
          for (const [key, attribute] of [
            ['service', 'name'],
            ['product', 'product'],
            ['version', 'version'],
          ] as const)
            if (of(attribute) !== '') port[key] = of(attribute)
        if (name === 'cpe') {
          inCpe = true
          cpe = ''
        }
      },
      ontext(data) {
        if (inCpe && cpe.length < 500) cpe += data
      },
      onclosetag(name, implied) {
        if (name === 'cpe') {
          inCpe = false
          // Of several the application's says what answers; the system's comes after it.
          if (port !== undefined && port['cpe'] === undefined && cpe.startsWith('cpe:/a')) port['cpe'] = cpe.trim()
        } else if (name === 'port') {
          if (port !== undefined && open && host !== undefined && host.ports.length < 65_536) host.ports.push(port)
          port = undefined
        } else if (name === 'host') {
          if (host !== undefined) for (const one of host.ports) if (raws.length < limits.files) raws.push(endpoint(host, one))
          host = undefined
        } else if (name === 'nmaprun') ended = !implied
      },
    },
    { xmlMode: true, decodeEntities: true },
  )
  const endpoint = (from: Host, { port: number = '', ...told }: Record<string, string>): RawEntry => {
    const place = from.name || from.address
    const id = idOf([place, number, told['protocol']], ids)
    const fields = { id, host: place, port: Number(number), ...told, ...(seen === undefined ? {} : { seen }) }
    return { kind: 'endpoint', fields, place: { file, record: raws.length + 1 } }
  }
  parser.write(text)
  parser.end()
  const checked = checkEntries(raws)
  const cut = fault(
    'inventory-cut',
    'the scan is not complete',
    { file },
    'Let nmap finish, or give the whole file; nothing was imported.',
  )
  return ended ? checked : { ...checked, faults: [cut, ...checked.faults] }
}
