import { useEffect, useState, type ReactElement } from 'react'
import { pages, readAddress } from '../address/address.ts'
import { go } from '../address/use-address.ts'
import { useCase } from '../frame/case-context.ts'
import { KeysHelp } from './keys-help.tsx'
import { moveRow, onRow } from './rows.ts'

const store = 'breachline-keys'

/** Listens to the keys of the page. Letters do nothing while somebody writes or a dialog is open, or when switched off. */
export function Keys(): ReactElement | null {
  const { id } = useCase()
  const [help, setHelp] = useState(false)
  const [letters, setLetters] = useState(() => localStorage.getItem(store) !== 'off')
  useEffect(() => {
    let afterG = Number.NEGATIVE_INFINITY
    const to = (n: number): void => {
      const page = pages[n]
      if (page === undefined || readAddress(location.pathname, '').page === page.name) return
      go({ caseId: id, page: page.name, query: {} })
      requestAnimationFrame(() => document.querySelector<HTMLElement>('main h1')?.focus({ preventScroll: true }))
      scrollTo(0, 0)
    }
    const listen = (event: KeyboardEvent): void => {
      if (event.ctrlKey || event.metaKey || event.altKey || event.defaultPrevented) return
      const target = event.target instanceof HTMLElement ? event.target : document.body
      if (target.closest('input, textarea, select') !== null) {
        if (event.key === 'Escape') target.blur()
        return
      }
      if (document.querySelector('dialog[open]') !== null) return
      if (event.key === '?') return setHelp(true)
      if (event.key === 'Enter') return onRow(target, 'button.cite', event)
      if (!letters) return
      if (performance.now() - afterG < 1500) {
        afterG = Number.NEGATIVE_INFINITY
        return to(pages.findIndex((one) => one.letter === event.key))
      }
      switch (event.key) {
        case 'g':
          afterG = performance.now()
          return
        case 'j':
          return moveRow(target, 1)
        case 'k':
          return moveRow(target, -1)
        case 'a':
          return onRow(target, '[data-rule=adopt]', event)
        case 'r':
          return onRow(target, '[data-rule=reject]', event)
        case 'p':
          return onRow(target, '[data-rule=park]', event)
        case 'n':
          return onRow(target, '[data-note]', event)
        case 'x':
          return onRow(target, '[data-mark]', event)
        case '/': {
          event.preventDefault()
          return document.querySelector<HTMLElement>('[data-filter]')?.focus()
        }
        default:
          if (/^\d$/.test(event.key)) to((Number(event.key) + 9) % 10)
      }
    }
    addEventListener('keydown', listen)
    return () => removeEventListener('keydown', listen)
  }, [id, letters])
  if (!help) return null
  const choose = (on: boolean): void => {
    localStorage.setItem(store, on ? 'on' : 'off')
    setLetters(on)
  }
  return <KeysHelp letters={letters} onLetters={choose} onClose={() => setHelp(false)} />
}
