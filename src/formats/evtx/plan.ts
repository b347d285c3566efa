import type { Element, Part } from './template.ts'

/** Where in an event an element stands; decides the names of the fields below it. */
export type Context = 'root' | 'event' | 'system' | 'event-data' | 'user-data' | 'rendering'

type Piece = Exclude<Part, { readonly kind: 'element' }>

/** One step of filling the fields of a record. */
export type Op =
  /** Sets a field from its pieces; an attribute is left out when all its values are absent. `data` = from EventData or UserData. */
  | {
      readonly kind: 'field'
      readonly name: string
      readonly pieces: readonly Piece[]
      readonly attribute: boolean
      readonly data: boolean
      readonly inner: Context
    }
  /** A Data element whose name is itself a substitution. */
  | { readonly kind: 'named'; readonly nameIndex: number; readonly pieces: readonly Piece[] }
  /** A substitution that stands where elements stand: nested BinXML. */
  | { readonly kind: 'nested'; readonly index: number; readonly inner: Context }

/** Names of System that EventData cannot take over; such an EventData name is written `EventData_<name>`. */
const reserved = new Set(['EventID', 'Channel', 'Computer', 'TimeCreated', 'EventRecordID', 'Provider_Name', 'Provider_Guid'])

/** System names that EventData may take over; the value of System then stands under `System_<name>`. */
export const sharedNames: ReadonlySet<string> = new Set(['Version', 'Level', 'Task', 'Opcode', 'Keywords'])

/** Steps for the elements of a fragment that stands in `context`. */
export function planOf(elements: readonly Element[], context: Context): readonly Op[] {
  const ops: Op[] = []
  for (const element of elements) place(element, context, ops)
  return ops
}

function place(element: Element, context: Context, ops: Op[]): void {
  switch (context) {
    case 'root':
      if (element.name === 'Event') inside(element, 'event', ops)
      else leaf(element, 'user-data', ops)
      break
    case 'event':
      eventMember(element, ops)
      break
    case 'system':
    case 'rendering':
    case 'user-data':
      leaf(element, context, ops)
      break
    case 'event-data':
      if (element.name === 'Data') dataElement(element, ops)
      else leaf(element, context, ops)
      break
  }
}

function eventMember(element: Element, ops: Op[]): void {
  switch (element.name) {
    case 'System':
      inside(element, 'system', ops)
      break
    case 'EventData':
      attributes(element, 'EventData', 'event-data', ops)
      inside(element, 'event-data', ops)
      break
    case 'UserData':
      inside(element, 'user-data', ops)
      break
    case 'RenderingInfo':
      inside(element, 'rendering', ops)
      break
    default:
      leaf(element, 'user-data', ops)
  }
}

/** The children of a container; text between them is white space. */
function inside(element: Element, context: Context, ops: Op[]): void {
  for (const part of element.parts) {
    if (part.kind === 'element') place(part.element, context, ops)
    else if (part.kind === 'value') ops.push({ kind: 'nested', index: part.index, inner: context })
  }
}

function leaf(element: Element, context: Context, ops: Op[]): void {
  if (context === 'user-data' && element.name === 'Data') {
    dataElement(element, ops)
    return
  }
  const name = context === 'rendering' ? `RenderingInfo_${fieldName(element.name)}` : fieldName(element.name)
  attributes(element, name, context, ops)
  if (element.parts.some((part) => part.kind === 'element')) {
    inside(element, context, ops)
    return
  }
  const data = context === 'event-data' || context === 'user-data'
  if (element.parts.length > 0 || (data && element.attributes.every((one) => one.name.startsWith('xmlns')))) {
    ops.push({
      kind: 'field',
      name: data ? dataName(name) : name,
      pieces: pieces(element.parts),
      attribute: false,
      data,
      inner: context,
    })
  }
}

function attributes(element: Element, prefix: string, context: Context, ops: Op[]): void {
  for (const { name, parts } of element.attributes) {
    if (name === 'xmlns' || name.startsWith('xmlns:')) continue
    const full = element.name === 'TimeCreated' && name === 'SystemTime' ? 'TimeCreated' : `${prefix}_${fieldName(name)}`
    ops.push({ kind: 'field', name: full, pieces: pieces(parts), attribute: true, data: false, inner: context })
  }
}

function dataElement(element: Element, ops: Op[]): void {
  const nameParts = element.attributes.find((attribute) => attribute.name === 'Name')?.parts ?? []
  const first = nameParts[0]
  if (element.parts.some((part) => part.kind === 'element')) {
    inside(element, 'user-data', ops)
  } else if (first?.kind === 'value') {
    ops.push({ kind: 'named', nameIndex: first.index, pieces: pieces(element.parts) })
  } else {
    const name = dataName(fieldName(first?.kind === 'text' ? first.text : 'Data'))
    ops.push({ kind: 'field', name, pieces: pieces(element.parts), attribute: false, data: true, inner: 'user-data' })
  }
}

/** A name as the Sigma taxonomy writes it: without spaces; never one that would change an object's prototype. */
export function fieldName(name: string): string {
  const text = name.replaceAll(' ', '').toWellFormed()
  return text === '' ? 'Data' : text === '__proto__' ? '(__proto__)' : text
}

/** The name of a field of EventData or UserData, kept apart from the names of System that identify the event. */
export function dataName(name: string): string {
  return reserved.has(name) ? `EventData_${name}` : name
}

function pieces(parts: readonly Part[]): Piece[] {
  return parts.filter((part) => part.kind !== 'element')
}
