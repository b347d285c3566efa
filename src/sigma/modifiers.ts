import { RuleProblem } from './problem.ts'

const known = [
  'all',
  'base64',
  'base64offset',
  'cased',
  'cidr',
  'contains',
  'day',
  'endswith',
  'exists',
  'expand',
  'fieldref',
  'gt',
  'gte',
  'hour',
  'i',
  'lt',
  'lte',
  'm',
  'minute',
  'month',
  'neq',
  're',
  's',
  'startswith',
  'utf16',
  'utf16be',
  'utf16le',
  'week',
  'wide',
  'windash',
  'year',
] as const

/** A modifier of the Sigma specification 2.1. */
type Modifier = (typeof known)[number]

/** What kind of test the chain asks for; `text` unless one of them says otherwise. */
const kinds = ['re', 'cidr', 'exists', 'fieldref', 'gt', 'gte', 'lt', 'lte'] as const
const timeParts = ['minute', 'hour', 'day', 'week', 'month', 'year'] as const
const shapes = ['contains', 'startswith', 'endswith'] as const
const encodings = ['base64', 'base64offset', 'utf16', 'utf16be', 'utf16le', 'wide'] as const

/** The chain behind a field name, sorted by what it does. Transformations keep their order. */
export interface Chain {
  readonly field: string
  readonly kind: (typeof kinds)[number] | 'text'
  readonly timePart?: (typeof timeParts)[number]
  readonly all: boolean
  readonly neq: boolean
  readonly cased: boolean
  /** `i`, `m`, `s` of a regex, in this order. */
  readonly flags: string
  readonly expand: boolean
  /** windash, encodings and shapes in the order written. */
  readonly steps: readonly ('windash' | (typeof encodings)[number] | (typeof shapes)[number])[]
}

/** Reads `field|mod|mod`; throws RuleProblem on an unknown modifier or one that does not go with the others. */
export function readChain(key: string): Chain {
  const [field = '', ...names] = key.split('|')
  const mods = names.map(readModifier)
  if (mods.length > known.length) throw new RuleProblem(`too many modifiers on '${field}'`)
  const only = <T extends Modifier>(group: readonly T[]): T[] => group.filter((one) => mods.includes(one))
  const [kind = 'text', ...otherKinds] = only(kinds)
  const [timePart, ...otherParts] = only(timeParts)
  if (otherKinds.length > 0) throw clash(kind, otherKinds[0])
  if (otherParts.length > 0) throw clash(timePart, otherParts[0])
  const flags = only(['i', 'm', 's'])
  if (flags.length > 0 && kind !== 're') throw new RuleProblem(`the modifier '${flags[0]}' needs 're' before it`)
  if (timePart !== undefined && (kind === 're' || kind === 'cidr' || kind === 'exists' || kind === 'fieldref'))
    throw clash(timePart, kind)
  const steps = mods.filter((mod) => isStep(mod))
  const stepsAllowed = kind === 'text' || (kind === 'fieldref' && steps.every((step) => isShape(step)))
  if (steps.length > 0 && (!stepsAllowed || timePart !== undefined)) throw clash(steps[0], timePart ?? kind)
  const cased = mods.includes('cased')
  if (cased && kind !== 'text' && kind !== 'fieldref') throw clash('cased', kind)
  const expand = mods.includes('expand')
  if (expand && kind !== 'text' && kind !== 'cidr') throw clash('expand', kind)
  return {
    field,
    kind,
    all: mods.includes('all'),
    neq: mods.includes('neq'),
    cased,
    flags: flags.join(''),
    expand,
    steps,
    ...(timePart === undefined ? {} : { timePart }),
  }
}

function readModifier(name: string): Modifier {
  const found = known.find((one) => one === name)
  if (found === undefined) throw new RuleProblem(`unknown modifier '${name.slice(0, 40)}'`)
  return found
}

function isStep(mod: Modifier): mod is Chain['steps'][number] {
  return mod === 'windash' || isShape(mod) || (encodings as readonly string[]).includes(mod)
}

function isShape(mod: Modifier): mod is (typeof shapes)[number] {
  return (shapes as readonly string[]).includes(mod)
}

function clash(one: string | undefined, other: string | undefined): RuleProblem {
  return new RuleProblem(`the modifiers '${one}' and '${other}' cannot stand together`)
}
