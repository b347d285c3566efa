import { z } from 'zod'
import { CaseGatherer, handedList as list, handedText as text, handedTime, type HandedCase } from './handed-case.ts'

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

/**
 * Reads the JSON of a case as DFIR-IRIS exports it for reports (`case`, `timeline`, `iocs`, `assets`, `tasks`, `notes`, `evidences`); undefined for
 * anything else. Times of events are UTC unless the pair of local time and zone stands beside them.
 * Source: iris-web, `source/app/datamgmt/reporter/report_db.py` (read 2026-11-22).
 */
export function readIris(value: unknown, file: string): HandedCase | undefined {
  const read = document.safeParse(value)
  if (!read.success) return undefined
  const gathered = new CaseGatherer(file, 'DFIR-IRIS')
  const { case: head, timeline, notes, tasks, iocs, assets, evidences } = read.data
  gathered.each('timeline', { list: timeline, shape: event }, (one, place) => {
    const local =
      one.event_date_wtz !== '' && one.event_tz !== '' ? handedTime(`${one.event_date_wtz}${one.event_tz}`, '') : undefined
    const happened = local ?? handedTime(one.event_date, 'UTC')
    if (happened === undefined) return `has no time that can be read (${one.event_date.slice(0, 40)})`
    const named = one.assets.filter((each) => typeof each === 'string')
    const lines = [
      one.event_title,
      one.event_content,
      ...(named.length === 0 ? [] : [`assets: ${named.join(', ')}`]),
      ...(one.event_source === '' ? [] : [`source: ${one.event_source}`]),
      ...(one.event_tags === '' ? [] : [`tags: ${one.event_tags.replaceAll('|', ', ')}`]),
    ]
    gathered.entries.push({ kind: 'timeline', text: gathered.lines(lines, place), happened, place })
    return undefined
  })
  gathered.each('notes', { list: notes, shape: note }, (one, place) => {
    const written = gathered.lines([one.note_title, one.note_content], place)
    if (written === '') return 'is empty'
    const happened = handedTime(one.note_creationdate, 'UTC')
    gathered.entries.push({ kind: 'note', text: written, ...(happened === undefined ? {} : { happened }), place })
    return undefined
  })
  gathered.each('tasks', { list: tasks, shape: task }, (one, place) => {
    const { task_title, task_description, task_status, assigned_to, task_close_date } = one
    const closed = /done|closed|canceled|cancelled/i.test(task_status) || task_close_date !== ''
    const whose = assigned_to === '' ? '' : `assigned to ${assigned_to} there`
    gathered.tasks.push({
      text: gathered.lines([task_title, task_description, whose], place),
      ...(closed ? { closed: `${task_status === '' ? 'closed' : task_status} in DFIR-IRIS` } : {}),
      place,
    })
    return undefined
  })
  gathered.each('iocs', { list: iocs, shape: ioc }, (one, place) => {
    const tlp = one.tlp_name === '' ? {} : { tlp: one.tlp_name }
    gathered.observables.push({ type: one.type_name, text: one.ioc_value, ...tlp, bad: true, place })
    return undefined
  })
  gathered.each('assets', { list: assets, shape: asset }, (one, place) => {
    const { asset_name, type, asset_ip, compromised, asset_description } = one
    const state = compromised === true || /^(?:1|yes|compromised)$/i.test(String(compromised)) ? ', called compromised there' : ''
    const line = `Asset ${asset_name}${type === '' ? '' : ` (${type})`}${asset_ip === '' ? '' : `, ${asset_ip}`}${state}`
    gathered.entries.push({ kind: 'note', text: gathered.lines([line, asset_description], place), place })
    return undefined
  })
  gathered.each('evidences', { list: evidences, shape: evidence }, (one, place) => {
    const { filename, file_hash, date_added } = one
    const line = `Evidence registered there: ${filename}${file_hash === '' ? ', no hash' : `, hash ${file_hash}`}${date_added === '' ? '' : `, ${date_added}`}`
    gathered.entries.push({ kind: 'note', text: gathered.lines([line], place), place })
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
    description: gathered.lines([about.join(', '), description], 'case.description'),
    entries,
    tasks: read1,
    observables,
    faults,
  }
}
