import type { ReactElement, ReactNode } from 'react'

/** Heading of a page with its state and one line of what it says. */
export function PageHead(props: { readonly title: string; readonly state: string; readonly children?: ReactNode }): ReactElement {
  return (
    <header className="page-head">
      <h1 tabIndex={-1}>{props.title}</h1>
      <span className="state">{props.state}</span>
      {props.children !== undefined && <p className="soft">{props.children}</p>}
    </header>
  )
}
