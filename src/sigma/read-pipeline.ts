import { limits } from '../base/index.ts'
import { replacer } from './pipeline-regex.ts'
import type { Pipeline, Step, Transformation } from './pipeline.ts'
import { RuleProblem } from './problem.ts'
import { flagAt, inside, isMap, textAt, textsAt, type YamlMap } from './read-parts.ts'
import {
  needed,
  readConditionsOf,
  readFieldCondition,
  readItemCondition,
  readRuleCondition,
  scalar,
  unsupported,
} from './read-pipeline-conditions.ts'
import type { NotLoaded } from './rule.ts'
import { readSearch } from './search.ts'
import type { Placeholders } from './values.ts'
import { readYaml, type RuleFile } from './yaml-file.ts'

/** Reads processing pipelines. What they ask that is not supported stands in `notLoaded` by name, file and line. */
export function readPipelines(files: readonly RuleFile[]): {
  readonly pipelines: readonly Pipeline[]
  readonly notLoaded: readonly NotLoaded[]
} {
  const pipelines: Pipeline[] = []
  const notLoaded: NotLoaded[] = []
  for (const file of files)
    for (const document of readYaml(file)) {
      if ('why' in document) {
        notLoaded.push(document)
        continue
      }
      try {
        pipelines.push(readPipeline(document.content, file.name))
      } catch (error) {
        if (!(error instanceof RuleProblem)) throw error
        notLoaded.push(document.failed(error))
      }
    }
  return { pipelines: pipelines.sort((a, b) => a.priority - b.priority), notLoaded }
}

/** Reads a file of values for placeholders: a map from name to a value or a list of values. */
export function readPlaceholders(file: RuleFile): {
  readonly placeholders: Placeholders
  readonly notLoaded: readonly NotLoaded[]
} {
  const notLoaded: NotLoaded[] = []
  let placeholders: Placeholders = {}
  for (const document of readYaml(file)) {
    if ('why' in document) {
      notLoaded.push(document)
      continue
    }
    try {
      placeholders = { ...placeholders, ...readVars(document.content) }
    } catch (error) {
      if (!(error instanceof RuleProblem)) throw error
      notLoaded.push(document.failed(error))
    }
  }
  return { placeholders, notLoaded }
}

function readVars(value: unknown): Placeholders {
  if (!isMap(value)) throw new RuleProblem('values for placeholders are a map from name to a list')
  const names = Object.keys(value)
  if (names.length > limits.pipelineEntries) throw new RuleProblem(`more than ${limits.pipelineEntries} names`)
  return Object.fromEntries(names.map((name) => [name, textsAt(value, name)]))
}

function readPipeline(content: unknown, file: string): Pipeline {
  if (!isMap(content)) throw new RuleProblem('a pipeline is a map with transformations')
  for (const key of ['postprocessing', 'finalizers'])
    if (Array.isArray(content[key]) && content[key].length > 0)
      throw new RuleProblem(`'${key}' works on the text of queries; there is none here`, [key])
  if (textsAt(content, 'allowed_backends').length > 0)
    throw new RuleProblem('the pipeline is for certain back ends only', ['allowed_backends'])
  const vars = content['vars'] === undefined || content['vars'] === null ? {} : inside(['vars'], () => readVars(content['vars']))
  const list = content['transformations'] ?? []
  if (!Array.isArray(list)) throw new RuleProblem('transformations are a list', ['transformations'])
  if (list.length > limits.pipelineEntries)
    throw new RuleProblem(`more than ${limits.pipelineEntries} transformations`, ['transformations'])
  const steps = list.map((one: unknown, n) => inside(['transformations', n], () => readStep(one, vars)))
  const priority = Number(textAt(content, 'priority') || '0')
  if (!Number.isFinite(priority)) throw new RuleProblem("'priority' is a number", ['priority'])
  return { name: textAt(content, 'name') || file, priority, steps, file }
}

function readStep(step: unknown, vars: Placeholders): Step {
  if (!isMap(step)) throw new RuleProblem('a transformation is a map with a type')
  return {
    id: textAt(step, 'id'),
    of: readTransformation(step, vars),
    rule: readConditionsOf(step, 'rule', readRuleCondition),
    item: readConditionsOf(step, 'detection_item', readItemCondition),
    field: readConditionsOf(step, 'field_name', readFieldCondition),
  }
}

function readTransformation(step: YamlMap, vars: Placeholders): Transformation {
  const type = textAt(step, 'type')
  switch (type) {
    case 'field_name_mapping': {
      const mapping = readMapping(step)
      return { kind: 'rename', names: (field) => mapping.get(field) }
    }
    case 'field_name_prefix_mapping': {
      const mapping = [...readMapping(step)]
      return {
        kind: 'rename',
        names: (field) => {
          const [prefix, to] = mapping.find(([one]) => field.startsWith(one)) ?? []
          return prefix === undefined ? undefined : to?.map((one) => one + field.slice(prefix.length))
        },
      }
    }
    case 'field_name_prefix': {
      const prefix = needed(step, 'prefix')
      return { kind: 'rename', names: (field) => [prefix + field] }
    }
    case 'field_name_suffix': {
      const suffix = needed(step, 'suffix')
      return { kind: 'rename', names: (field) => [field + suffix] }
    }
    case 'drop_detection_item':
      return { kind: 'drop' }
    case 'add_condition':
      return readAddCondition(step)
    case 'change_logsource': {
      const part = (name: string): string => textAt(step, name).toLowerCase()
      return { kind: 'log-source', product: part('product'), category: part('category'), service: part('service') }
    }
    case 'replace_string': {
      const replace = inside(['regex'], () => replacer(needed(step, 'regex'), textAt(step, 'replacement')))
      return { kind: 'replace', replace, skip: flagAt(step, 'skip_special'), interpret: flagAt(step, 'interpret_special') }
    }
    case 'map_string':
      return { kind: 'map', values: readMapping(step) }
    case 'set_state':
      return { kind: 'state', key: needed(step, 'key'), value: scalar(step, 'val') }
    case 'set_custom_attribute':
      return { kind: 'attribute', key: needed(step, 'attribute'), value: scalar(step, 'value') }
    case 'value_placeholders': {
      const meant = meantNames(step)
      return { kind: 'placeholders', values: (name) => (meant(name) && Object.hasOwn(vars, name) ? vars[name] : undefined) }
    }
    case 'wildcard_placeholders': {
      const meant = meantNames(step)
      return { kind: 'placeholders', values: (name) => (meant(name) ? ['*'] : undefined) }
    }
    case 'rule_failure':
      return { kind: 'fail-rule', message: needed(step, 'message') }
    case 'detection_item_failure':
      return { kind: 'fail-item', message: needed(step, 'message') }
    case 'add_field':
    case 'remove_field':
    case 'set_field':
      return { kind: 'nothing' }
    default:
      throw unsupported('transformation', type)
  }
}

function readMapping(step: YamlMap): Map<string, readonly string[]> {
  const { mapping } = step
  if (!isMap(mapping)) throw new RuleProblem("'mapping' is a map", ['mapping'])
  const names = Object.keys(mapping)
  if (names.length > limits.pipelineEntries) throw new RuleProblem(`more than ${limits.pipelineEntries} entries`, ['mapping'])
  return new Map(
    names.map((name) => {
      const to = inside(['mapping'], () => textsAt(mapping, name))
      if (to.length === 0) throw new RuleProblem('mapped to nothing', ['mapping', name])
      return [name, to]
    }),
  )
}

function readAddCondition(step: YamlMap): Transformation {
  const { conditions } = step
  if (!isMap(conditions)) throw new RuleProblem("'conditions' is a map", ['conditions'])
  const negated = flagAt(step, 'negated')
  const plain = inside(['conditions'], () => readSearch(conditions, {}))
  if (!flagAt(step, 'template')) return { kind: 'add-condition', search: () => plain, negated }
  return {
    kind: 'add-condition',
    negated,
    search: (logsource) => {
      const fill = (value: unknown): unknown => {
        if (Array.isArray(value)) return value.map(fill)
        if (typeof value !== 'string') return value
        return value.replace(/\$(?:\{(product|category|service)\}|(product|category|service)\b)/g, (_, braced, bare) => {
          return logsource[(braced ?? bare) as keyof typeof logsource]
        })
      }
      return readSearch(Object.fromEntries(Object.entries(conditions).map(([key, value]) => [key, fill(value)])), {})
    },
  }
}

function meantNames(step: YamlMap): (name: string) => boolean {
  const include = textsAt(step, 'include')
  const exclude = textsAt(step, 'exclude')
  return (name) => (include.length === 0 || include.includes(name)) && !exclude.includes(name)
}
