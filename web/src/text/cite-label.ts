import type { Cite, Locator } from '../../../src/server/api.ts'
import { figure } from './figures.ts'
import { printable } from './printable.ts'

/** A cite in the words of a chip: `E3 row 412`; `exhibitName` knows the numbers of exhibits. */
export function citeLabel(cite: Cite, exhibitName: (sha256: string) => string | undefined): string {
  switch (cite.kind) {
    case 'exhibit': {
      const name = exhibitName(cite.sha256) ?? cite.file.split('/').at(-1) ?? cite.file
      const parts = [name, cite.member?.split('/').at(-1), placeLabel(cite.at)]
      return printable(parts.filter((part) => part !== undefined && part !== '').join(' '))
    }
    case 'reference':
      return printable(`${cite.file.split('/').at(-1) ?? cite.file} ${cite.key}`)
    case 'inventory':
      return printable(`inventory ${cite.entry}`)
    case 'copy':
      return printable(`copy ${cite.copy} ${placeLabel(cite.rows)}`.trim())
    case 'finding':
    case 'decision':
      return printable(`${cite.kind} ${cite.id.slice(0, 10)}`)
  }
}

function placeLabel(at: Locator): string {
  switch (at.kind) {
    case 'whole':
      return ''
    case 'record':
    case 'row':
    case 'line':
      return `${at.kind} ${at.n}`
    case 'bytes':
      return `bytes ${at.from}-${at.to}`
    case 'region':
      return `region ${at.x},${at.y}`
    case 'range':
      return at.from === at.to ? `${at.unit} ${at.from}` : `${at.unit}s ${at.from}-${at.to}`
    case 'set': {
      const [first, ...rest] = at.n
      return rest.length === 0 ? `${at.unit} ${first ?? ''}` : `${at.unit} ${first} and ${figure(rest.length)} more`
    }
  }
}
