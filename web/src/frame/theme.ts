/** `system` follows the machine. */
export type Theme = 'system' | 'light' | 'dark'

const key = 'breachline-theme'

/** The theme chosen in this browser. */
export function storedTheme(): Theme {
  const value = localStorage.getItem(key)
  return value === 'light' || value === 'dark' ? value : 'system'
}

/** Shows a theme and keeps the choice. */
export function applyTheme(theme: Theme): void {
  document.documentElement.dataset['theme'] = theme
  if (theme === 'system') localStorage.removeItem(key)
  else localStorage.setItem(key, theme)
  dispatchEvent(new Event('breachline-theme'))
}
