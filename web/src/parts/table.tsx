import type { ReactElement, ReactNode } from 'react'

interface Column {
  readonly name: string
  /** Figures stand right. */
  readonly figures?: boolean
  readonly width?: 'wide' | 'widest'
}

/** A plain table that scrolls sideways by itself where the window is too small. */
export function Table(props: {
  readonly caption: string
  /** The caption stands in words already; it is only read aloud. */
  readonly quiet?: boolean
  readonly columns: readonly (Column | string)[]
  readonly className?: string
  readonly children: ReactNode
}): ReactElement {
  const columns = props.columns.map((one) => (typeof one === 'string' ? { name: one } : one))
  return (
    <section className="table" aria-label={props.caption} tabIndex={-1}>
      <table className={props.className}>
        <caption className={props.quiet === true ? 'aloud' : undefined}>{props.caption}</caption>
        <thead>
          <tr>
            {columns.map((one) => (
              <th
                key={one.name}
                scope="col"
                className={[one.figures === true ? 'n' : '', one.width ?? ''].join(' ').trim() || undefined}
              >
                {one.name}
              </th>
            ))}
          </tr>
        </thead>
        <tbody>{props.children}</tbody>
      </table>
    </section>
  )
}

/** A row that `j` and `k` move through; Enter opens its first cite, `a`, `r`, `p` rule on its finding. */
export function Row(props: { readonly id?: string; readonly className?: string; readonly children: ReactNode }): ReactElement {
  return (
    <tr data-row="" tabIndex={-1} id={props.id} className={props.className}>
      {props.children}
    </tr>
  )
}
