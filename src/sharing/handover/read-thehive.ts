import { z } from 'zod'
import { CaseGatherer, handedList as list, handedText as text, handedTime, type HandedCase } from './handed-case.ts'

const millis = z.union([z.number(), z.string()]).nullish()
const head = z.looseObject({
  title: z.string().min(1),
  description: text,
  severity: z.number(),
  startDate: millis,
  tags: list,
  tasks: list,
  observables: list,
  artifacts: list,
  comments: list,
  pages: list,
})
const apart = z.looseObject({ case: head, tasks: list, observables: list, artifacts: list, comments: list, pages: list })
const task = z.looseObject({
  title: z.string().min(1),
  group: text,
  description: text,
  status: text,
  dueDate: millis,
  assignee: text,
  owner: text,
})
const observable = z.looseObject({
  dataType: z.string().min(1),
  data: text,
  message: text,
  tlp: z.number().nullish(),
  ioc: z.boolean().nullish(),
  startDate: millis,
})
const comment = z.looseObject({ message: z.string().min(1), date: millis, createdAt: millis, _createdAt: millis })
const page = z.looseObject({ title: z.string().min(1), content: text })

/** TLP of TheHive by its number; 3 is red, whatever its version calls it. */
const tlpNames = ['clear', 'green', 'amber', 'red'] as const

/**
 * Reads the JSON of a case of TheHive (4 and 5): the case with its tasks and observables inside, or beside it under `case`; undefined for anything else.
 * Source: TheHive API, OutputCase, OutputTask, OutputObservable, as thehive4py 2.1 has them (read 2026-11-22).
 */
export function readTheHive(value: unknown, file: string): HandedCase | undefined {
  const wrapped = apart.safeParse(value)
  const bare = wrapped.success ? undefined : head.safeParse(value)
  if (!wrapped.success && bare?.success !== true) return undefined
  const of = wrapped.success ? wrapped.data.case : bare?.data
  if (of === undefined) return undefined
  const beside = wrapped.success ? wrapped.data : undefined
  const gathered = new CaseGatherer(file, 'TheHive')
  const both = (name: 'tasks' | 'observables' | 'artifacts' | 'comments' | 'pages'): readonly unknown[] => [
    ...(beside?.[name] ?? []),
    ...of[name],
  ]
  gathered.each('tasks', { list: both('tasks'), shape: task }, (one, place) => {
    const { title, group, description, status, dueDate, assignee, owner } = one
    const due = handedTime(dueDate, 'UTC')?.at
    const whose = assignee === '' ? owner : assignee
    gathered.tasks.push({
      text: gathered.lines(
        [
          group === '' || group === 'default' ? title : `${title} (${group})`,
          description,
          whose === '' ? '' : `assigned to ${whose} there`,
        ],
        place,
      ),
      ...(due === undefined ? {} : { due }),
      ...(/^(?:Completed|Cancel|Cancelled)$/i.test(status) ? { closed: `${status} in TheHive` } : {}),
      place,
    })
    return undefined
  })
  for (const name of ['observables', 'artifacts'] as const)
    gathered.each(name, { list: both(name), shape: observable }, (one, place) => {
      const { dataType, data, tlp, ioc, startDate } = one
      if (data === '') return `is a ${dataType.slice(0, 40)} without data; files are taken in by themselves`
      const date = handedTime(startDate, 'UTC')?.at
      gathered.observables.push({
        type: dataType,
        text: data,
        ...(typeof tlp === 'number' && tlpNames[tlp] !== undefined ? { tlp: tlpNames[tlp] } : {}),
        ...(date === undefined ? {} : { date }),
        bad: ioc === true,
        place,
      })
      return undefined
    })
  gathered.each('comments', { list: both('comments'), shape: comment }, (one, place) => {
    const { message, date, createdAt, _createdAt } = one
    const happened = handedTime(date ?? createdAt ?? _createdAt, 'UTC')
    gathered.entries.push({
      kind: 'note',
      text: gathered.lines([message], place),
      ...(happened === undefined ? {} : { happened }),
      place,
    })
    return undefined
  })
  gathered.each('pages', { list: both('pages'), shape: page }, (one, place) => {
    gathered.entries.push({ kind: 'note', text: gathered.lines([one.title, one.content], place), place })
    return undefined
  })
  const start = handedTime(of.startDate, 'UTC')
  const tags = of.tags.filter((one) => typeof one === 'string')
  const about = [
    ...(start === undefined ? [] : [`begun ${start.at.slice(0, 16)}Z`]),
    `severity ${of.severity}`,
    ...(tags.length === 0 ? [] : [`tags: ${tags.slice(0, 200).join(', ')}`]),
  ].join(', ')
  const { entries, tasks, observables, faults } = gathered
  return {
    tool: 'TheHive',
    title: gathered.text(of.title, 'title').slice(0, 200),
    description: gathered.lines([about, of.description], 'description'),
    entries,
    tasks,
    observables,
    faults,
  }
}
