import { useState, type ReactElement } from 'react'
import { applyTheme, storedTheme, type Theme } from './theme.ts'

const words: Readonly<Record<Theme, string>> = { system: 'as the system', light: 'light', dark: 'dark' }
const next: Readonly<Record<Theme, Theme>> = { system: 'light', light: 'dark', dark: 'system' }

/** Goes round: as the system, light, dark. */
export function ThemeToggle(): ReactElement {
  const [theme, setTheme] = useState(storedTheme)
  return (
    <button
      type="button"
      className="plain"
      onClick={() => {
        applyTheme(next[theme])
        setTheme(next[theme])
      }}
    >
      Colours: {words[theme]}
    </button>
  )
}
