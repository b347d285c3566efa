import { Random } from '../../src/drill/index.ts'
import { cells } from './cells.ts'
import { dashboards, type Dashboard } from './dashboards.ts'
import { columnWidth, tableWidth, type Screen } from './screen.ts'

const list = (text: string): string[] => text.split('|')

/** The operator's inventory for a seed: each of its systems with some of the labels that its pages have, three in four, and hosts. */
export function inventoryOf(seed: number): string {
  return dashboards
    .filter((one) => one.ours)
    .map((one) => {
      const random = new Random(seed, 'inventory', one.kind)
      const all = [
        ...list(one.menu),
        ...list(one.cards),
        ...list(one.form),
        ...list(one.headings),
        ...one.columns.map(([name]) => name),
        ...list(one.buttons),
      ]
      const labels = all.filter(() => random.chance(0.75)).map((text) => JSON.stringify(text))
      return `[[system]]\nid = "${one.kind}"\nname = "${one.title}"\nhosts = ["${one.host}-01.meridian.example"]\nscreen_labels = [${labels.join(', ')}]\n`
    })
    .join('\n')
}

/** One picture's content of a dashboard: another seed shows other columns, menu entries, rows, and with or without an address line. */
export function screenOf(dashboard: Dashboard, seed: number): Screen {
  const random = new Random(seed, 'screen', dashboard.kind)
  const some = (text: string, least: number): string[] => {
    const all = list(text)
    const dropped = new Set(random.chance(0.5) && all.length > least ? [random.below(all.length)] : [])
    return all.filter((_, at) => !dropped.has(at))
  }
  const count = random.between(6, 10)
  const chosen = dashboard.columns
    .filter((_, at) => at < 2 || random.chance(0.85))
    .map(([name, how]) => ({ name, cells: Array.from({ length: count }, () => cells[how](random)) }))
  const columns = fitting(chosen)
  const domain = dashboard.ours ? 'meridian.example' : 'harrow.example'
  const value = (label: string): string =>
    /address|route/i.test(label)
      ? cells.address(random)
      : /node|server|host/i.test(label)
        ? cells[dashboard.ours ? 'host' : 'foreign'](random)
        : random.pick([cells.city(random), cells.plan(random), cells.count(random)])
  return {
    kind: dashboard.kind,
    title: dashboard.title,
    ...(dashboard.twin === true || random.chance(0.6) ? { url: `https://${dashboard.host}-01.${domain}${dashboard.path}` } : {}),
    user: `${random.pick(['op', 'svc', 'adm'])}.${random.pick(['rahman', 'ooi', 'karim', 'lim'])}`,
    clock: `${cells.day(random)} ${cells.time(random)}`,
    menu: some(dashboard.menu, 3),
    cards: some(dashboard.cards, 2).map((label) => [label, random.pick([cells.count(random), cells.percent(random)])]),
    form: some(dashboard.form, 2).map((label) => [label, value(label)]),
    heading: random.pick(list(dashboard.headings)),
    columns: columns.map(({ name }) => name),
    rows: Array.from({ length: count }, (_, row) => columns.map((column) => column.cells[row] ?? '')),
    buttons: some(dashboard.buttons, 2),
  }
}

/** As many columns as stand side by side on the page. */
function fitting<Column extends { readonly name: string; readonly cells: readonly string[] }>(all: readonly Column[]): Column[] {
  let used = 0
  return all.filter((column) => (used += columnWidth(column.name, column.cells)) <= tableWidth)
}
