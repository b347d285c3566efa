import { z } from 'zod'
import { CaseGatherer, handedTime, type HandedCase } from './handed-case.ts'

const text = z
  .string()
  .nullish()
  .transform((one) => one ?? '')
const list = z
  .array(z.unknown())
  .nullish()
  .transform((one) => one ?? [])
const document = z.looseObject({
  case: z.looseObject({
    name: z.string().min(1),
    description: text,
    opened_by: text,
    for_customer: text,
    open_date: text,
    soc_id: text,
  }),
  timeline: list,
  notes: list,
  tasks: list,
  iocs: list,
  assets: list,
  evidences: list,
})
const event = z.looseObject({
  event_title: z.string().min(1),
  event_content: text,
  event_date: text,
  event_date_wtz: text,
  event_tz: text,
  event_source: text,
  event_tags: text,
  category: text,
  assets: list,
})
const note = z.looseObject({ note_title: text, note_content: text, note_creationdate: text })
const task = z.looseObject({
  task_title: z.string().min(1),
  task_description: text,
  task_status: text,
  assigned_to: text,
  task_close_date: text,
})
const ioc = z.looseObject({
  ioc_value: z.string().min(1),
  type_name: text,
  ioc_description: text,
  ioc_tags: text,
  tlp_name: text,
})
const asset = z.looseObject({
  asset_name: z.string().min(1),
  type: text,
  asset_ip: text,
  compromised: z.unknown(),
  asset_description: text,
})
const evidence = z.looseObject({ filename: z.string().min(1), file_hash: text, date_added: text })

const notAs = 'is not as DFIR-IRIS writes it'

/**
 * Reads the JSON of a case as DFIR-IRIS exports it for reports (`case`, `timeline`, `iocs`, `assets`, `tasks`, `notes`, `evidences`); undefined for
 * anything else. Times of events are UTC unless the pair of local time and zone stands beside them.
 * Source: iris-web, `source/app/datamgmt/reporter/report_db.py` (read 2026-11-22).
 */
export function readIris(value: unknown, file: string): HandedCase | undefined {
  const read = document.safeParse(value)
  if (!read.success) return undefined
  const gathered = new CaseGatherer(file)
  const { case: head, timeline, notes, tasks, iocs, assets, evidences } = read.data
  const said = (parts: readonly string[], place: string): string =>
    gathered.text(parts.filter((part) => part.trim() !== '').join('\n'), place)
  gathered.each('timeline', timeline, (one, place) => {
    const parsed = event.safeParse(one)
    if (!parsed.success) return notAs
    const { data } = parsed
    const local =
      data.event_date_wtz !== '' && data.event_tz !== '' ? handedTime(`${data.event_date_wtz}${data.event_tz}`, '') : undefined
    const happened = local ?? handedTime(data.event_date, 'UTC')
    if (happened === undefined) return `has no time that can be read (${data.event_date.slice(0, 40)})`
    const named = data.assets.filter((each) => typeof each === 'string')
    const lines = [
      data.event_title,
      data.event_content,
      ...(named.length === 0 ? [] : [`assets: ${named.join(', ')}`]),
      ...(data.event_source === '' ? [] : [`source: ${data.event_source}`]),
      ...(data.event_tags === '' ? [] : [`tags: ${data.event_tags.replaceAll('|', ', ')}`]),
    ]
    gathered.entries.push({ kind: 'timeline', text: said(lines, place), happened, place })
    return undefined
  })
  gathered.each('notes', notes, (one, place) => {
    const parsed = note.safeParse(one)
    const written = parsed.success ? said([parsed.data.note_title, parsed.data.note_content], place) : ''
    if (!parsed.success || written === '') return parsed.success ? 'is empty' : notAs
    const happened = handedTime(parsed.data.note_creationdate, 'UTC')
    gathered.entries.push({ kind: 'note', text: written, ...(happened === undefined ? {} : { happened }), place })
    return undefined
  })
  gathered.each('tasks', tasks, (one, place) => {
    const parsed = task.safeParse(one)
    if (!parsed.success) return notAs
    const { task_title, task_description, task_status, assigned_to, task_close_date } = parsed.data
    const closed = /done|closed|canceled|cancelled/i.test(task_status) || task_close_date !== ''
    const whose = assigned_to === '' ? '' : `assigned to ${assigned_to} there`
    gathered.tasks.push({
      text: said([task_title, task_description, whose], place),
      ...(closed ? { closed: `${task_status === '' ? 'closed' : task_status} in DFIR-IRIS` } : {}),
      place,
    })
    return undefined
  })
  gathered.each('iocs', iocs, (one, place) => {
    const parsed = ioc.safeParse(one)
    if (!parsed.success) return notAs
    const tlp = parsed.data.tlp_name === '' ? {} : { tlp: parsed.data.tlp_name }
    gathered.observables.push({ type: parsed.data.type_name, text: parsed.data.ioc_value, ...tlp, bad: true, place })
    return undefined
  })
  gathered.each('assets', assets, (one, place) => {
    const parsed = asset.safeParse(one)
    if (!parsed.success) return notAs
    const { asset_name, type, asset_ip, compromised, asset_description } = parsed.data
    const state = compromised === true || /^(?:1|yes|compromised)$/i.test(String(compromised)) ? ', called compromised there' : ''
    const line = `Asset ${asset_name}${type === '' ? '' : ` (${type})`}${asset_ip === '' ? '' : `, ${asset_ip}`}${state}`
    gathered.entries.push({ kind: 'note', text: said([line, asset_description], place), place })
    return undefined
  })
  gathered.each('evidences', evidences, (one, place) => {
    const parsed = evidence.safeParse(one)
    if (!parsed.success) return notAs
    const { filename, file_hash, date_added } = parsed.data
    const line = `Evidence registered there: ${filename}${file_hash === '' ? ', no hash' : `, hash ${file_hash}`}${date_added === '' ? '' : `, ${date_added}`}`
    gathered.entries.push({ kind: 'note', text: said([line], place), place })
    return undefined
  })
  const { name, description, opened_by, for_customer, open_date, soc_id } = head
  const about = [
    ['opened by', opened_by],
    ['for', for_customer],
    ['on', open_date],
    ['reference', soc_id],
  ].flatMap(([what = '', said1 = '']) => (said1 === '' ? [] : [`${what} ${said1}`]))
  const { entries, tasks: read1, observables, faults } = gathered
  return {
    tool: 'DFIR-IRIS',
    title: gathered.text(name, 'case.name').slice(0, 200),
    description: said([about.join(', '), description], 'case.description'),
    entries,
    tasks: read1,
    observables,
    faults,
  }
}
