import type { ReactElement, ReactNode } from 'react'

/** What stands where there is nothing: what is missing, and which file to add to learn more. */
export function Empty(props: { readonly what: string; readonly children: ReactNode }): ReactElement {
  return (
    <div className="empty">
      <p>
        <b>{props.what}</b>
      </p>
      <p>{props.children}</p>
    </div>
  )
}
