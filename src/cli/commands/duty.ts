import type { Command } from 'commander'
import { eventKinds, formKeys, harmFields, judgementKeys, type DueAct } from '../../response/index.ts'
import { given, isoMoment, group, needed, oneOf, usage, wholeNumber, withExamples } from '../arguments.ts'
import { splitAssignment, withWorkspace, type Register, type WorkspaceOptions } from '../command.ts'
import { enterAct } from '../enter-act.ts'
import { registerDutyDocuments } from './duty-documents.ts'

interface Options extends WorkspaceOptions {
  readonly case?: string
  readonly reason?: string
  readonly ref?: string
  readonly granted?: string
  readonly by?: string
  readonly min?: string
  readonly max?: string
  readonly json?: boolean
}

/** `duty judge|moment|done|delay|count|new-fact|entry|harm|zone`: what only a named person can say, kept as a decision with its reason. */
export const registerDuty: Register = (program, context) => {
  const duty = group(program, 'duty', 'what only a person can say of a duty, and the documents that follow')
  const judge = entering('judge', 'decide a question that thresholds rest on')
    .argument('<question>', judgementKeys.join(', '))
    .argument('<answer>', 'yes, no or unknown')
  judge.action((question: string, answer: string, options: Options) =>
    enter('judge', options, {
      act: 'judge',
      question: oneOf(question, judgementKeys, 'the question'),
      answer: oneOf(answer, ['yes', 'no', 'unknown'], 'the answer'),
    }),
  )
  withExamples(judge, [
    'duty judge significant-harm yes --reason "Identity numbers with addresses: identity fraud is possible" --case meridian',
  ])

  const moment = entering('moment', 'decide the moment from which a clock runs')
    .argument('<kind>', eventKinds.join(', '))
    .argument('<time>', 'ISO 8601 with zone')
  moment.action((kind: string, time: string, options: Options) =>
    enter('moment', options, { act: 'moment', kind: oneOf(kind, eventKinds, 'the kind'), at: zoned(time, 'the time') }),
  )
  withExamples(
    moment,
    ['duty moment assessment 2026-11-06T17:00:00+08:00 --reason "Assessed as notifiable: 612 persons" --case meridian'],
    'Awareness can also be decided with "breachline decide --kind awareness".',
  )

  const done = entering('done', 'record that a step was taken')
    .argument('<duty>', 'id of the duty, such as my-pdpa-12b/commissioner')
    .argument('<time>', 'when, ISO 8601 with zone')
    .option('--ref <text>', 'reference of the authority, letter or receipt')
  done.action((duty: string, time: string, options: Options) =>
    enter('done', options, { act: 'done', duty, at: zoned(time, 'the time'), ...given('ref', options.ref) }),
  )
  withExamples(done, [
    'duty done my-pdpa-12b/commissioner 2026-10-08T11:40:00+08:00 --ref "JPDP/2026/118" --reason "Sent by the DPO" --case meridian',
  ])

  const delay = entering('delay', 'record that an authority put a date off')
    .argument('<duty>', 'id of the duty')
    .argument('<until>', 'the new date, ISO 8601 with zone')
    .option('--granted <time>', 'when it was granted, ISO 8601 with zone')
    .option('--by <authority>', 'who granted it')
    .option('--ref <text>', 'reference of the grant')
  delay.action((duty: string, until: string, options: Options) => {
    const hint = 'write: breachline duty delay DUTY UNTIL --granted TIME --by AUTHORITY --reason "..."'
    return enter('delay', options, {
      act: 'delay',
      duty,
      until: zoned(until, 'the new date'),
      granted: zoned(needed(options.granted, '--granted', hint), '--granted'),
      by: needed(options.by, '--by', hint),
      ...given('ref', options.ref),
    })
  })
  withExamples(
    delay,
    [
      'duty delay us-sec-8k-105/form-8k 2026-12-01T23:59:00-05:00 --granted 2026-11-20T10:00:00-05:00 --by "Department of Justice" --reason "Letter received" --case meridian',
    ],
    'The clock moves only where the law file names who may put the date off.',
  )

  const count = entering('count', 'record how many persons are affected, from a moment on')
    .argument('<time>', 'from when on, ISO 8601 with zone')
    .option('--min <n>', 'at least')
    .option('--max <n>', 'at most')
  count.action((time: string, options: Options) => {
    if (options.min === undefined && options.max === undefined) throw usage('no number is given', 'give --min, --max or both')
    return enter('count', options, {
      act: 'count',
      at: zoned(time, 'the time'),
      ...given('min', options.min === undefined ? undefined : wholeNumber(options.min, '--min')),
      ...given('max', options.max === undefined ? undefined : wholeNumber(options.max, '--max')),
    })
  })
  withExamples(
    count,
    ['duty count 2026-10-07T09:00:00+08:00 --min 1204 --reason "Second extract compared" --case meridian'],
    'Persons, not rows or lines.',
  )

  const fact = entering('new-fact', 'record a fact that became known later: some laws ask for a report on each')
    .argument('<time>', 'when it became known, ISO 8601 with zone')
    .argument('<text>', 'the fact')
  fact.action((time: string, text: string, options: Options) =>
    enter('new-fact', options, { act: 'new-fact', at: zoned(time, 'the time'), text }),
  )
  withExamples(fact, [
    'duty new-fact 2026-10-09T15:00:00+09:00 "Three more servers" --reason "Reported by the forensic team" --case meridian',
  ])

  const entry = entering('entry', 'answer a field of the forms')
    .argument('<field>', formKeys.join(', '))
    .argument('<text>', 'the answer')
  entry.action((key: string, text: string, options: Options) =>
    enter('entry', options, { act: 'entry', key: oneOf(key, formKeys, 'the field'), text }),
  )
  withExamples(entry, [
    'duty entry mitigation "Accounts disabled, keys changed" --reason "From the containment log" --case meridian',
  ])

  const harm = entering('harm', 'state facts for the assessment of harm').argument(
    '<facts...>',
    `FIELD=VALUE; fields: ${harmFields.join(', ')}; data takes several kinds joined by commas`,
  )
  harm.action((facts: string[], options: Options) => {
    const pairs = facts
      .map((one) => splitAssignment(one, 'the fact'))
      .map(({ name, value }) => [name, name === 'data' ? value.split(',') : value])
    return enter('harm', options, { act: 'harm', harm: Object.fromEntries(pairs) as never })
  })
  withExamples(harm, [
    'duty harm data=name,identity-number,contact malicious=yes identifiable=maximum confidentiality=unknown-recipients --reason "Sample read" --case meridian',
  ])

  const zone = entering('zone', 'state where the authority of a jurisdiction sits')
    .argument('<jurisdiction>', 'such as EU')
    .argument('<zone>', 'such as Europe/Berlin')
  zone.action((jurisdiction: string, name: string, options: Options) =>
    enter('zone', options, { act: 'zone', jurisdiction, zone: name }),
  )
  withExamples(zone, ['duty zone EU Europe/Dublin --reason "Lead authority: DPC Ireland" --case meridian'])

  registerDutyDocuments(duty, context)

  function entering(name: string, description: string): Command {
    return withWorkspace(duty.command(name))
      .description(description)
      .option('--reason <text>', 'why, in a sentence')
      .option('--case <id>', 'the case; may be left out when there is only one')
      .option('--json', 'what was written as one JSON document')
  }

  function enter(name: string, options: Options, act: DueAct): Promise<void> {
    return enterAct({ context, command: `duty ${name}`, options, act })
  }
}

function zoned(text: string, what: string): string {
  return isoMoment(text, what).at
}
