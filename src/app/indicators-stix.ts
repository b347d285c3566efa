import { z } from 'zod'
import type { IndicatorKind } from './indicators.ts'
import { originOf, type IndicatorSink } from './indicators-sink.ts'

const objectSchema = z.looseObject({
  type: z.string(),
  id: z.string().default(''),
  name: z.string().optional(),
  pattern: z.string().optional(),
  pattern_type: z.string().optional(),
  valid_from: z.string().optional(),
  created_by_ref: z.string().optional(),
  object_marking_refs: z.array(z.string()).default([]),
  definition: z.looseObject({ tlp: z.string().optional() }).optional(),
})
const bundleSchema = z.looseObject({ type: z.literal('bundle'), objects: z.array(z.unknown()) })

/** The markings of the Traffic Light Protocol that STIX 2.1 and its TLP 2.0 extension define by id. */
const markings: Readonly<Record<string, string>> = {
  '613f2e26-407d-48c7-9eca-b8e91df99dc9': 'clear',
  '34098fce-860f-48ae-8e50-ebd3cc5e41da': 'green',
  'f88d31f6-486b-44da-b317-01333bde0b82': 'amber',
  '5e57c739-391a-4eb3-b6be-7d15ca92d5ed': 'red',
  '94868c89-83c2-464b-929b-a1a8aa3c8487': 'clear',
  'bab4a63c-aed9-4cf5-a766-dfca5abac2bb': 'green',
  '55d920b0-5e8b-4f79-9ee9-91f868d9b421': 'amber',
  '939a9414-2ddd-4d32-a0cd-375ea402b003': 'amber+strict',
  'e828b379-4e03-4974-9ac4-e53a884c97c1': 'red',
}

/** Object paths of the patterns that are read, without the keys of hashes. */
const paths: Readonly<Record<string, IndicatorKind>> = {
  'ipv4-addr:value': 'ip',
  'ipv6-addr:value': 'ip',
  'network-traffic:dst_ref.value': 'ip',
  'network-traffic:src_ref.value': 'ip',
  'domain-name:value': 'domain',
  'url:value': 'url',
  'file:name': 'file',
  'file:hashes': 'hash',
  'directory:path': 'path',
  'email-addr:value': 'email',
  'email-message:from_ref.value': 'email',
  'email-message:sender_ref.value': 'email',
  'user-account:account_login': 'user',
  'user-account:user_id': 'user',
  'windows-registry-key:key': 'registry',
}

/** Reads the indicators of a STIX 2.1 bundle; false when the document is none. */
export function stixIndicators(document: unknown, lineOf: (part: unknown) => number, sink: IndicatorSink): boolean {
  const bundle = bundleSchema.safeParse(document)
  if (!bundle.success) return false
  const objects = bundle.data.objects.flatMap((one) => {
    const read = objectSchema.safeParse(one)
    if (!read.success) sink.unreadable(1, 'an object of the bundle is not as STIX 2.1 has it')
    return read.success ? [read.data] : []
  })
  const names = new Map(objects.map((one) => [one.id, one.name]))
  const tlp = new Map(
    objects.map((one) => [one.id, one.definition?.tlp ?? (/^tlp:/i.test(one.name ?? '') ? one.name : undefined)]),
  )
  for (const one of objects) {
    if (one.type !== 'indicator') continue
    const line = lineOf(one.id)
    if (one.pattern === undefined || (one.pattern_type ?? 'stix') !== 'stix') {
      sink.unreadable(line, `a pattern of type ${one.pattern_type ?? 'none'} is not read`)
      continue
    }
    const marks = one.object_marking_refs.map((ref) => markings[ref.replace(/^marking-definition--/, '')] ?? tlp.get(ref) ?? '')
    const by = one.created_by_ref === undefined ? undefined : names.get(one.created_by_ref)
    const origin = originOf({ source: by ?? '', date: one.valid_from ?? '', tlp: marks.find((mark) => mark !== '') ?? '' })
    const comparisons = comparisonsOf(one.pattern)
    if (typeof comparisons === 'string') sink.unreadable(line, comparisons)
    else for (const { kind, text } of comparisons) sink.found({ line, kind, text, origin })
  }
  return true
}

/** Comparisons for equality joined by OR, in one observation or several; anything narrower would be searched too widely, and is refused. */
function comparisonsOf(pattern: string): readonly { readonly kind: IndicatorKind; readonly text: string }[] | string {
  const found: { kind: IndicatorKind; text: string }[] = []
  let rest = pattern.trim()
  while (rest !== '') {
    const one = /^[[(\s]*([a-z0-9-]+:[\w.]+)((?:\.'[^']{1,40}'|\['[^']{1,40}'\])?)\s*=\s*'((?:[^'\\]|\\.)*)'[\])\s]*/.exec(rest)
    if (one === null) return 'only comparisons for equality joined by OR are read of a pattern'
    const [whole, path = '', key = '', value = ''] = one
    const base = path.replace(/^file:hashes\.[\w-]+$/, 'file:hashes')
    const kind = paths[base]
    if (kind === undefined) return `a comparison of ${base}${key} is not read`
    found.push({ kind, text: value.replaceAll(/\\(.)/g, '$1') })
    rest = rest.slice(whole.length)
    const joined = /^OR\b/i.exec(rest)
    if (rest !== '' && joined === null) return 'only comparisons for equality joined by OR are read of a pattern'
    rest = rest.slice(joined?.[0].length ?? 0).trim()
  }
  return found.length === 0 ? 'an empty pattern' : found
}
