import type { Plan, Test } from '../../src/sigma/index.ts'
import type { Part } from '../../src/sigma/pattern.ts'

export type Fields = Record<string, string>

/** A repeatable source of choices. */
export class Choices {
  #state: number

  constructor(seed: number) {
    this.#state = seed >>> 0 || 1
  }

  below(bound: number): number {
    this.#state = (Math.imul(this.#state, 1_664_525) + 1_013_904_223) >>> 0
    return Math.floor((this.#state / 4_294_967_296) * bound)
  }

  of<Item>(items: readonly Item[]): Item {
    return items[this.below(items.length)] as Item
  }
}

/** Fields that are likely to satisfy a plan: one branch of each `or`, one text of each pattern. */
export function satisfy(plan: Plan, choices: Choices, into: Fields = {}, wanted = true): Fields {
  switch (plan.kind) {
    case 'named':
      return satisfy(plan.of, choices, into, wanted)
    case 'not':
      return satisfy(plan.of, choices, into, !wanted)
    case 'at-least':
      if (wanted) for (const one of plan.of.slice(0, plan.n)) satisfy(one, choices, into)
      return into
    case 'and':
    case 'or':
      if ((plan.kind === 'and') === wanted) for (const one of plan.of) satisfy(one, choices, into, wanted)
      else if (plan.of.length > 0) satisfy(choices.of(plan.of), choices, into, wanted)
      return into
    case 'anywhere':
      if (wanted) into['note'] = `${into['note'] ?? ''}${textFor(plan.test, choices) ?? ''}`
      return into
    case 'field': {
      if (!wanted || plan.test.kind === 'absent') {
        if (plan.test.kind === 'absent' && !wanted) into[plan.field] ??= 'something'
        return into
      }
      if (plan.test.kind === 'same-as') {
        into[plan.test.other] ??= 'the same'
        into[plan.field] = into[plan.test.other] as string
        return into
      }
      const text = textFor(plan.test, choices)
      if (text !== undefined)
        into[plan.field] = plan.field in into && plan.test.kind === 'text' ? `${into[plan.field]}${text}` : text
      return into
    }
  }
}

function textFor(test: Test, choices: Choices): string | undefined {
  switch (test.kind) {
    case 'text':
      return test.parts.map((part) => partText(part, choices)).join('')
    case 'regex':
      return regexText(test.source, choices)
    case 'number': {
      const value = BigInt(/^-?\d+$/.test(test.value) ? test.value : '1')
      return String(test.op === 'lt' ? value - 1n : test.op === 'gt' ? value + 1n : value)
    }
    case 'network':
      return test.network.text.split('/')[0] ?? ''
    case 'present':
      return 'present'
    case 'time-part':
      return '2026-03-07T08:09:10Z'
    default:
      return undefined
  }
}

function partText(part: Part, choices: Choices): string {
  switch (part.kind) {
    case 'text':
      return part.text
    case 'any':
      return choices.of(['', '', 'C:\\x', ' -y "z"', 'é\n'])
    case 'one':
      return choices.of(['1', 'Z', 'ß', '😀'])
    case 'dash':
      return choices.of(['-', '/', '–'])
  }
}

/** A text that a regex of the usual forms finds: alternatives, classes and counts are followed, anchors left out. */
function regexText(source: string, choices: Choices): string {
  let at = 0
  const alternatives = (): string => {
    const options = [sequence()]
    while (source[at] === '|') {
      at += 1
      options.push(sequence())
    }
    return choices.of(options)
  }
  const sequence = (): string => {
    let text = ''
    while (at < source.length && source[at] !== '|' && source[at] !== ')') text += counted(atom())
    return text
  }
  const counted = (text: string): string => {
    const count = /^(?:[*+?]|\{(\d+)(?:,\d*)?\})\??/.exec(source.slice(at))
    if (count === null) return text
    at += count[0].length
    if (count[1] !== undefined) return text.repeat(Math.min(Number(count[1]), 200))
    return count[0].startsWith('+') ? text : choices.of([text, ''])
  }
  const atom = (): string => {
    const character = source[at++] ?? ''
    if (character === '(') {
      const head = /^\?(?:[imsU-]*:|[imsU-]+\)|P?<\w+>)/.exec(source.slice(at))
      if (head !== null) at += head[0].length
      if (head?.[0].endsWith(')') === true) return ''
      const text = alternatives()
      at += 1
      return text
    }
    if (character === '[') {
      const negated = source[at] === '^'
      if (negated) at += 1
      const from = at
      let first = source[at] ?? ''
      if (first === '\\') first = escaped(source[at + 1] ?? '')
      at += 1
      while (at < source.length && (source[at] !== ']' || at === from)) at += source[at] === '\\' ? 2 : 1
      at += 1
      return negated ? '~' : first
    }
    if (character === '\\') return escaped(source[at++] ?? '')
    if (character === '.') return 'q'
    return character === '^' || character === '$' ? '' : character
  }
  return alternatives()
}

function escaped(letter: string): string {
  const known: Readonly<Record<string, string>> = {
    d: '7',
    w: 'a',
    s: ' ',
    D: 'x',
    W: ' ',
    S: 'x',
    b: '',
    B: '',
    A: '',
    z: '',
    t: '\t',
    n: '\n',
    r: '\r',
  }
  return known[letter] ?? letter
}

/** A near miss: one field changed in a way that matchers tend to disagree on. */
export function mutate(fields: Fields, choices: Choices): Fields {
  const names = Object.keys(fields)
  if (names.length === 0) return { other: 'x' }
  const name = choices.of(names)
  const value = fields[name] as string
  const cut = choices.below(value.length + 1)
  const changed = choices.of<() => string | undefined>([
    () => undefined,
    () => '',
    () => value.toUpperCase(),
    () => value.toLowerCase().replaceAll('k', 'K').replaceAll('s', 'ſ'),
    () => value.replaceAll('i', 'İ'),
    () => `${value.slice(0, cut)}${value.slice(cut + 1)}`,
    () => `${value.slice(0, cut)}\n${value.slice(cut)}`,
    () => `${value}x`,
    () => ` ${value}`,
    () => value.split('').toReversed().join(''),
    () => (/^\d+$/.test(value) ? `0x${BigInt(value).toString(16)}` : `${value}\u0000`),
    () => (/^\d+$/.test(value) ? `0${value}.0` : value.replaceAll('\\', '/')),
  ])()
  const rest = Object.fromEntries(Object.entries(fields).filter(([other]) => other !== name))
  return changed === undefined ? rest : { ...rest, [name]: changed.toWellFormed() }
}
