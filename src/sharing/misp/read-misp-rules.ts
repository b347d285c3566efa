import { z } from 'zod'
import { limits, printable } from '../../base/index.ts'
import { papLevels, tlpLevels } from '../redaction/share-view.ts'
import type { ReceivedPattern } from '../stix/read-stix.ts'

const tags = z.array(z.looseObject({ name: z.string().max(1_000) })).default([])
const attribute = z.looseObject({
  type: z.literal('sigma'),
  uuid: z.string().max(100).default(''),
  value: z.string().min(1).max(limits.ruleBytes),
  comment: z.string().max(10_000).default(''),
  deleted: z.boolean().default(false),
  Tag: tags,
})
const event = z.looseObject({
  Event: z.looseObject({
    date: z.string().max(40).default(''),
    Orgc: z.looseObject({ name: z.string().max(1_000) }).optional(),
    Tag: tags,
    Attribute: z.array(z.unknown()).default([]),
  }),
})

/** The Sigma rules in the attributes of a MISP event, with its source, date, TLP and PAP; none for anything else. */
export function mispRules(document: unknown): readonly ReceivedPattern[] {
  const read = event.safeParse(document)
  if (!read.success) return []
  const { date, Orgc, Tag, Attribute } = read.data.Event
  return Attribute.flatMap((one, at) => {
    const fits = attribute.safeParse(one)
    if (!fits.success || fits.data.deleted) return []
    const { uuid, value, comment, Tag: own } = fits.data
    const named = [...own, ...Tag].map((tag) => tag.name.toLowerCase())
    const tlp = tlpLevels.find((level) => named.includes(`tlp:${level}`))
    const pap = papLevels.find((level) => named.includes(`pap:${level}`))
    return [
      {
        id: `sigma ${uuid === '' ? at + 1 : printable(uuid)}`,
        name: printable(comment).slice(0, 200),
        pattern: value,
        patternType: 'sigma',
        source: printable(Orgc?.name ?? '').slice(0, 200),
        date: printable(date),
        ...(tlp === undefined ? {} : { tlp }),
        ...(pap === undefined ? {} : { pap }),
        modified: '',
        revoked: false,
      },
    ]
  })
}
