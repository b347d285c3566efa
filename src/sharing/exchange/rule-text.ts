/** A condition on one field; values came through the gate, or are words of ours. */
interface Condition {
  readonly field: string
  readonly values: readonly string[]
}

/** What a rule asks for. */
export interface RuleShape {
  readonly title: string
  readonly logsource: Readonly<Record<string, string>>
  readonly conditions: readonly Condition[]
}

/** A rule as YAML. */
export function ruleText({ id, shape, tags }: { id: string; shape: RuleShape; tags: readonly string[] }): string {
  const quoted = (text: string): string => `'${text.replaceAll("'", "''")}'`
  const written = (value: string): string => (/^\d{1,15}$/.test(value) ? value : quoted(value))
  const selection = shape.conditions.flatMap(({ field, values }) =>
    values.length === 1
      ? [`        ${field}: ${written(values[0] ?? '')}`]
      : [`        ${field}:`, ...values.map((value) => `            - ${written(value)}`)],
  )
  return [
    `title: ${quoted(shape.title)}`,
    `id: ${id}`,
    'status: experimental',
    'description: Made from the records of one intrusion and tried on the other events of the same logs, where it found nothing.',
    'author: Breachline',
    ...(tags.length === 0 ? [] : ['tags:', ...tags.map((tag) => `    - attack.${tag}`)]),
    'logsource:',
    ...Object.entries(shape.logsource).map(([key, value]) => `    ${key}: ${value}`),
    'detection:',
    '    selection:',
    ...selection,
    '    condition: selection',
    'falsepositives:',
    '    - Programs and habits that the logs of the case did not show',
    'level: medium',
    '',
  ].join('\n')
}
