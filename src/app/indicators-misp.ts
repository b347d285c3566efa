import { z } from 'zod'
import type { IndicatorKind } from './indicators.ts'
import { originOf, type IndicatorSink } from './indicators-sink.ts'

const tagSchema = z.looseObject({ name: z.string() })
const attributeSchema = z.looseObject({
  type: z.string(),
  value: z.coerce.string(),
  to_ids: z.boolean().optional(),
  deleted: z.boolean().optional(),
  Tag: z.array(tagSchema).default([]),
})
const eventSchema = z.looseObject({
  info: z.string().optional(),
  date: z.string().optional(),
  Orgc: z.looseObject({ name: z.string() }).optional(),
  Tag: z.array(tagSchema).default([]),
  Attribute: z.array(z.unknown()).default([]),
  Object: z.array(z.looseObject({ Attribute: z.array(z.unknown()).default([]) })).default([]),
})
const documentSchema = z.union([
  z.looseObject({ Event: eventSchema }).transform((one) => [one.Event]),
  z
    .looseObject({ response: z.array(z.looseObject({ Event: eventSchema })) })
    .transform((one) => one.response.map((part) => part.Event)),
  z.array(z.looseObject({ Event: eventSchema })).transform((all) => all.map((part) => part.Event)),
])

/** Kinds of the types that are read; of `a|b` both parts. A part named '' says nothing of its own. */
const types: Readonly<Record<string, readonly (IndicatorKind | '')[]>> = {
  'ip-src': ['ip'],
  'ip-dst': ['ip'],
  'ip-src|port': ['ip', ''],
  'ip-dst|port': ['ip', ''],
  domain: ['domain'],
  hostname: ['domain'],
  'hostname|port': ['domain', ''],
  'domain|ip': ['domain', 'ip'],
  url: ['url'],
  uri: ['url'],
  link: ['url'],
  md5: ['hash'],
  sha1: ['hash'],
  sha256: ['hash'],
  filename: ['file'],
  'filename|md5': ['file', 'hash'],
  'filename|sha1': ['file', 'hash'],
  'filename|sha256': ['file', 'hash'],
  'file-path': ['path'],
  'email-src': ['email'],
  'email-dst': ['email'],
  email: ['email'],
  'target-user': ['user'],
  username: ['user'],
  regkey: ['registry'],
  'regkey|value': ['registry', ''],
}

/** Kinds of the parts of a type as MISP names it, in lower case; none for a type that is not read. */
export function attributeKinds(type: string): readonly (IndicatorKind | '')[] {
  return Object.hasOwn(types, type) ? (types[type] ?? []) : []
}

/** Reads the attributes of MISP events; false when the document holds none. Attributes not meant for detection are left out and listed. */
export function mispIndicators(document: unknown, lineOf: (part: unknown) => number, sink: IndicatorSink): boolean {
  const read = documentSchema.safeParse(document)
  if (!read.success) return false
  for (const event of read.data)
    for (const one of [...event.Attribute, ...event.Object.flatMap((part) => part.Attribute)]) {
      const attribute = attributeSchema.safeParse(one)
      if (!attribute.success) {
        sink.unreadable(1, 'an attribute is not as MISP has it')
        continue
      }
      const { type, value, to_ids: meant, deleted, Tag } = attribute.data
      const line = lineOf(value)
      const kinds = types[type]
      if (deleted === true) continue
      if (kinds === undefined) sink.unreadable(line, `an attribute of type ${type.slice(0, 40)} is not read`)
      else if (meant === false) sink.unreadable(line, 'the attribute is marked as not meant for detection')
      else {
        const tags = [...Tag, ...event.Tag].map((tag) => tag.name.toLowerCase())
        const marked = (start: string): string => tags.find((tag) => tag.startsWith(start)) ?? ''
        const origin = originOf({
          source: event.Orgc?.name ?? event.info ?? '',
          date: event.date ?? '',
          tlp: marked('tlp:'),
          pap: marked('pap:'),
        })
        const parts = kinds.length === 1 ? [value] : value.split('|')
        for (const [at, kind] of kinds.entries())
          if (kind !== '')
            sink.found({
              line,
              kind,
              text: kind === 'file' ? (parts[at] ?? '').replace(/^.*[\\/]/, '') : (parts[at] ?? ''),
              origin,
            })
      }
    }
  return true
}
