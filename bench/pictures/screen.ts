/** What a screen shows, before it is drawn: the truth of a picture. */
export interface Screen {
  /** Which invented dashboard it is. */
  readonly kind: string
  readonly title: string
  /** Address line of the browser; a console has none. */
  readonly url?: string
  readonly user: string
  readonly clock: string
  readonly menu: readonly string[]
  readonly cards: readonly (readonly [label: string, value: string])[]
  readonly form: readonly (readonly [label: string, value: string])[]
  readonly heading: string
  readonly columns: readonly string[]
  readonly rows: readonly (readonly string[])[]
  readonly buttons: readonly string[]
}

/** What is left when only the table is shown: heading, columns, rows, buttons. */
export function tableOnly(screen: Screen): Screen {
  const { kind, heading, columns, rows, buttons } = screen
  return { kind, title: '', user: '', clock: '', menu: [], cards: [], form: [], heading, columns, rows, buttons }
}

/** The texts of the program itself: what `labels` should be, the title apart. */
export function labelsOf(screen: Screen): string[] {
  return [
    ...(screen.user === '' ? [] : ['Signed in']),
    ...screen.menu,
    ...screen.cards.map(([label]) => label),
    ...screen.form.map(([label]) => label),
    screen.heading,
    ...screen.columns,
    ...screen.buttons,
  ]
}

/** Host names and addresses that stand in the picture, each once. */
export function hostsOf(screen: Screen): string[] {
  const cells = [screen.url ?? '', ...screen.form.map(([, value]) => value), ...screen.rows.flat()]
  const found = cells.flatMap((cell) => cell.match(/\b(?:\d{1,3}(?:\.\d{1,3}){3}|[a-z0-9-]+(?:\.[a-z0-9-]+)+)\b/g) ?? [])
  return [...new Set(found.filter((one) => /^\d{1,3}(?:\.\d{1,3}){3}$/.test(one) || one.endsWith('.example')))]
}

/** Pixels of the page that a table may take, and that a column takes: its longest text and a gap. */
export const tableWidth = 1056

/** See `tableWidth`. */
export function columnWidth(name: string, cells: readonly string[]): number {
  return Math.max(name.length * 9.2, ...cells.map((cell) => cell.length * 8)) + 26
}
