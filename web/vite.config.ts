import react from '@vitejs/plugin-react'
import { defineConfig } from 'vite'

// The server's policy allows scripts and styles of its own files only: nothing inlined, no polyfill script.
export default defineConfig({
  base: '/',
  plugins: [react()],
  worker: { format: 'es' },
  build: {
    outDir: 'dist',
    emptyOutDir: true,
    assetsDir: 'assets',
    assetsInlineLimit: 0,
    modulePreload: { polyfill: false },
    target: ['chrome123', 'edge123', 'firefox128', 'safari17.5'],
    chunkSizeWarningLimit: 700,
  },
})
