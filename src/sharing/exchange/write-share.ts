import { unreachable } from '../../base/index.ts'
import { writeAttackFlow } from '../attack-flow/write-attack-flow.ts'
import { writeMisp } from '../misp/write-misp.ts'
import { writeNavigator } from '../navigator/write-navigator.ts'
import { writeOcsf } from '../ocsf/write-ocsf.ts'
import type { ReleasedView } from '../redaction/share-view.ts'
import { writeStix } from '../stix/write-stix.ts'
import { writeVeris } from '../veris/write-veris.ts'

/** Formats in which a case is shared; `sigma` are the rules made from its story. */
export const shareFormats = ['stix', 'misp', 'navigator', 'ocsf', 'attack-flow', 'veris', 'sigma'] as const
export type ShareFormat = (typeof shareFormats)[number]

/** A released view as the text of a file; OCSF as JSON lines, Sigma as YAML documents. */
export function writeShare(
  view: ReleasedView,
  format: ShareFormat,
  versions: { readonly attack: string; readonly product: string },
): string {
  switch (format) {
    case 'stix':
      return json(writeStix(view))
    case 'misp':
      return json(writeMisp(view))
    case 'navigator':
      return json(writeNavigator(view, versions.attack))
    case 'ocsf':
      return writeOcsf(view, versions.product)
        .map((one) => `${JSON.stringify(one)}\n`)
        .join('')
    case 'attack-flow':
      return json(writeAttackFlow(view))
    case 'veris':
      return json(writeVeris(view))
    case 'sigma':
      return view.rules.map((one) => one.yaml).join('---\n')
    default:
      return unreachable(format)
  }
}

function json(value: object): string {
  return `${JSON.stringify(value, undefined, 2)}\n`
}
